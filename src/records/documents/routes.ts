/** Clinical documents over REST. */
import { type Route, route } from '../../platform/http/route.ts';
import { confirmDocument } from './confirm.ts';
import { createDocument } from './create.ts';
import type { DocumentDeps } from './deps.ts';
import { discardDraft } from './discard.ts';
import { editDocument } from './edit.ts';
import { listDocuments, readDocument } from './list.ts';
import { givePdf } from './pdf.ts';
import {
  DocumentConfirm,
  DocumentDiscard,
  DocumentEdit,
  DocumentInput,
  type DocumentKind,
  DocumentPage,
  DocumentParams,
  DocumentQuery,
  DocumentVersions,
  DocumentView,
  PdfQuery,
} from './schema.ts';
import { readVersions } from './versions.ts';

const tag = 'documents';
const read = { scopes: ['documents:read'] } as const;
const write = { scopes: ['documents:write'] } as const;

export function documentRoutes(deps: DocumentDeps): Route[] {
  return [
    writing(deps, 'treatment_summary', '/documents/treatment-summary', 'Have the summary of a treatment written'),
    writing(deps, 'insurance_summary', '/documents/insurance-summary', 'Have a summary for the insurer written'),
    writing(deps, 'progress_note', '/documents/progress-note', 'Have a progress note written'),
    ...readingRoutes(deps),
    ...changingRoutes(deps),
  ];
}

function writing(deps: DocumentDeps, kind: DocumentKind, path: `/${string}`, summary: string): Route {
  return route({
    method: 'post',
    path,
    summary: `${summary}: a draft, by the model where there is one, else by template`,
    tag,
    access: write,
    audit: { action: 'document.create' },
    body: DocumentInput,
    reply: DocumentView,
    status: 201,
    errors: ['NOT_FOUND', 'MEETING_NOT_FOUND', 'CONFLICT'],
    handler: (context, { body }) => createDocument(deps, context, { ...body, kind }),
  });
}

function readingRoutes(deps: DocumentDeps): Route[] {
  const { clock } = deps;
  return [
    route({
      method: 'get',
      path: '/documents',
      summary: 'Documents that one reaches, the newest first',
      tag,
      access: read,
      audit: { action: 'document.list' },
      query: DocumentQuery,
      reply: DocumentPage,
      handler: ({ db, actor }, { query }) => listDocuments(db, actor, query, clock.now()),
    }),
    route({
      method: 'get',
      path: '/documents/:id',
      summary: 'A document: the newest version for who treats the patient, the confirmed one for everybody else',
      tag,
      access: read,
      audit: { action: 'document.read' },
      params: DocumentParams,
      reply: DocumentView,
      errors: ['NOT_FOUND'],
      handler: ({ db, actor }, { params }) => readDocument(db, actor, params.id, clock.now()),
    }),
    route({
      method: 'get',
      path: '/documents/:id/versions',
      summary: 'What it said before, who confirmed which version, and who was given it',
      tag,
      access: read,
      audit: { action: 'document.versions' },
      params: DocumentParams,
      reply: DocumentVersions,
      errors: ['NOT_FOUND'],
      handler: ({ db, actor }, { params }) => readVersions(db, actor, params.id),
    }),
    route({
      method: 'get',
      path: '/documents/:id/pdf',
      summary: 'A confirmed document as PDF',
      tag,
      access: read,
      audit: { action: 'document.download' },
      params: DocumentParams,
      query: PdfQuery,
      reply: 'stream',
      streams: 'application/pdf',
      errors: ['NOT_FOUND', 'DOCUMENT_NOT_CONFIRMED', 'DOCUMENT_EXPIRED'],
      handler: ({ db, actor }, { params, query }) => givePdf(deps, { db, actor }, { id: params.id, ...query }),
    }),
  ];
}

function changingRoutes(deps: DocumentDeps): Route[] {
  return [
    route({
      method: 'put',
      path: '/documents/:id',
      summary: 'Edit a document: a new version, which nobody has confirmed yet',
      tag,
      access: write,
      audit: { action: 'document.edit' },
      params: DocumentParams,
      body: DocumentEdit,
      reply: DocumentView,
      errors: ['NOT_FOUND', 'DOCUMENT_CHANGED'],
      handler: ({ db, actor }, { params, body }) =>
        editDocument({ db, actor, id: params.id, now: deps.clock.now() }, body),
    }),
    route({
      method: 'post',
      path: '/documents/:id/discard',
      summary: 'Give up a draft: a document that was confirmed before is again as it was, any other is gone',
      tag,
      access: write,
      audit: { action: 'document.discard' },
      params: DocumentParams,
      body: DocumentDiscard,
      reply: undefined,
      errors: ['NOT_FOUND', 'DOCUMENT_CONFIRMED', 'DOCUMENT_CHANGED'],
      handler: ({ db, actor }, { params, body }) =>
        discardDraft({ db, actor, id: params.id, now: deps.clock.now() }, body),
    }),
    route({
      method: 'post',
      path: '/documents/:id/confirm',
      summary: 'Answer for a document, once, in the version that was read or as it was edited',
      tag,
      access: { scopes: ['documents:confirm'] },
      audit: { action: 'document.confirm' },
      params: DocumentParams,
      body: DocumentConfirm,
      reply: DocumentView,
      errors: ['NOT_FOUND', 'CONFLICT', 'DOCUMENT_CONFIRMED', 'DOCUMENT_CHANGED', 'DOCUMENT_EXPIRED'],
      handler: ({ db, actor }, { params, body }) => confirmDocument(deps, { db, actor, id: params.id }, body),
    }),
  ];
}
