/** Documents as people look for them. */
import { z } from 'zod';
import type { Actor } from '../../platform/actor.ts';
import { Prisma } from '../../platform/db/client.ts';
import type { TenantDb } from '../../platform/db/scope.ts';
import { listName, readCursor, writeCursor } from '../../platform/http/cursor.ts';
import { reachOf } from './policy.ts';
import { type DocumentRow, findDocument, selectDocuments } from './rows.ts';
import type { DocumentPage, DocumentQuery, DocumentSummary, DocumentView } from './schema.ts';
import { isInState } from './state.ts';
import { toSummary, toView } from './view.ts';

type Filters = Omit<DocumentQuery, 'limit' | 'cursor'>;

/** A page of the documents that the actor reaches, the newest first. */
export async function listDocuments(
  db: TenantDb,
  actor: Actor,
  query: DocumentQuery,
  now: Date,
): Promise<DocumentPage> {
  const { limit, cursor, ...filters } = query;
  const reach = reachOf(actor);
  const list = listName('documents', db.tenantId, reach, filters);
  const position = readCursor(list, cursor, z.null());
  const conditions = wanted(filters, now);
  if (position) conditions.push(Prisma.sql`d.id < ${position.id}::uuid`);
  const rest = {
    condition: Prisma.join([Prisma.sql`true`, ...conditions], ' and '),
    after: Prisma.sql`order by d.id desc limit ${limit + 1}::int`,
  };
  return db.run(async (tx) => {
    const rows = await tx.$queryRaw<DocumentRow[]>(selectDocuments(db.tenantId, reach, rest));
    const page = rows.slice(0, limit);
    const last = page.at(-1);
    db.about({ patientIds: page.map(({ patientId }) => patientId) });
    const nextCursor = rows.length > limit && last ? writeCursor(list, { key: null, id: last.id }) : null;
    return { items: page.map((row) => toSummary(row, now)), nextCursor };
  });
}

function wanted({ patientId, meetingId, kind, state }: Filters, now: Date): Prisma.Sql[] {
  return [
    ...(patientId ? [Prisma.sql`d.patient_id = ${patientId}::uuid`] : []),
    ...(meetingId ? [Prisma.sql`d.meeting_id = ${meetingId}::uuid`] : []),
    ...(kind ? [Prisma.sql`d.kind = ${kind}`] : []),
    ...(state ? [isInState(state, now)] : []),
  ];
}

/** Throws NOT_FOUND. */
export function readDocument(db: TenantDb, actor: Actor, id: string, now: Date): Promise<DocumentView> {
  return db.run(async (tx) => toView(await findDocument(tx, db, reachOf(actor), id), actor, now));
}

/** A patient's own confirmed documents, the newest first, at most twenty. Nobody else's, whatever else they may see. */
export async function listOwnDocuments(db: TenantDb, actor: Actor, now: Date): Promise<DocumentSummary[]> {
  if (!actor.scopes.has('documents:read') || !actor.roles.includes('patient') || actor.patientId === null) return [];
  const reach = { all: false, treatedBy: null, writtenBy: null, patientId: actor.patientId, insurers: false };
  const rest = { condition: Prisma.sql`true`, after: Prisma.sql`order by d.id desc limit 20` };
  return db.run(async (tx) => {
    const rows = await tx.$queryRaw<DocumentRow[]>(selectDocuments(db.tenantId, reach, rest));
    db.about({ patientIds: rows.map(({ patientId }) => patientId) });
    return rows.map((row) => toSummary(row, now));
  });
}
