/** An appointment follows its meeting: what became of the one is told as a fact, and closes the other. */
import { callOff, usualCode } from './cancel.ts';
import { clock, keepChange, take } from './change.ts';
import { type LockedAppointment, lockInTurn } from './lock.ts';
import type { AppointmentEvent } from './model.ts';
import type { AppointmentDeps } from './ports.ts';
import { storedOf } from './rows.ts';
import type { Canceller, NoShowSide } from './schema.ts';
import { step } from './step.ts';
import { inTurn } from './turns.ts';

/** How a meeting ended that belongs to an appointment. */
export interface MeetingOutcome {
  tenantId: string;
  appointmentId: string;
  /** Who never came; null when they spoke with each other, or when it was called off. */
  missing: NoShowSide | null;
  /** Who called it off; null when nobody did. */
  cancelledBy: Canceller | null;
}

/** Harmless twice, and when the appointment was closed by hand before. */
export async function settleMeeting(deps: AppointmentDeps, outcome: MeetingOutcome): Promise<void> {
  const { tenantId, appointmentId, cancelledBy, missing } = outcome;
  await inTurn(deps.database.tenant(tenantId), async (tx, later) => {
    const locked = await lockInTurn(tx, tenantId, appointmentId);
    if (locked.row.status !== 'booked' && locked.row.status !== 'arrived') return;
    const now = deps.clock.now();
    const by = callerOff(locked, outcome, now);
    if (by !== null) {
      const doer = { role: by, actorId: null };
      const code = usualCode[cancelledBy ?? by];
      later((await callOff(deps, tx, { locked, doer, code, reason: null })).onCommitted);
      return;
    }
    const event = closingEvent(locked, missing, now.toISOString());
    const { row } = take(locked, event);
    const detail = row.noShowSide === null ? {} : { side: row.noShowSide };
    await keepChange(tx, tenantId, row, { event, doer: clock, detail });
  });
}

/** As whom the appointment is called off; null when it is not. It has to follow, though the caller might not do this alone. */
function callerOff({ row, settings }: LockedAppointment, outcome: MeetingOutcome, now: Date): Canceller | null {
  const { cancelledBy, missing } = outcome;
  // A doctor who came early and left before the time has called it off: nobody was missing yet.
  if (cancelledBy === null) return missing !== null && now < row.startsAt ? 'doctor' : null;
  const freeHours = settings.cancelFreeHours;
  const event = { type: 'cancel', by: cancelledBy, code: 'other', freeHours, at: now.toISOString() } as const;
  return step(storedOf(row), event).accepted ? cancelledBy : 'clock';
}

/** Who has arrived is not missing: then nobody started the visit, and that is the doctor's side. */
function closingEvent({ row }: LockedAppointment, missing: NoShowSide | null, at: string): AppointmentEvent {
  if (missing === null) return { type: 'fulfil', at };
  return { type: 'no_show', side: row.status === 'arrived' ? 'doctor' : missing, at };
}
