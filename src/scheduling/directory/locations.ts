/** The places where care is given, and their rooms. What visits may name is switched off, never deleted. */
import { readSettings } from '../../identity/index.ts';
import type { Actor } from '../../platform/actor.ts';
import { Prisma } from '../../platform/db/client.ts';
import type { TenantDb, Tx } from '../../platform/db/scope.ts';
import { AppError } from '../../platform/errors.ts';
import { newId } from '../../platform/ids.ts';
import { defined } from '../defined.ts';
import { type ListedRow, nearName, readPage, type SortColumn } from '../listing.ts';
import { keepsDirectory, shownActivity } from '../policy.ts';
import type { LocationChange, LocationPage, LocationQuery, LocationView, NewLocation } from './schema.ts';

type Row = Required<LocationView>;

const columns = Prisma.sql`
  l.id, l.name, l.type, l.address_lines as "addressLines", l.city, l.region, l.postal_code as "postalCode", l.country,
  l.time_zone as "timeZone", l.is_active as "isActive"`;

const sorts: Record<string, SortColumn> = {
  name: { sql: Prisma.sql`search_key(l.name)`, type: 'text' },
  city: { sql: Prisma.sql`search_key(l.city)`, type: 'text' },
  relevance: { sql: Prisma.sql`near.distance`, type: 'int' },
};

export async function listLocations(
  db: TenantDb,
  actor: Actor,
  { limit, cursor, ...filters }: LocationQuery,
): Promise<LocationPage> {
  const isKeeper = keepsDirectory(actor);
  const { name, city, type } = filters;
  const sort = filters.sort ?? (name === undefined ? 'name' : 'relevance');
  const isActive = shownActivity(isKeeper, filters.isActive);
  const conditions = [
    Prisma.sql`l.tenant_id = ${db.tenantId}::uuid`,
    ...(isActive === undefined ? [] : [Prisma.sql`l.is_active = ${isActive}::boolean`]),
    ...(city ? [Prisma.sql`word_similarity(search_key(${city}::text), search_key(l.city)) >= 0.5`] : []),
    ...(type ? [Prisma.sql`l.type = ${type}::text`] : []),
  ];
  const listing = { of: ['locations', isKeeper, filters, sort], cursor, limit, sort, columns: sorts };
  const { rows, nextCursor } = await readPage<Row & ListedRow>(
    db,
    { ...listing, id: Prisma.sql`l.id` },
    (after, ordered, sortValue) => Prisma.sql`
      select ${columns}, ${sortValue} as "sortValue"
      from location l ${nearName(Prisma.sql`l.name`, name)}
      where ${Prisma.join(conditions, ' and ')} and ${after} ${ordered}`,
  );
  return { items: rows.map((row) => viewFor(isKeeper, row)), nextCursor };
}

/** Throws NOT_FOUND for what is not there, another clinic's, or switched off and the actor does not keep the directory. */
export function readLocation(db: TenantDb, actor: Actor, id: string): Promise<LocationView> {
  return db.run((tx) => findLocation(tx, db.tenantId, actor, id));
}

export async function findLocation(tx: Tx, tenantId: string, actor: Actor, id: string): Promise<LocationView> {
  const [row] = await tx.$queryRaw<Row[]>`
    select ${columns} from location l where l.tenant_id = ${tenantId}::uuid and l.id = ${id}::uuid`;
  if (!row || (!row.isActive && !keepsDirectory(actor))) throw new AppError('NOT_FOUND');
  return viewFor(keepsDirectory(actor), row);
}

function viewFor(isKeeper: boolean, { isActive, ...row }: Row): LocationView {
  return isKeeper ? { ...row, isActive } : row;
}

/** In the clinic's time zone unless the location names its own. */
export function createLocation(db: TenantDb, actor: Actor, location: NewLocation): Promise<LocationView> {
  const { tenantId } = db;
  return db.run(async (tx) => {
    const timeZone = location.timeZone ?? (await readSettings(tx, tenantId)).timeZone;
    const id = newId();
    await tx.location.create({ data: { ...location, id, tenantId, timeZone } });
    db.about({ entity: { type: 'Location', id } });
    return findLocation(tx, tenantId, actor, id);
  });
}

/** What is left out stays. At a place that is switched off nothing can be booked; what is booked stays. */
export function changeLocation(db: TenantDb, actor: Actor, id: string, change: LocationChange): Promise<LocationView> {
  const { tenantId } = db;
  return db.run(async (tx) => {
    const { count } = await tx.location.updateMany({ where: { tenantId, id }, data: defined(change) });
    if (count === 0) throw new AppError('NOT_FOUND');
    db.about({ entity: { type: 'Location', id } });
    return findLocation(tx, tenantId, actor, id);
  });
}
