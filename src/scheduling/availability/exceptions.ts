/** Where hours differ from the weekly ones: leave, holidays, extra hours. */

import type { Actor } from '../../platform/actor.ts';
import { Prisma } from '../../platform/db/client.ts';
import type { TenantDb, Tx } from '../../platform/db/scope.ts';
import { AppError } from '../../platform/errors.ts';
import { newId } from '../../platform/ids.ts';
import { defined } from '../defined.ts';
import { inputFault, parseAgain } from '../faults.ts';
import { type ListedRow, readPage } from '../listing.ts';
import { dayMs } from '../slots/zone-clock.ts';
import { type Change, withAffected } from './affected.ts';
import { future, type Keeping, requireKeeper, requirePlace } from './context.ts';
import { keepsAllHours, maySeeException } from './policy.ts';
import {
  type Affected,
  type ChangedException,
  type ExceptionChange,
  type ExceptionPage,
  type ExceptionQuery,
  type ExceptionView,
  NewException,
} from './schema.ts';
import { toColumn, toMinutes, toTime } from './wall-clock.ts';

type Row = Omit<ExceptionView, 'startTime' | 'endTime'> & { startMinute: number; endMinute: number };

const columns = Prisma.sql`
  e.id, e.kind::text as kind, e.practitioner_id as "practitionerId", e.location_id as "locationId", e.room_id as "roomId",
  e.modality::text as modality, e.starts_on::text as "startsOn", e.start_minute as "startMinute",
  e.ends_on::text as "endsOn", e.end_minute as "endMinute", e.step_minutes as "stepMinutes", e.capacity,
  e.lead_minutes as "leadMinutes", e.buffer_before_minutes as "bufferBeforeMinutes",
  e.buffer_after_minutes as "bufferAfterMinutes", e.reason`;

/** A page of what the actor may know of, the oldest first. */
export async function listExceptions(
  db: TenantDb,
  actor: Actor,
  { limit, cursor, ...filters }: ExceptionQuery,
): Promise<ExceptionPage> {
  const { practitionerId = null, kind = null, from = null, to = null } = filters;
  const visible = keepsAllHours(actor) ? null : (actor.practitionerId ?? 'nobody');
  const mine = actor.practitionerId;
  const sort = { sql: Prisma.sql`e.id::text`, type: 'text' } as const;
  const { rows, nextCursor } = await readPage<Row & ListedRow>(
    db,
    {
      of: ['exceptions', visible, filters],
      cursor,
      limit,
      sort: 'id',
      columns: { id: sort },
      id: Prisma.sql`e.id`,
      isPersonal: true,
    },
    (after, ordered, sortValue) => Prisma.sql`
      select ${columns}, ${sortValue} as "sortValue" from availability_exception e
      where e.tenant_id = ${db.tenantId}::uuid
        and (${visible === null}::boolean or e.practitioner_id is null or e.practitioner_id = ${mine}::uuid)
        and (${practitionerId}::uuid is null or e.practitioner_id is null or e.practitioner_id = ${practitionerId}::uuid)
        and (${kind}::text is null or e.kind::text = ${kind}::text)
        and (${from}::text is null or e.ends_on >= ${from}::text::date)
        and (${to}::text is null or e.starts_on <= ${to}::text::date) and ${after} ${ordered}`,
  );
  return { items: rows.map(toView), nextCursor };
}

/** Throws NOT_FOUND, also for the leave of somebody else. */
export function readException(db: TenantDb, actor: Actor, id: string): Promise<ExceptionView> {
  return db.run(async (tx) => {
    const view = await findException(tx, db.tenantId, id);
    if (!maySeeException(actor, view.practitionerId)) throw new AppError('NOT_FOUND');
    return view;
  });
}

async function findException(tx: Tx, tenantId: string, id: string): Promise<ExceptionView> {
  const [row] = await tx.$queryRaw<Row[]>`
    select ${columns} from availability_exception e where e.tenant_id = ${tenantId}::uuid and e.id = ${id}::uuid`;
  if (!row) throw new AppError('NOT_FOUND');
  return toView(row);
}

function toView({ startMinute, endMinute, ...row }: Row): ExceptionView {
  return { ...row, startTime: toTime(startMinute), endTime: toTime(endMinute) };
}

/** Throws CONFLICT where extra hours overlap, INVALID_INPUT for what is not there, FORBIDDEN for somebody else's. */
export async function createException(keeping: Keeping, input: NewException): Promise<ChangedException> {
  const { db, tx, actor } = keeping;
  const owned = input.kind === 'extra' ? { ...input, practitionerId: ownerOf(actor, input.practitionerId) } : input;
  requireKeeper(actor, owned.practitionerId);
  const id = newId();
  db.about({ entity: { type: 'Schedule', id } });
  const data = { ...toColumns(owned), tenantId: db.tenantId, id };
  const { result, ...affected } = await withAffected(tx, db.tenantId, changeBy(keeping, [data]), async () => {
    await requirePlace(keeping, data);
    await refuseOverlap(keeping, data);
    await tx.availabilityException.create({ data });
    return findException(tx, db.tenantId, id);
  });
  return { exception: result, ...affected };
}

/** Throws as `createException`, and NOT_FOUND. */
export async function changeException(
  keeping: Keeping,
  id: string,
  change: ExceptionChange,
): Promise<ChangedException> {
  const { db, tx } = keeping;
  const present = await lockException(keeping, id);
  const changed = { ...present, ...defined(change) };
  const when = { startsOn: changed.startsOn, startTime: changed.startTime, endTime: changed.endTime };
  const input = parseAgain(
    NewException,
    present.kind === 'leave'
      ? { kind: 'leave', ...when, endsOn: changed.endsOn, reason: changed.reason }
      : { kind: 'extra', ...when, modality: present.modality, locationId: present.locationId, reason: changed.reason },
  );
  if (present.kind === 'extra' && change.endsOn !== undefined && change.endsOn !== changed.startsOn) {
    throw inputFault('endsOn', 'Extra hours are within one day');
  }
  const data = { ...periodColumns(input), reason: input.reason };
  const place = { practitionerId: present.practitionerId, locationId: present.locationId, roomId: present.roomId };
  const both = [
    { ...place, ...data },
    { ...place, ...periodColumns(NewException.parse(whenOf(present))) },
  ];
  const { result, ...affected } = await withAffected(tx, db.tenantId, changeBy(keeping, both), async () => {
    await refuseOverlap(keeping, { id, kind: present.kind, practitionerId: present.practitionerId, ...data });
    await tx.availabilityException.updateMany({ where: { tenantId: db.tenantId, id }, data });
    return findException(tx, db.tenantId, id);
  });
  return { exception: result, ...affected };
}

/** What is booked stays. Throws NOT_FOUND, FORBIDDEN. */
export async function deleteException(keeping: Keeping, id: string): Promise<Affected> {
  const { db, tx } = keeping;
  const present = await lockException(keeping, id);
  const { practitionerId } = present;
  const period = periodColumns(NewException.parse(whenOf(present)));
  const { result: _, ...affected } = await withAffected(
    tx,
    db.tenantId,
    changeBy(keeping, [{ practitionerId, ...period }]),
    () => tx.availabilityException.deleteMany({ where: { tenantId: db.tenantId, id } }),
  );
  return affected;
}

async function lockException({ db, tx, actor }: Keeping, id: string): Promise<ExceptionView> {
  await tx.$queryRaw`
    select 1 from availability_exception where tenant_id = ${db.tenantId}::uuid and id = ${id}::uuid for update`;
  const present = await findException(tx, db.tenantId, id);
  if (!maySeeException(actor, present.practitionerId)) throw new AppError('NOT_FOUND');
  requireKeeper(actor, present.practitionerId);
  db.about({ entity: { type: 'Schedule', id } });
  return present;
}

function ownerOf(actor: Actor, practitionerId: string | undefined): string {
  const owner = practitionerId ?? actor.practitionerId;
  if (owner === null) throw inputFault('practitionerId', 'Say whose hours these are');
  return owner;
}

/** A stored exception as an input that is only its period. */
function whenOf({ startsOn, startTime, endsOn, endTime }: ExceptionView) {
  return { kind: 'leave', startsOn, startTime, endsOn, endTime };
}

interface Period {
  startsOn: Date;
  startMinute: number;
  endsOn: Date;
  endMinute: number;
}

function periodColumns(input: NewException): Period {
  const endsOn = input.kind === 'leave' ? (input.endsOn ?? input.startsOn) : input.startsOn;
  return {
    startsOn: toColumn(input.startsOn),
    startMinute: toMinutes(input.startTime),
    endsOn: toColumn(endsOn),
    endMinute: toMinutes(input.endTime),
  };
}

type Owned = NewException & { practitionerId: string | null };

function toColumns(input: Owned) {
  const period = periodColumns(input);
  const { kind, practitionerId, locationId, reason } = input;
  const common = { kind, practitionerId, locationId, reason, ...period };
  if (input.kind === 'leave') return { ...common, roomId: null };
  const { roomId, modality, stepMinutes, capacity, leadMinutes, bufferBeforeMinutes, bufferAfterMinutes } = input;
  return { ...common, roomId, modality, stepMinutes, capacity, leadMinutes, bufferBeforeMinutes, bufferAfterMinutes };
}

/** Which visits to look at: local days are within a day of UTC's. */
function changeBy(
  { now }: Keeping,
  periods: readonly (Omit<Period, 'startMinute' | 'endMinute'> & { practitionerId: string | null })[],
): Change {
  const { from, to } = future(now);
  return {
    practitionerId: periods[0]?.practitionerId ?? null,
    from: Math.max(from, Math.min(...periods.map(({ startsOn }) => startsOn.getTime())) - 2 * dayMs),
    to: Math.min(to, Math.max(...periods.map(({ endsOn }) => endsOn.getTime())) + 3 * dayMs),
  };
}

async function refuseOverlap(
  { db, tx }: Keeping,
  one: Period & { id: string; kind: 'leave' | 'extra'; practitionerId: string | null },
): Promise<void> {
  if (one.kind === 'leave') return;
  const { tenantId } = db;
  const others = await tx.availabilityException.findMany({
    where: {
      tenantId,
      kind: 'extra',
      practitionerId: one.practitionerId,
      id: { not: one.id },
      startsOn: one.startsOn,
      startMinute: { lt: one.endMinute },
      endMinute: { gt: one.startMinute },
    },
    take: 1,
  });
  const other = others[0];
  if (!other) return;
  const hours = `${toTime(other.startMinute)} to ${toTime(other.endMinute)}`;
  throw new AppError('CONFLICT', `There are extra hours on that day already, from ${hours}.`);
}
