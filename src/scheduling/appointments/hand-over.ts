/** Gives the time of a video visit from one practitioner to another, in the transaction that hands the visit over. */
import { Prisma } from '../../platform/db/client.ts';
import type { Tx } from '../../platform/db/scope.ts';
import { AppError } from '../../platform/errors.ts';
import type { Doer } from './change.ts';
import { entryOf } from './keep.ts';
import { lockAppointment } from './lock.ts';
import type { AppointmentRow } from './rows.ts';
import { takeTurn } from './turns.ts';

export interface AppointmentHandOver {
  appointmentId: string;
  /** To whom. */
  practitionerId: string;
  doer: Doer;
  at: Date;
}

/**
 * Nobody's time is taken twice: throws SLOT_TAKEN when the other one is booked then, and CONFLICT for an appointment that is
 * only offered or over, or that somebody else handed over meanwhile. Harmless when it is theirs already. Neither hours nor
 * services are asked about: who hands over somebody who waits knows who can see them now. Call it before the meeting's row is
 * locked.
 */
export async function handOverAppointment(
  tx: Tx,
  tenantId: string,
  { appointmentId, practitionerId, doer, at }: AppointmentHandOver,
): Promise<void> {
  const found = await tx.appointment.findUnique({
    where: { tenantId_id: { tenantId, id: appointmentId } },
    select: { practitionerId: true, patientId: true },
  });
  if (!found) throw new AppError('NOT_FOUND');
  await takeTurn(tx, { ...found, otherPractitionerId: practitionerId });
  const { row } = await lockAppointment(tx, tenantId, appointmentId);
  if (row.practitionerId !== found.practitionerId) throw new AppError('CONFLICT', 'It was handed over meanwhile.');
  if (row.practitionerId === practitionerId) return;
  if (row.status !== 'booked' && row.status !== 'arrived') {
    throw new AppError('CONFLICT', 'Only an appointment that is booked can be handed over.');
  }
  await requireFree(tx, tenantId, row, practitionerId);
  const detail = { fromId: row.practitionerId, toId: practitionerId };
  const entry = entryOf(tenantId, appointmentId, { type: 'hand_over', ...doer, at, detail });
  await tx.$executeRaw`
    with told as (${entry})
    update appointment set practitioner_id = ${practitionerId}::uuid, lane = 1, sequence = sequence + 1,
      version = version + 1, updated_at = now()
    where tenant_id = ${tenantId}::uuid and id = ${appointmentId}::uuid`;
}

/** As the table's own constraint has it; asked first, so that the refusal says what it is about. */
async function requireFree(
  tx: Tx,
  tenantId: string,
  { busyFrom, busyUntil }: AppointmentRow,
  practitionerId: string,
): Promise<void> {
  const taken = await tx.$queryRaw<unknown[]>(Prisma.sql`
    select 1 from appointment
    where tenant_id = ${tenantId}::uuid and practitioner_id = ${practitionerId}::uuid
      and status in ('pending', 'booked', 'arrived')
      and busy_from < ${busyUntil}::timestamptz and busy_until > ${busyFrom}::timestamptz
    limit 1`);
  if (taken.length > 0) throw new AppError('SLOT_TAKEN', 'The other practitioner has an appointment at that time.');
}
