/** What can be booked, with its code, length and price. */
import type { Actor } from '../../platform/actor.ts';
import { Prisma } from '../../platform/db/client.ts';
import type { TenantDb, Tx } from '../../platform/db/scope.ts';
import { AppError } from '../../platform/errors.ts';
import { newId } from '../../platform/ids.ts';
import { defined } from '../defined.ts';
import { refuseUnknown } from '../faults.ts';
import { type ListedRow, nearName, readPage, type SortColumn } from '../listing.ts';
import { keepsCatalog, shownActivity } from '../policy.ts';
import type { NewService, ServiceChange, ServicePage, ServiceQuery, ServiceView } from './schema.ts';

type Row = Required<ServiceView>;

const columns = Prisma.sql`
  s.id, s.code_system as "codeSystem", s.code, s.name, s.duration_minutes as "durationMinutes",
  s.price_minor as "priceMinor", s.currency, s.modality::text as modality, s.buffer_before_minutes as "bufferBeforeMinutes",
  s.buffer_after_minutes as "bufferAfterMinutes", s.is_active as "isActive",
  (select coalesce(json_agg(p.id order by p.id), '[]')
   from practitioner_service ps join practitioner p on p.tenant_id = ps.tenant_id and p.id = ps.practitioner_id and p.is_active
   where ps.tenant_id = s.tenant_id and ps.service_id = s.id) as "practitionerIds"`;

const sorts: Record<string, SortColumn> = {
  name: { sql: Prisma.sql`search_key(s.name)`, type: 'text' },
  priceMinor: { sql: Prisma.sql`s.price_minor`, type: 'int' },
  durationMinutes: { sql: Prisma.sql`s.duration_minutes::int`, type: 'int' },
  relevance: { sql: Prisma.sql`near.distance`, type: 'int' },
};

/** A page of the services that the actor may see. */
export async function listServices(
  db: TenantDb,
  actor: Actor,
  { limit, cursor, ...filters }: ServiceQuery,
): Promise<ServicePage> {
  const isKeeper = keepsCatalog(actor);
  const { name, modality, practitionerId } = filters;
  const sort = filters.sort ?? (name === undefined ? 'name' : 'relevance');
  const isActive = shownActivity(isKeeper, filters.isActive);
  const conditions = [
    Prisma.sql`s.tenant_id = ${db.tenantId}::uuid`,
    ...(isActive === undefined ? [] : [Prisma.sql`s.is_active = ${isActive}::boolean`]),
    ...(modality ? [Prisma.sql`s.modality in ('both', ${modality}::text::offered_modality)`] : []),
    ...(practitionerId
      ? [
          Prisma.sql`exists (select from practitioner_service x where x.tenant_id = s.tenant_id and x.service_id = s.id
            and x.practitioner_id = ${practitionerId}::uuid)`,
        ]
      : []),
  ];
  const listing = { of: ['services', isKeeper, filters, sort], cursor, limit, sort, columns: sorts };
  const { rows, nextCursor } = await readPage<Row & ListedRow>(
    db,
    { ...listing, id: Prisma.sql`s.id` },
    (after, ordered, sortValue) => Prisma.sql`
      select ${columns}, ${sortValue} as "sortValue"
      from service s ${nearName(Prisma.sql`s.name || ' ' || s.code`, name)}
      where ${Prisma.join(conditions, ' and ')} and ${after} ${ordered}`,
  );
  return { items: rows.map((row) => viewFor(isKeeper, row)), nextCursor };
}

/** Throws NOT_FOUND for what is not there, another clinic's, or switched off and the actor does not keep the catalogue. */
export function readService(db: TenantDb, actor: Actor, id: string): Promise<ServiceView> {
  return db.run((tx) => findService(tx, db.tenantId, actor, id));
}

async function findService(tx: Tx, tenantId: string, actor: Actor, id: string): Promise<ServiceView> {
  const [row] = await tx.$queryRaw<Row[]>`
    select ${columns} from service s where s.tenant_id = ${tenantId}::uuid and s.id = ${id}::uuid`;
  if (!row || (!row.isActive && !keepsCatalog(actor))) throw new AppError('NOT_FOUND');
  return viewFor(keepsCatalog(actor), row);
}

function viewFor(isKeeper: boolean, { isActive, ...row }: Row): ServiceView {
  return isKeeper ? { ...row, isActive } : row;
}

/** Throws ALREADY_EXISTS for the code, INVALID_INPUT for practitioners who are not there. */
export function createService(
  db: TenantDb,
  actor: Actor,
  { practitionerIds, ...columns }: NewService,
): Promise<ServiceView> {
  const { tenantId } = db;
  return db.run(async (tx) => {
    const id = newId();
    db.about({ entity: { type: 'HealthcareService', id } });
    await tx.service.create({ data: { ...columns, id, tenantId } });
    await linkPractitioners(tx, tenantId, id, practitionerIds);
    return findService(tx, tenantId, actor, id);
  });
}

/** What is left out stays; what is booked keeps the price and the length it was booked with. */
export function changeService(
  db: TenantDb,
  actor: Actor,
  id: string,
  { practitionerIds, ...columns }: ServiceChange,
): Promise<ServiceView> {
  const { tenantId } = db;
  return db.run(async (tx) => {
    const { count } = await tx.service.updateMany({ where: { tenantId, id }, data: defined(columns) });
    if (count === 0) throw new AppError('NOT_FOUND');
    db.about({ entity: { type: 'HealthcareService', id } });
    if (practitionerIds) {
      await tx.practitionerService.deleteMany({ where: { tenantId, serviceId: id } });
      await linkPractitioners(tx, tenantId, id, practitionerIds);
    }
    return findService(tx, tenantId, actor, id);
  });
}

async function linkPractitioners(tx: Tx, tenantId: string, serviceId: string, ids: readonly string[]): Promise<void> {
  if (ids.length === 0) return;
  const known = await tx.practitioner.findMany({
    where: { tenantId, id: { in: [...ids] }, isActive: true },
    select: { id: true },
  });
  refuseUnknown('practitionerIds', ids, known, 'There is no such practitioner');
  await tx.practitionerService.createMany({
    data: ids.map((practitionerId) => ({ tenantId, practitionerId, serviceId })),
  });
}
