/** What became of an appointment: somebody came, was seen, or was missing. */
import type { Actor } from '../../platform/actor.ts';
import type { TenantDb, Tx } from '../../platform/db/scope.ts';
import { AppError } from '../../platform/errors.ts';
import { keepChange, requireVersion, take } from './change.ts';
import { lockAppointment } from './lock.ts';
import type { AppointmentEvent } from './model.ts';
import { attendsAs, mayRead } from './policy.ts';
import type { AppointmentDeps, OnCommitted } from './ports.ts';
import { toAppointment } from './rows.ts';
import type { Appointment, EventDetail, NoShow } from './schema.ts';
import { inTurn } from './turns.ts';

type Attended = { type: 'arrive' | 'fulfil'; version?: number | undefined } | ({ type: 'no_show' } & NoShow);

/**
 * Throws CONFLICT when it is too early or too late for that. A video appointment that is closed by hand takes its meeting
 * along: MEETING_ACTIVE while that goes on.
 */
export async function attend(
  deps: AppointmentDeps,
  db: TenantDb,
  actor: Actor,
  id: string,
  input: Attended,
): Promise<Appointment> {
  return inTurn(db, async (tx, later) => {
    const locked = await lockAppointment(tx, db.tenantId, id);
    const role = attendsAs(actor, locked.row);
    if (role === null) throw new AppError(mayRead(actor, locked.row) ? 'FORBIDDEN' : 'NOT_FOUND');
    db.about({ patientIds: [locked.row.patientId], entity: { type: 'Appointment', id } });
    requireVersion(locked, input.version);
    const event = eventOf(input, deps.clock.now().toISOString());
    const { row, changed } = take(locked, event);
    if (!changed) return toAppointment(row);
    const detail: EventDetail = input.type === 'no_show' ? { side: input.side } : {};
    await keepChange(tx, db.tenantId, row, { event, doer: { role, actorId: actor.userId }, detail });
    if (row.meetingId !== null && input.type !== 'arrive') later(await closeMeeting(deps, tx, actor, row.meetingId));
    return toAppointment(row);
  });
}

function eventOf(input: Attended, at: string): AppointmentEvent {
  return input.type === 'no_show' ? { type: 'no_show', side: input.side, at } : { type: input.type, at };
}

const alreadyOver: OnCommitted = () => undefined;

/** One that is over already is as it should be. */
async function closeMeeting(deps: AppointmentDeps, tx: Tx, actor: Actor, meetingId: string): Promise<OnCommitted> {
  try {
    return await deps.meetings.callOff(tx, actor, meetingId, null);
  } catch (error) {
    if (error instanceof AppError && error.code === 'MEETING_ENDED') return alreadyOver;
    throw error;
  }
}
