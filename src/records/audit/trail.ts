/** Entries as people look for them: the newest first, by any of the filters. */
import { z } from 'zod';
import { Prisma } from '../../platform/db/client.ts';
import type { Reads } from '../../platform/db/quick.ts';
import type { TenantDb } from '../../platform/db/scope.ts';
import { listName, readCursor, writeCursor } from '../../platform/http/cursor.ts';
import type { AuditEntryView, AuditFilters, AuditPage, AuditQuery } from './schema.ts';

type Result = AuditEntryView['result'];

interface EntryRow {
  id: string;
  at: Date;
  actorKind: AuditEntryView['actor']['kind'];
  actorId: string | null;
  actorName: string | null;
  actorRoles: string[];
  action: string;
  purpose: AuditEntryView['purpose'];
  result: Result;
  code: string | null;
  patientIds: string[];
  entityType: string | null;
  entityId: string | null;
  requestId: string | null;
  address: string | null;
  userAgent: string | null;
  route: string | null;
  detail: { asked?: Record<string, string> } | null;
}

/** A page of the clinic's trail. Entries that come meanwhile are newer than the first page: they move nothing. */
export async function listEntries(db: TenantDb, { limit, cursor, ...filters }: AuditQuery): Promise<AuditPage> {
  const list = listName('audit', db.tenantId, filters);
  const before = readCursor(list, cursor, z.null())?.id ?? null;
  const rows = await selectEntries(db, filters, before, limit + 1);
  const items = rows.slice(0, limit);
  const last = items.at(-1);
  return { items, nextCursor: rows.length > limit && last ? writeCursor(list, { key: null, id: last.id }) : null };
}

/** Up to `max` entries that are older than the one of id `before`. */
export function selectEntries(
  db: TenantDb,
  filters: AuditFilters,
  before: string | null,
  max: number,
): Promise<AuditEntryView[]> {
  return db.decide(pageOf(db.tenantId, filters, before, max), (rows) => {
    // Who was looked at, where one person was asked for; a look at the trail is not one at everybody in it.
    db.about({ patientIds: filters.patientId === undefined ? [] : [filters.patientId] });
    return { writes: [], answer: rows.map(toView) };
  });
}

function pageOf(tenantId: string, filters: AuditFilters, before: string | null, max: number): Reads<EntryRow> {
  const conditions = [
    Prisma.sql`e.tenant_id = ${tenantId}::uuid`,
    ...(before === null ? [] : [Prisma.sql`e.id < ${before}::uuid`]),
    ...matching(filters),
  ];
  // The names are looked up for the page alone.
  return Prisma.sql`
    select p.id, p.at, p.actor_kind as "actorKind", p.actor_id as "actorId", coalesce(u.display_name, k.name) as "actorName",
      p.actor_roles as "actorRoles", p.action, p.purpose, p.result, p.code, p.patient_ids as "patientIds",
      p.entity_type as "entityType", p.entity_id as "entityId", p.request_id as "requestId", p.address,
      p.user_agent as "userAgent", p.route, p.detail
    from (
      select e.* from audit_trail e where ${Prisma.join(conditions, ' and ')} order by e.id desc limit ${max}::int
    ) p
    left join app_user u on u.tenant_id = p.tenant_id and u.id = p.actor_id
    left join api_key k on k.tenant_id = p.tenant_id and k.id = p.actor_id
    order by p.id desc`;
}

function matching({ from, to, actorId, patientId, action, result, entityType, entityId }: AuditFilters): Prisma.Sql[] {
  const conditions: Prisma.Sql[] = [];
  if (from !== undefined) conditions.push(Prisma.sql`e.id >= ${firstIdAt(from)}::uuid`);
  if (to !== undefined) conditions.push(Prisma.sql`e.id < ${firstIdAt(to)}::uuid`);
  if (actorId !== undefined) conditions.push(Prisma.sql`e.actor_id = ${actorId}::uuid`);
  if (patientId !== undefined) conditions.push(Prisma.sql`e.patient_ids @> ${`{${patientId}}`}::uuid[]`);
  if (action !== undefined) conditions.push(Prisma.sql`e.action = ${action}::text`);
  if (result !== undefined) conditions.push(ofResult(result));
  if (entityType !== undefined) conditions.push(Prisma.sql`e.entity_type = ${entityType}::text`);
  if (entityId !== undefined) conditions.push(Prisma.sql`e.entity_id = ${entityId}::text`);
  return conditions;
}

/** Not as a parameter, so that the index over the few that were not a success is found. */
function ofResult(result: Result): Prisma.Sql {
  const conditions: Record<Result, Prisma.Sql> = {
    success: Prisma.sql`e.result = 'success'`,
    refused: Prisma.sql`e.result = 'refused' and e.result <> 'success'`,
    failed: Prisma.sql`e.result = 'failed' and e.result <> 'success'`,
  };
  return conditions[result];
}

/** No id of an entry at or after this instant sorts before it, and every older one does (RFC 9562, version 7). */
function firstIdAt(instant: string): string {
  const ms = Math.max(0, Date.parse(instant)).toString(16).padStart(12, '0');
  return `${ms.slice(0, 8)}-${ms.slice(8)}-0000-0000-000000000000`;
}

function toView(row: EntryRow): AuditEntryView {
  const {
    actorKind: kind,
    actorId,
    actorName: name,
    actorRoles: roles,
    entityType,
    entityId,
    detail,
    at,
    ...rest
  } = row;
  return {
    ...rest,
    at: at.toISOString(),
    actor: { kind, id: actorId, name, roles },
    entity: entityType !== null && entityId !== null ? { type: entityType, id: entityId } : null,
    asked: detail?.asked ?? null,
  };
}
