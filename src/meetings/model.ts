/** What the machine knows and what can happen to it. Instants are ISO 8601 in UTC, as windows.ts wants them. */
import type { z } from 'zod';
import type { AwayCause, EndReason, ParticipantRole } from '../../signaling/protocol/index.ts';
import { TenantSettings } from '../identity/tenants/schema.ts';

/** The settings that decide windows: those in force when the event happens. */
export const ClinicRules = TenantSettings.pick({
  reconnectWindowSeconds: true,
  doctorGraceSeconds: true,
  recoveryWindowSeconds: true,
  earlyStartMinutes: true,
  noShowMinutes: true,
  maxDurationMinutes: true,
});
export type ClinicRules = z.infer<typeof ClinicRules>;

/** Those, and what the guards in front of the machine go by. */
export const MeetingRules = ClinicRules.extend(
  TenantSettings.pick({ country: true, teleconsultationConsent: true, paymentBeforeJoin: true }).shape,
);
export type MeetingRules = z.infer<typeof MeetingRules>;

/** What the clinic tells those who wait. */
export const WaitingWords = TenantSettings.pick({ waitingRoomText: true });

/** Who may end and who may cancel; policy.ts decides which of them somebody is. */
export type Ender = 'doctor' | 'staff' | 'admin';
export type Canceller = Ender | 'patient';

/** Named as in MEETING.md. */
export type MeetingEvent =
  | { type: 'wait'; at: string }
  | { type: 'leave_queue'; at: string }
  | { type: 'start'; at: string; nodeId: string; clinic: ClinicRules }
  | { type: 'join'; role: ParticipantRole; at: string; nodeId: string }
  | { type: 'drop'; role: ParticipantRole; seat: number; cause: AwayCause; at: string; clinic: ClinicRules }
  | { type: 'deadline'; role: ParticipantRole; absence: number; at: string }
  | { type: 'end'; by: Ender; at: string }
  | { type: 'cancel'; by: Canceller; at: string }
  | { type: 'reschedule'; scheduledAt: string; at: string }
  | { type: 'max_duration'; at: string; clinic: ClinicRules }
  | { type: 'no_show'; at: string; clinic: ClinicRules };

export type EventOf<T extends MeetingEvent['type']> = Extract<MeetingEvent, { type: T }>;

// Types, not interfaces: only a type alias is assignable to Prisma's InputJsonObject.

/** One of the two seats. Both numbers only ever grow. */
export type Seat = {
  /** The fence: how many times it was taken. */
  seat: number;
  /** How many times it was lost. */
  absence: number;
  /** The node that holds it, while somebody sits in it. */
  nodeId: string | null;
  /** Set exactly while its holder is away. */
  deadline: string | null;
  cause: AwayCause | null;
};

export type MeetingContext = {
  scheduledAt: string;
  startedAt: string | null;
  endedAt: string | null;
  endReason: EndReason | null;
  cancelledBy: Canceller | 'clock' | null;
  seats: Record<ParticipantRole, Seat>;
};
