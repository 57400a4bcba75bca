/** Files over REST. */
import { AppError } from '../../platform/errors.ts';
import { type Route, route } from '../../platform/http/route.ts';
import { readContent } from './content.ts';
import { deleteUpload } from './delete.ts';
import type { UploadDeps } from './deps.ts';
import { readHistory } from './history.ts';
import { followLink, makeLink } from './link.ts';
import { listShared, listUploads, readUpload } from './list.ts';
import { receiveUpload } from './receive.ts';
import {
  LinkQuery,
  NewUpload,
  SharedFiles,
  SharedQuery,
  Upload,
  UploadFields,
  UploadHistory,
  UploadLink,
  UploadPage,
  UploadParams,
  UploadQuery,
  UploadShareRequest,
  UploadShareView,
} from './schema.ts';
import { shareUpload } from './share.ts';

const tag = 'files';
const read = { scopes: ['uploads:read'] } as const;
const write = { scopes: ['uploads:write'] } as const;
const anyFile = 'application/octet-stream';

export const leastBytes = 100;
export const mostBytes = 5 * 1_048_576;
/** Milliseconds without a byte. */
const patience = 10_000;

export function uploadRoutes(deps: UploadDeps): Route[] {
  // `/uploads/linked` and `/uploads/shared` stand before `/uploads/:id`, which would take the word for an id.
  return [...takingRoutes(deps), ...linkRoutes(deps), ...aboutRoutes(), ...givingRoutes(deps)];
}

function takingRoutes(deps: UploadDeps): Route[] {
  return [
    route({
      method: 'post',
      path: '/uploads',
      summary: 'Upload a PDF, JPEG or PNG of 100 bytes to 5 MB about a patient',
      tag,
      access: write,
      audit: { action: 'upload.create' },
      body: UploadFields,
      receives: { field: 'file', minBytes: leastBytes, maxBytes: mostBytes, patience, sink: deps.sink },
      reply: NewUpload,
      status: 201,
      errors: ['NOT_FOUND'],
      handler: ({ db, actor }, { body, file }) => {
        if (!file) throw new AppError('INTERNAL', 'The route gives no file.');
        return receiveUpload(deps, { db, actor }, body, file);
      },
    }),
    route({
      method: 'delete',
      path: '/uploads/:id',
      summary: 'Delete a file: gone at once, purged after 30 days',
      tag,
      access: write,
      audit: { action: 'upload.delete' },
      params: UploadParams,
      reply: undefined,
      errors: ['NOT_FOUND'],
      handler: ({ db, actor }, { params }) => deleteUpload(deps, db, actor, params.id),
    }),
    route({
      method: 'post',
      path: '/uploads/:id/share',
      summary: "Lay a file on the table of one's own consultation",
      tag,
      access: write,
      audit: { action: 'upload.share' },
      params: UploadParams,
      body: UploadShareRequest,
      reply: UploadShareView,
      status: 201,
      errors: ['NOT_FOUND', 'MEETING_NOT_FOUND', 'MEETING_CANCELLED', 'CONFLICT'],
      handler: ({ db, actor }, { params, body }) => shareUpload(deps, { db, actor }, params.id, body.meetingId),
    }),
  ];
}

function givingRoutes(deps: UploadDeps): Route[] {
  return [
    route({
      method: 'get',
      path: '/uploads',
      summary: 'Files that one reaches, the newest first',
      tag,
      access: read,
      audit: { action: 'upload.list' },
      query: UploadQuery,
      reply: UploadPage,
      handler: ({ db, actor }, { query }) => listUploads(db, actor, query),
    }),
    route({
      method: 'get',
      path: '/uploads/:id',
      summary: 'What is known of a file',
      tag,
      access: read,
      audit: { action: 'upload.read' },
      params: UploadParams,
      reply: Upload,
      errors: ['NOT_FOUND'],
      handler: ({ db, actor }, { params }) => readUpload(db, actor, params.id),
    }),
    route({
      method: 'get',
      path: '/uploads/:id/content',
      summary: 'The file itself, whole or a range of it',
      tag,
      access: read,
      audit: { action: 'upload.download' },
      params: UploadParams,
      reply: 'stream',
      streams: anyFile,
      errors: ['NOT_FOUND', 'CONFLICT'],
      handler: (context, { params }) => readContent(deps, context, params.id),
    }),
  ];
}

function aboutRoutes(): Route[] {
  return [
    route({
      method: 'get',
      path: '/uploads/shared',
      summary: 'What lies on the table of a consultation',
      tag,
      access: read,
      audit: { action: 'upload.list' },
      query: SharedQuery,
      reply: SharedFiles,
      handler: ({ db, actor }, { query }) => listShared(db, actor, query.meetingId),
    }),
    route({
      method: 'get',
      path: '/uploads/:id/history',
      summary: 'Who uploaded a file and who has opened it; for the patient, who uploaded it, and the desk',
      tag,
      access: read,
      audit: { action: 'upload.history' },
      params: UploadParams,
      reply: UploadHistory,
      errors: ['NOT_FOUND'],
      handler: ({ db, actor }, { params }) => readHistory(db, actor, params.id),
    }),
  ];
}

function linkRoutes(deps: UploadDeps): Route[] {
  return [
    route({
      method: 'get',
      path: '/uploads/linked',
      summary: 'A file by a link of a few minutes',
      tag,
      access: { public: 'The link says which file and who may have it.' },
      audit: { action: 'upload.download' },
      query: LinkQuery,
      reply: 'stream',
      streams: anyFile,
      errors: ['NOT_FOUND', 'CONFLICT'],
      handler: ({ tenantDb, range }, { query }) => followLink(deps, tenantDb, { token: query.token, range }),
    }),
    route({
      method: 'post',
      path: '/uploads/:id/link',
      summary: 'A link to the file that is good for five minutes',
      tag,
      access: read,
      audit: { action: 'upload.link' },
      params: UploadParams,
      reply: UploadLink,
      errors: ['NOT_FOUND', 'CONFLICT'],
      handler: ({ db, actor }, { params }) => makeLink(deps, db, actor, params.id),
    }),
  ];
}
