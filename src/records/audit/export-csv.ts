/** The trail as CSV (RFC 4180), the newest first, read in batches as fast as the reader takes them. */
import { pipeline, Readable } from 'node:stream';
import { stringify } from 'csv-stringify';
import type { TenantDb } from '../../platform/db/scope.ts';
import type { AuditEntryView, AuditFilters } from './schema.ts';
import { selectEntries } from './trail.ts';

const batch = 500;

const columns = [
  'id',
  'at',
  'actorKind',
  'actorId',
  'actorName',
  'actorRoles',
  'action',
  'purpose',
  'result',
  'code',
  'patientIds',
  'entityType',
  'entityId',
  'requestId',
  'address',
  'userAgent',
  'route',
] as const;

/** Never more than one batch is held. Destroying the stream stops the reading; an error of the database destroys the stream. */
export function exportEntries(db: TenantDb, filters: AuditFilters): Readable {
  const csv = stringify({ header: true, columns: [...columns], escape_formulas: true });
  return pipeline(Readable.from(rows(db, filters), { highWaterMark: 16 }), csv, () => {});
}

async function* rows(db: TenantDb, filters: AuditFilters) {
  let before: string | null = null;
  for (;;) {
    const page: AuditEntryView[] = await selectEntries(db, filters, before, batch);
    for (const entry of page) yield toRow(entry);
    before = page.at(-1)?.id ?? null;
    if (page.length < batch) return;
  }
}

function toRow({
  actor,
  entity,
  patientIds,
  ...entry
}: AuditEntryView): Record<(typeof columns)[number], string | null> {
  const { id, at, action, purpose, result, code, requestId, address, userAgent, route } = entry;
  return {
    id,
    at,
    action,
    purpose,
    result,
    code,
    requestId,
    address,
    userAgent,
    route,
    actorKind: actor.kind,
    actorId: actor.id,
    actorName: actor.name,
    actorRoles: actor.roles.join(' '),
    patientIds: patientIds.join(' '),
    entityType: entity?.type ?? null,
    entityId: entity?.id ?? null,
  };
}
