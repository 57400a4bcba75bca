/** What appointments need of others: meetings stands above scheduling, so it is behind a port that src/compose.ts fills. */
import type { Actor } from '../../platform/actor.ts';
import type { Clock } from '../../platform/clock.ts';
import type { Prisma } from '../../platform/db/client.ts';
import type { Database, Tx } from '../../platform/db/scope.ts';
import type { Logger } from '../../platform/logger.ts';
import type { Postbox } from '../../platform/mail/postbox.ts';

/** To be called once the transaction is committed; what it does may be lost. */
export type OnCommitted = () => void;

export interface NewVisit {
  tenantId: string;
  appointmentId: string;
  practitionerId: string;
  practitionerName: string;
  patientId: string;
  patientName: string;
  startsAt: Date;
  reason: string | null;
  /** When the patient asked for it themself; null when somebody did it for them. */
  askedByPatientAt: Date | null;
  /** The clinic's, as they are stored. */
  settings: unknown;
}

/** The meeting of a video appointment, in the caller's transaction. */
export interface AppointmentMeetings {
  /** `write` is to be made after the appointment's own. */
  schedule(visit: NewVisit): { meetingId: string; write: Prisma.Sql; onCommitted: OnCommitted };
  /** Throws MEETING_ACTIVE, MEETING_ENDED or MEETING_CANCELLED when it is too late for that. */
  move(tx: Tx, actor: Actor, meetingId: string, startsAt: Date): Promise<OnCommitted>;
  /** Throws MEETING_ACTIVE or MEETING_ENDED; harmless when it was called off before. */
  callOff(tx: Tx, actor: Actor, meetingId: string, reason: string | null): Promise<OnCommitted>;
}

/** The post of this installation, and what letters say of it. */
export interface AppointmentPost extends Postbox {
  /** Where people reach the server, without a slash at the end. */
  publicUrl(): string;
  /** The address that sends. */
  from: string;
}

export interface AppointmentDeps {
  database: Database;
  clock: Clock;
  logger: Logger;
  meetings: AppointmentMeetings;
  post: AppointmentPost;
  /** Heard after each commit: the outbox may have a fact, and this is when the clock next owes an appointment something. */
  onCommitted(info: { nextDeadlineAt: Date | null }): void;
}
