/** Calling an appointment off, and its meeting with it. */
import type { Actor } from '../../platform/actor.ts';
import type { TenantDb, Tx } from '../../platform/db/scope.ts';
import { AppError } from '../../platform/errors.ts';
import { type Doer, keepChange, requireVersion, take } from './change.ts';
import { sendLetter } from './letters.ts';
import { type LockedAppointment, lockInTurn } from './lock.ts';
import { offerFreed, putBack } from './offers.ts';
import { actsAs, mayRead } from './policy.ts';
import type { AppointmentDeps, OnCommitted } from './ports.ts';
import { type AppointmentRow, toAppointment } from './rows.ts';
import type { Appointment, Cancel, CancelCode, Canceller } from './schema.ts';
import { inTurn } from './turns.ts';

/**
 * A patient may always call off before it begins; after the clinic's `cancelFreeHours` it is noted as late. Throws CONFLICT
 * when it is over, and MEETING_ACTIVE once its meeting has begun. The time is offered to the waiting list.
 */
export async function cancel(
  deps: AppointmentDeps,
  db: TenantDb,
  actor: Actor,
  id: string,
  input: Cancel,
): Promise<Appointment> {
  return inTurn(db, async (tx, later) => {
    const locked = await lockInTurn(tx, db.tenantId, id);
    const role = actsAs(actor, locked.row);
    if (role === null) throw new AppError(mayRead(actor, locked.row) ? 'FORBIDDEN' : 'NOT_FOUND');
    db.about({ patientIds: [locked.row.patientId], entity: { type: 'Appointment', id } });
    requireVersion(locked, input.version);
    const doer = { role, actorId: actor.userId };
    const reason = input.reason ?? null;
    const off = await callOff(deps, tx, { locked, doer, code: input.code ?? usualCode[role], reason });
    later(off.onCommitted);
    const { meetingId } = locked.row;
    if (meetingId !== null) later(await deps.meetings.callOff(tx, actor, meetingId, reason));
    return toAppointment(off.row);
  });
}

/** What is meant when nobody says more. */
export const usualCode: Record<Canceller, CancelCode> = {
  patient: 'pat',
  doctor: 'prov',
  staff: 'other',
  admin: 'other',
  service: 'other',
  clock: 'other',
};

interface CallOff {
  locked: LockedAppointment;
  doer: Doer;
  code: CancelCode;
  reason: string | null;
}

/** Everything about calling off but the meeting. */
export async function callOff(
  deps: AppointmentDeps,
  tx: Tx,
  { locked, doer, code, reason }: CallOff,
): Promise<{ row: AppointmentRow; onCommitted: OnCommitted }> {
  const { tenantId } = locked.reader;
  const now = deps.clock.now();
  const freeHours = locked.settings.cancelFreeHours;
  const event = { type: 'cancel', by: doer.role, code, freeHours, at: now.toISOString() } as const;
  const row = { ...take(locked, event).row, cancelReason: reason };
  await keepChange(tx, tenantId, row, { event, doer, detail: { code, late: row.cancelledLate } });
  if (locked.row.status === 'pending') await putBack(tx, tenantId, row);
  else await sendLetter(tx, deps.post, { kind: 'cancelled', row, reader: locked.reader, now });
  const held = await offerFreed(deps, tx, { tenantId, freed: locked.row, now });
  return { row, onCommitted: () => deps.onCommitted({ nextDeadlineAt: held }) };
}
