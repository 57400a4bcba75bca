/** An appointment follows its meeting: what became of the one is told as a fact, and closes the other. */
import { callOff, usualCode } from './cancel.ts';
import { clock, keepChange, take } from './change.ts';
import { type LockedAppointment, lockInTurn } from './lock.ts';
import type { AppointmentEvent } from './model.ts';
import type { AppointmentDeps } from './ports.ts';
import type { Canceller, NoShowSide } from './schema.ts';
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
    if (cancelledBy !== null) {
      const doer = { role: cancelledBy, actorId: null };
      later((await callOff(deps, tx, { locked, doer, code: usualCode[cancelledBy], reason: null })).onCommitted);
      return;
    }
    const event = closingEvent(locked, missing, deps.clock.now().toISOString());
    const { row } = take(locked, event);
    const detail = row.noShowSide === null ? {} : { side: row.noShowSide };
    await keepChange(tx, tenantId, row, { event, doer: clock, detail });
  });
}

/** Who has arrived is not missing: then nobody started the visit, and that is the doctor's side. */
function closingEvent({ row }: LockedAppointment, missing: NoShowSide | null, at: string): AppointmentEvent {
  if (missing === null) return { type: 'fulfil', at };
  return { type: 'no_show', side: row.status === 'arrived' ? 'doctor' : missing, at };
}
