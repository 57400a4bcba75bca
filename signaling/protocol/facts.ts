/** What the server announces, in the past tense, one line a fact. */
import { z } from 'zod';
import { GuestEntry } from './guest.ts';
import { Id, Instant, ParticipantId } from './ids.ts';
import { Candidate, IceServer, Producer, QualityLevel, RoomMedia, SessionDescription } from './media.ts';
import { Meeting } from './meeting.ts';
import { Participant, SendingState } from './participant.ts';
import { LinkScore } from './quality.ts';
import { DoctorQueue, WaitingEntry, WaitingLine, WaitingPlace, WaitingRead } from './waiting.ts';

export const ChatLine = z.object({
  id: Id,
  from: ParticipantId,
  text: z.string(),
  clientId: z.string(),
  sentAt: Instant,
});
export type ChatLine = z.infer<typeof ChatLine>;

/** As payments have them over REST. */
export const PaymentState = z.enum(['pending', 'authorised', 'paid', 'failed', 'partly_refunded', 'refunded']);

export const facts = {
  /** Any transition, told to everyone in the room and to both persons wherever they are signed in. */
  'meeting:changed': z.object({ meeting: Meeting }),
  'meeting:started': z.object({ meeting: Meeting }),
  /** Also for a meeting that was cancelled. */
  'meeting:ended': z.object({ meeting: Meeting }),

  'participant:joined': z.object({ participant: Participant }),
  'participant:dropped': z.object({ participant: Participant, deadline: Instant }),
  'participant:returned': z.object({ participant: Participant }),
  /** They are not expected back. */
  'participant:left': z.object({ participant: Participant }),

  /** What is owed for a visit is paid, or went back: told to both persons wherever they are signed in. */
  'payment:changed': z.object({ meetingId: Id, status: PaymentState }),

  /** `position` for a patient who waits, `waiting` for the doctor. */
  'queue:changed': z.union([
    z.object({ meetingId: Id, ...WaitingPlace.shape }),
    z.object({ waiting: z.array(WaitingEntry) }),
  ]),
  /** For the front desk: one doctor's queue is now so. */
  'queue:updated': z.object({ queue: DoctorQueue }),
  /** Somebody said something while the patient waits; the sender hears it too. */
  'queue:messaged': z.object({ line: WaitingLine }),
  'queue:was-read': z.object({ meetingId: Id, read: WaitingRead }),

  /** The doctor's guests, whenever something of them has changed. */
  'guest:changed': z.object({ meetingId: Id, guests: z.array(GuestEntry) }),
  /** To a guest who waits: the doctor has let them in, `meeting:join` is taken now. */
  'guest:admitted': z.object({ meetingId: Id }),

  'media:produced': z.object({ producer: Producer }),
  'media:closed': z.object({ producerId: Id, participantId: ParticipantId }),
  'media:sending': z.object({ participantId: ParticipantId, sending: SendingState }),
  'media:quality': z.object({ participantId: ParticipantId, level: QualityLevel }),
  /** Somebody hears nothing of what this participant sends. */
  'media:unheard': z.object({ attempt: z.int().min(1).max(2) }),
  /**
   * From 1 to 5, as the participant's client reports it. With `soundFirst` nobody sends pictures until a later fact says
   * otherwise: their connection carries the sound alone. Told again with every report.
   */
  'media:score': z.object({ participantId: ParticipantId, score: LinkScore, soundFirst: z.boolean() }),
  /** The media under the room is new: build transports, producers and consumers again. The meeting goes on. */
  'media:reset': z.object({ media: RoomMedia, iceServers: z.array(IceServer) }),

  'signal:received': z.object({
    from: ParticipantId,
    description: SessionDescription.optional(),
    candidate: Candidate.optional(),
  }),

  'chat:sent': ChatLine,
  /** A file lies on the table of the consultation: told to both persons, who ask for it over REST (`/uploads/shared`). */
  'file:shared': z.object({ meetingId: Id, uploadId: Id, from: ParticipantId, sharedAt: Instant }),

  /** This participant is now elsewhere; the server closes this socket. */
  'seat:taken': z.object({ meetingId: Id }),
  /** The access token runs out at `expiresAt`: answer with `session:refresh`, or the socket is closed then. */
  'session:refresh': z.object({ expiresAt: Instant }),
  /** The sign-in is over; the server closes this socket. */
  'session:ended': z.object({}),
  /** Reconnect now; another node, or this one restarted, takes over. */
  'server:draining': z.object({}),
} as const;

export type Facts = typeof facts;
export type FactName = keyof Facts;
export type FactPayload<N extends FactName> = z.output<Facts[N]>;
