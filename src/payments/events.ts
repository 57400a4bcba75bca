/** Facts that payments tell. */

/** The outbox topic of `PaymentChanged`; its key is the payment's id. */
export const paymentChanged = 'payment.changed';

/** The outbox topic of `{ eventId }`, for work that a webhook leaves behind; its key is the payment's id. */
export const paymentNoticed = 'payment.noticed';

export interface PaymentChanged {
  paymentId: string;
  status: 'pending' | 'authorised' | 'paid' | 'failed' | 'partly_refunded' | 'refunded';
  appointmentId: string;
  /** Of the visit, when it is by video. */
  meetingId: string | null;
  patientId: string;
  doctorId: string;
}
