/** What the machine knows and what can happen to an appointment. Instants are ISO 8601 in UTC, so that they compare as text. */
import type { AppointmentStatus, CancelCode, Canceller, NoShowSide } from './schema.ts';

export type AppointmentContext = {
  startsAt: string;
  endsAt: string;
  /** Until when an offer is held; set exactly while it is pending. */
  holdUntil: string | null;
  cancelledBy: Canceller | null;
  cancelCode: CancelCode | null;
  cancelledLate: boolean;
  noShowSide: NoShowSide | null;
  /** Of its calendar file. */
  sequence: number;
};

/** A row as the machine sees it. */
export interface StoredAppointment {
  status: AppointmentStatus;
  context: AppointmentContext;
}

/** Whoever moves or cancels; policy.ts decides which of them somebody is. */
export type Mover = Exclude<Canceller, 'clock'>;

export type AppointmentEvent =
  | { type: 'accept'; at: string }
  | { type: 'decline'; by: Mover; at: string }
  | { type: 'expire'; at: string }
  | { type: 'reschedule'; by: Mover; startsAt: string; endsAt: string; freeHours: number; at: string }
  | { type: 'cancel'; by: Canceller; code: CancelCode; freeHours: number; at: string }
  | { type: 'arrive'; at: string }
  | { type: 'fulfil'; at: string }
  | { type: 'no_show'; side: NoShowSide; at: string };
