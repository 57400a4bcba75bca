/** Booking the same hour of several weeks: all of them, or none with the reason for each that cannot be. */
import { Temporal } from 'temporal-polyfill';
import type { Actor } from '../../platform/actor.ts';
import type { TenantDb, Tx } from '../../platform/db/scope.ts';
import { AppError, type InputFault } from '../../platform/errors.ts';
import { newId } from '../../platform/ids.ts';
import type { FreeTime } from '../slots/index.ts';
import { admit, draftBooking, overridden } from './book.ts';
import { placeOf } from './place.ts';
import type { AppointmentDeps } from './ports.ts';
import { type AppointmentRow, toAppointment } from './rows.ts';
import { readScene, type Wanted } from './scene.ts';
import type { NewSeries, Series } from './schema.ts';
import { inTurn, takeTurn } from './turns.ts';
import { findTime, type Refused } from './wanted-time.ts';

type Refusal = Refused | 'no_such_time' | 'patient_busy';
type Outcome = { at: Temporal.ZonedDateTime; time: FreeTime } | { at: Temporal.PlainDateTime; refused: Refusal };

const reasons: Record<Refusal, string> = {
  taken: 'is taken',
  not_offered: 'is not a time at which this can be booked',
  no_such_time: 'does not exist on that day, because the clocks change',
  patient_busy: 'the patient has another appointment then',
};

/**
 * Weekly at the same local time, whatever the clocks do. Throws SLOT_TAKEN or INVALID_INPUT with a fault
 * `occurrences.<index>` for each that cannot be booked; then none is.
 */
export async function bookSeries(deps: AppointmentDeps, db: TenantDb, actor: Actor, input: NewSeries): Promise<Series> {
  const { wanted, role } = admit(actor, input);
  return inTurn(db, async (tx, later) => {
    const now = deps.clock.now();
    const scene = await readScene(tx, db.tenantId, wanted);
    db.about({ patientIds: [wanted.patientId] });
    await takeTurn(tx, { ...wanted, locationIds: [wanted.locationId] });
    const decide = (startsAt: Date) =>
      input.overrideHours
        ? overridden(startsAt, scene, wanted, now)
        : findTime(tx, db.tenantId, { ...wanted, startsAt, now });
    const outcomes: Outcome[] = [];
    for (const at of weekly(input.startsAt, scene.zone, input.count)) {
      outcomes.push(await outcomeOf(tx, db.tenantId, wanted, at, decide));
    }
    const seriesId = newId();
    const rows: AppointmentRow[] = [];
    for (const time of allOrNone(outcomes)) {
      const place = await placeOf(tx, db.tenantId, wanted, time);
      const booking = { actor, role, scene, wanted, time, now, ...place, reason: input.reason, seriesId };
      const { row, writes, onCommitted } = draftBooking(deps, booking);
      for (const write of writes) await tx.$executeRaw(write);
      later(onCommitted);
      rows.push(row);
    }
    db.about({ entity: { type: 'AppointmentSeries', id: seriesId } });
    return { seriesId, items: rows.map(toAppointment) };
  });
}

/** Each a week after the one before on the wall's clock; a time that does not exist stays without a zone. */
export function* weekly(
  startsAt: string,
  zone: string,
  count: number,
): Generator<Temporal.ZonedDateTime | Temporal.PlainDateTime> {
  const first = Temporal.Instant.from(startsAt).toZonedDateTimeISO(zone);
  const wall = first.toPlainDateTime();
  yield first;
  for (let weeks = 1; weeks < count; weeks += 1) {
    const local = wall.add({ weeks });
    const zoned = local.toZonedDateTime(zone, { disambiguation: 'compatible' });
    yield zoned.toPlainDateTime().equals(local) ? zoned : local;
  }
}

async function outcomeOf(
  tx: Tx,
  tenantId: string,
  { patientId }: Wanted,
  at: Temporal.ZonedDateTime | Temporal.PlainDateTime,
  decide: (startsAt: Date) => Promise<FreeTime | Refused> | FreeTime | Refused,
): Promise<Outcome> {
  if (at instanceof Temporal.PlainDateTime) return { at, refused: 'no_such_time' };
  const wall = at.toPlainDateTime();
  const time = await decide(new Date(at.epochMilliseconds));
  if (typeof time === 'string') return { at: wall, refused: time };
  const [row] = await tx.$queryRaw<{ busy: boolean }[]>`
    select exists (
      select from appointment where tenant_id = ${tenantId}::uuid and patient_id = ${patientId}::uuid
        and status in ('booked', 'arrived')
        and tstzrange(starts_at, ends_at, '[)') && tstzrange(${time.startsAt}::timestamptz, ${time.endsAt}::timestamptz, '[)')
    ) as busy`;
  return row?.busy ? { at: wall, refused: 'patient_busy' } : { at, time };
}

function allOrNone(outcomes: readonly Outcome[]): FreeTime[] {
  const times: FreeTime[] = [];
  const faults: InputFault[] = [];
  let taken = false;
  for (const [index, outcome] of outcomes.entries()) {
    if ('time' in outcome) {
      times.push(outcome.time);
      continue;
    }
    taken ||= outcome.refused === 'taken' || outcome.refused === 'patient_busy';
    const wall = outcome.at.toString({ smallestUnit: 'minute' }).replace('T', ' ');
    faults.push({ path: `occurrences.${index}`, message: `${wall} ${reasons[outcome.refused]}` });
  }
  if (faults.length === 0) return times;
  const code = taken ? 'SLOT_TAKEN' : 'INVALID_INPUT';
  throw new AppError(code, 'None was booked. Those in errors cannot be.', { faults });
}
