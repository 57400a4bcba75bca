/** Tells both persons of a visit what became of its payment: who waits to pay may come in the moment it is paid. */
import type { FactPayload } from '../protocol/index.ts';
import { type Announcer, personChannel } from './channels.ts';

/** A fact of the outbox, topic `payment.changed`. */
export interface PaymentChanged {
  status: FactPayload<'payment:changed'>['status'];
  /** Of the visit, when it is by video. */
  meetingId: string | null;
  patientId: string;
  doctorId: string;
}

/** Harmless twice. Nobody is told of a visit that is not by video. */
export function tellPayment(
  announcer: Announcer,
  tenantId: string,
  { meetingId, patientId, doctorId, status }: PaymentChanged,
): void {
  if (meetingId === null) return;
  const both = [personChannel(tenantId, patientId), personChannel(tenantId, doctorId)];
  announcer.tell(both, 'payment:changed', { meetingId, status });
}
