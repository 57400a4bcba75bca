/** Reading consents: one with its history, and those of a patient. */
import { z } from 'zod';
import type { Actor } from '../../platform/actor.ts';
import { Prisma } from '../../platform/db/client.ts';
import type { TenantDb } from '../../platform/db/scope.ts';
import { AppError } from '../../platform/errors.ts';
import { listName, readCursor, writeCursor } from '../../platform/http/cursor.ts';
import { knowsConsentsOf } from './policy.ts';
import { type ConsentRow, consentColumns, hasExpired, oneConsent, toConsent } from './rows.ts';
import type { ConsentPage, ConsentQuery, ConsentWithHistory } from './schema.ts';

/** Throws NOT_FOUND for what is not there, another clinic's, or none of the actor's business. */
export function readConsent(db: TenantDb, actor: Actor, id: string, now: Date): Promise<ConsentWithHistory> {
  db.about({ entity: { type: 'Consent', id } });
  return db.run(async (tx) => {
    const [row] = await tx.$queryRaw<ConsentRow[]>(oneConsent(db.tenantId, id));
    if (row) db.about({ patientIds: [row.patientId] });
    if (!row || !knowsConsentsOf(actor, row.patientId)) throw new AppError('NOT_FOUND');
    const events = await tx.$queryRaw<{ type: 'granted' | 'revoked'; at: Date; actorId: string }[]>`
      select type, at, actor_id as "actorId" from consent_event
      where tenant_id = ${db.tenantId}::uuid and consent_id = ${id}::uuid order by id`;
    const expiry = row.status === 'active' && hasExpired(row, now) ? row.expiresAt : null;
    return {
      ...toConsent(row, now),
      history: [
        ...events.map((event) => ({ ...event, at: event.at.toISOString() })),
        ...(expiry ? [{ type: 'expired' as const, at: expiry.toISOString(), actorId: null }] : []),
      ],
    };
  });
}

/** The newest first. Throws NOT_FOUND for a patient who is not here or is none of the actor's business. */
export function listConsents(
  db: TenantDb,
  actor: Actor,
  patientId: string,
  { status, limit, cursor, now }: ConsentQuery & { now: Date },
): Promise<ConsentPage> {
  const list = listName('consents', db.tenantId, patientId, status ?? null);
  const before = readCursor(list, cursor, z.null())?.id ?? null;
  db.about({ patientIds: [patientId], entity: { type: 'Patient', id: patientId } });
  const holds = Prisma.sql`(c.status = 'active' and (c.expires_at is null or c.expires_at > ${now}::timestamptz))`;
  const wanted = status === undefined ? Prisma.empty : Prisma.sql`and ${holds} = ${status === 'active'}::boolean`;
  return db.run(async (tx) => {
    const there = await tx.$queryRaw<unknown[]>`
      select from patient where tenant_id = ${db.tenantId}::uuid and id = ${patientId}::uuid`;
    if (there.length === 0 || !knowsConsentsOf(actor, patientId)) throw new AppError('NOT_FOUND');
    const rows = await tx.$queryRaw<ConsentRow[]>`
      select ${consentColumns} from consent c
      where c.tenant_id = ${db.tenantId}::uuid and c.patient_id = ${patientId}::uuid
        and (${before}::uuid is null or c.id < ${before}::uuid) ${wanted}
      order by c.id desc limit ${limit + 1}::int`;
    const page = rows.slice(0, limit);
    const last = page.at(-1);
    const nextCursor = rows.length > limit && last ? writeCursor(list, { key: null, id: last.id }) : null;
    return { items: page.map((row) => toConsent(row, now)), nextCursor };
  });
}
