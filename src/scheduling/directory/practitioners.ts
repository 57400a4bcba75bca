/** Practitioners: found, read and described. An account makes them (src/identity); here is what patients are told. */
import type { Actor } from '../../platform/actor.ts';
import { Prisma } from '../../platform/db/client.ts';
import type { TenantDb, Tx } from '../../platform/db/scope.ts';
import { AppError } from '../../platform/errors.ts';
import { defined } from '../defined.ts';
import { refuseUnknown } from '../faults.ts';
import { type ListedRow, nearName, readPage, type SortColumn } from '../listing.ts';
import { keepsDirectory, shownActivity } from '../policy.ts';
import type { PractitionerChange, PractitionerPage, PractitionerQuery, PractitionerView } from './schema.ts';

type Row = Required<PractitionerView>;

const columns = Prisma.sql`
  p.id, p.name, p.languages, p.bio, p.qualification, p.registration_number as "registrationNumber",
  p.registration_authority as "registrationAuthority", p.is_accepting_patients as "isAcceptingPatients",
  p.is_active as "isActive",
  (select coalesce(json_agg(json_build_object('system', s.system, 'code', s.code, 'display', s.display) order by s.display, s.code), '[]')
   from practitioner_specialty s where s.tenant_id = p.tenant_id and s.practitioner_id = p.id) as specialties,
  (select coalesce(json_agg(json_build_object('id', l.id, 'name', l.name, 'city', l.city) order by l.name, l.id), '[]')
   from practitioner_location pl join location l on l.tenant_id = pl.tenant_id and l.id = pl.location_id and l.is_active
   where pl.tenant_id = p.tenant_id and pl.practitioner_id = p.id) as locations,
  (select coalesce(json_agg(s.id order by s.id), '[]')
   from practitioner_service ps join service s on s.tenant_id = ps.tenant_id and s.id = ps.service_id and s.is_active
   where ps.tenant_id = p.tenant_id and ps.practitioner_id = p.id) as "serviceIds"`;

const sorts: Record<string, SortColumn> = {
  name: { sql: Prisma.sql`search_key(p.name)`, type: 'text' },
  relevance: { sql: Prisma.sql`near.distance`, type: 'int' },
};

/** A page of the practitioners that the actor may see. */
export async function listPractitioners(
  db: TenantDb,
  actor: Actor,
  { limit, cursor, ...filters }: PractitionerQuery,
): Promise<PractitionerPage> {
  const isKeeper = keepsDirectory(actor);
  const sort = filters.sort ?? (filters.name === undefined ? 'name' : 'relevance');
  const listing = { of: ['practitioners', isKeeper, filters, sort], cursor, limit, sort, columns: sorts };
  const { rows, nextCursor } = await readPage<Row & ListedRow>(
    db,
    { ...listing, id: Prisma.sql`p.id` },
    (after, ordered, sortValue) => Prisma.sql`
      select ${columns}, ${sortValue} as "sortValue"
      from practitioner p ${nearName(Prisma.sql`p.name`, filters.name)}
      where p.tenant_id = ${db.tenantId}::uuid and ${matching(filters, isKeeper)} and ${after} ${ordered}`,
  );
  return { items: rows.map((row) => viewFor(isKeeper, row)), nextCursor };
}

function matching(filters: Omit<PractitionerQuery, 'limit' | 'cursor'>, isKeeper: boolean): Prisma.Sql {
  const { specialty, locationId, serviceId, language, isAcceptingPatients } = filters;
  const isActive = shownActivity(isKeeper, filters.isActive);
  return Prisma.join(
    [
      Prisma.sql`true`,
      ...(isActive === undefined ? [] : [Prisma.sql`p.is_active = ${isActive}::boolean`]),
      ...(isAcceptingPatients === undefined
        ? []
        : [Prisma.sql`p.is_accepting_patients = ${isAcceptingPatients}::boolean`]),
      ...(language ? [Prisma.sql`${language}::text = any (p.languages)`] : []),
      ...(locationId
        ? [linked(Prisma.sql`practitioner_location`, Prisma.sql`x.location_id = ${locationId}::uuid`)]
        : []),
      ...(serviceId ? [linked(Prisma.sql`practitioner_service`, Prisma.sql`x.service_id = ${serviceId}::uuid`)] : []),
      ...(specialty ? [linked(Prisma.sql`practitioner_specialty`, isSpecialty(specialty))] : []),
    ],
    ' and ',
  );
}

function linked(table: Prisma.Sql, condition: Prisma.Sql): Prisma.Sql {
  return Prisma.sql`exists (select from ${table} x where x.tenant_id = p.tenant_id and x.practitioner_id = p.id and ${condition})`;
}

/** By its code, or by what it is called, roughly. */
function isSpecialty(asked: string): Prisma.Sql {
  return Prisma.sql`(x.code = ${asked}::text or word_similarity(search_key(${asked}::text), search_key(x.display)) >= 0.5)`;
}

/** Throws NOT_FOUND for what is not there, another clinic's, or switched off and the actor does not keep the directory. */
export function readPractitioner(db: TenantDb, actor: Actor, id: string): Promise<PractitionerView> {
  return db.run((tx) => findPractitioner(tx, db.tenantId, actor, id));
}

async function findPractitioner(tx: Tx, tenantId: string, actor: Actor, id: string): Promise<PractitionerView> {
  const [row] = await tx.$queryRaw<Row[]>`
    select ${columns} from practitioner p where p.tenant_id = ${tenantId}::uuid and p.id = ${id}::uuid`;
  if (!row || (!row.isActive && !keepsDirectory(actor))) throw new AppError('NOT_FOUND');
  return viewFor(keepsDirectory(actor), row);
}

function viewFor(isKeeper: boolean, { isActive, ...row }: Row): PractitionerView {
  return isKeeper ? { ...row, isActive } : row;
}

/** What is left out stays. Throws NOT_FOUND, and INVALID_INPUT for places and services that are not there. */
export function changePractitioner(
  db: TenantDb,
  actor: Actor,
  id: string,
  { specialties, locationIds, serviceIds, ...columns }: PractitionerChange,
): Promise<PractitionerView> {
  const { tenantId } = db;
  return db.run(async (tx) => {
    const { count } = await tx.practitioner.updateMany({ where: { tenantId, id }, data: defined(columns) });
    if (count === 0) throw new AppError('NOT_FOUND');
    db.about({ entity: { type: 'Practitioner', id } });
    const own = { tenantId, practitionerId: id };
    if (specialties) {
      await tx.practitionerSpecialty.deleteMany({ where: own });
      await tx.practitionerSpecialty.createMany({ data: specialties.map((one) => ({ ...own, ...one })) });
    }
    if (locationIds) {
      const known = await tx.location.findMany({ where: { tenantId, id: { in: locationIds }, isActive: true } });
      refuseUnknown('locationIds', locationIds, known, 'There is no such location');
      await tx.practitionerLocation.deleteMany({ where: own });
      await tx.practitionerLocation.createMany({ data: locationIds.map((locationId) => ({ ...own, locationId })) });
    }
    if (serviceIds) {
      const known = await tx.service.findMany({ where: { tenantId, id: { in: serviceIds }, isActive: true } });
      refuseUnknown('serviceIds', serviceIds, known, 'There is no such service');
      await tx.practitionerService.deleteMany({ where: own });
      await tx.practitionerService.createMany({ data: serviceIds.map((serviceId) => ({ ...own, serviceId })) });
    }
    const changed = await findPractitioner(tx, tenantId, actor, id);
    const isSwitchedOff = columns.isActive === false || columns.isAcceptingPatients === false;
    return isSwitchedOff ? { ...changed, openAppointments: await countOpen(tx, own) } : changed;
  });
}

/** What is over is closed within a day of it, so what is open is ahead. */
function countOpen(tx: Tx, own: { tenantId: string; practitionerId: string }): Promise<number> {
  return tx.appointment.count({ where: { ...own, status: { in: ['pending', 'booked', 'arrived'] } } });
}
