/**
 * What signaling asks of a meeting. Signaling owns this port; src/meetings is behind it in production.
 * Every method throws an AppError whose code is in protocol/errors.ts when the meeting's rules refuse.
 */
import type { Actor } from '../src/platform/actor.ts';
import type { TenantDb } from '../src/platform/db/scope.ts';
import type {
  AwayCause,
  CallAnswer,
  ChatLine,
  GuestEntry,
  GuestRole,
  Meeting,
  ParticipantRole,
  RoomRole,
  WaitingEntry,
} from './protocol/index.ts';
import type { LinkSummary } from './quality/ledger.ts';
import type { WaitingGate } from './waiting-gate.ts';

export type { Hearers, ToldQueue, WaitingGate } from './waiting-gate.ts';

/** A taken seat. Whatever comes later with a lower number is of an older socket and changes nothing. */
interface SeatOf<R extends RoomRole> {
  tenantId: string;
  meetingId: string;
  role: R;
  participantId: string;
  /** The fence: raised by each join of this participant. */
  seat: number;
}
/** One of the two that the machine knows. */
export type OwnSeat = SeatOf<ParticipantRole>;
export type SeatRef = OwnSeat | SeatOf<'guest'>;

/** One person of the meeting: the two as the machine knows them, and guests. */
export interface Attendance {
  role: RoomRole;
  /** Of guests alone. */
  guestRole?: GuestRole;
  participantId: string;
  displayName: string;
  presence: 'absent' | 'present' | 'away';
  deadline: Date | null;
}

export interface Admission {
  seat: SeatRef;
  meeting: Meeting;
  /** Doctor and patient, the caller included. */
  attendance: readonly Attendance[];
  /** What a guest is told: the patient's name or not. Of guests alone. */
  namesPatient?: boolean;
  /** How long the clinic keeps the caller's place when their connection is lost. */
  returnWindowSeconds: number;
}

/** What a committed transition wants told or done in the live room. Delivered at least once, in order per meeting. */
export type RoomEffect =
  | { type: 'started' }
  | { type: 'joined' | 'returned' | 'left'; role: ParticipantRole; seat: number }
  | { type: 'dropped'; role: ParticipantRole; seat: number; deadline: string; cause: AwayCause }
  | { type: 'ended' }
  /** `doctorId` when it is not the meeting's own doctor whose queue is another. */
  | { type: 'queue'; doctorId?: string };

/** A fact of the outbox, topic `meeting.changed`. */
export interface MeetingChanged {
  tenantId: string;
  meeting: Meeting;
  attendance: readonly (Omit<Attendance, 'deadline'> & { deadline: string | null })[];
  effects: readonly RoomEffect[];
  /** Who never came, when it is over without a conversation; with the fact that ends it. */
  missing?: ParticipantRole | 'both';
  /** Who called it off; with that fact. */
  cancelledBy?: ParticipantRole | 'staff' | 'admin' | 'clock';
}

/** A fact of the outbox, topic `meeting.guests`: something of the meeting's guests is another. Ids alone. */
export interface GuestsChanged {
  tenantId: string;
  meetingId: string;
  doctorId: string;
  /** Who has just been let in. */
  admittedId?: string;
}

/** How the connection of whoever has this seat has been so far. */
export interface KeptStay {
  seat: SeatRef;
  summary: LinkSummary;
}

/** Where the summaries of connections are kept; a newer one of the same seat takes the place of the older. */
export interface QualityStore {
  /** No seat twice. */
  keep(stays: readonly KeptStay[]): Promise<void>;
}

export interface MeetingGate {
  /** The same gate, whose next transaction goes through this door and so carries the call's entry in the audit trail. */
  through(db: TenantDb): MeetingGate;
  /** The meeting as it is now, for those who may read it; MEETING_NOT_FOUND for everybody else. */
  look(actor: Actor, meetingId: string): Promise<Meeting>;
  /** How far meetings of any clinics have come: who has been told of a version needs not look. */
  versions(meetingIds: readonly string[]): Promise<ReadonlyMap<string, number>>;
  /** Puts the patient into the doctor's queue; harmless twice. */
  wait(actor: Actor, meetingId: string): Promise<CallAnswer<'meeting:wait'>>;
  /** Takes the patient out of the queue; harmless when they are not in it. */
  stopWaiting(actor: Actor, meetingId: string): Promise<void>;
  /** What is asked of and around the patient's waiting; its next transaction goes through this gate's door. */
  readonly waiting: WaitingGate;
  /** The queue of a doctor, in the order in which they are called. */
  queue(tenantId: string, doctorId: string): Promise<WaitingEntry[]>;
  start(actor: Actor, meetingId: string, nodeId: string): Promise<Admission>;
  join(actor: Actor, meetingId: string, nodeId: string): Promise<Admission>;
  /** The participant's connection is gone, or they chose to leave. A stale seat changes nothing. */
  drop(seat: SeatRef, cause: AwayCause, nodeId: string): Promise<void>;
  end(actor: Actor, meetingId: string, nodeId: string): Promise<Meeting>;
  /** Every seat that this node holds is lost by the server, not left by the person. Answers how many meetings changed. */
  loseNode(nodeId: string): Promise<number>;
  /** The guest is at the door: the doctor is told. GUEST_NOT_ADMITTED once they were sent away. */
  waitAsGuest(actor: Actor): Promise<Meeting>;
  /** The guests of the doctor's meeting, oldest invitation first. */
  guests(seat: Pick<SeatRef, 'tenantId' | 'meetingId'>): Promise<GuestEntry[]>;
  /** Lets a guest in; CONFLICT unless they wait, or while another guest is in. Harmless twice. */
  admitGuest(actor: Actor, seat: SeatRef, guestId: string): Promise<void>;
  /** Sends a guest away for good; their sockets are closed with the commit. Harmless twice. */
  removeGuest(actor: Actor, seat: SeatRef, guestId: string): Promise<void>;
  /** Keeps a line of chat; the same clientId again gives the first line. */
  say(seat: SeatRef, line: { text: string; clientId: string }): Promise<ChatLine>;
}
