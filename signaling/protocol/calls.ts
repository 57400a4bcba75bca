/**
 * What a client may ask, one line a call: its input, its answer, the scope it needs, whether a seat is needed first.
 * Types, validation, dispatch and the client's types all come from this table.
 */
import { z } from 'zod';
import { GuestEntry } from './guest.ts';
import { Id, Instant, ParticipantId } from './ids.ts';
import {
  Candidate,
  ConsumerOptions,
  DtlsParameters,
  IceParameters,
  IceServer,
  MediaKind,
  MediaSource,
  Preparation,
  RoomMedia,
  RtpCapabilities,
  RtpParameters,
  SessionDescription,
  TransportDirection,
  TransportOptions,
} from './media.ts';
import { Meeting } from './meeting.ts';
import { Echo, EchoRef, NetworkTest } from './network-test.ts';
import { Participant, SendingState } from './participant.ts';
import { LinkReport } from './quality.ts';
import { Resume } from './resume.ts';
import {
  DeviceVerdict,
  DoctorQueue,
  NetworkVerdict,
  WaitingEntry,
  WaitingLine,
  WaitingPlace,
  WaitingRead,
  WaitingText,
} from './waiting.ts';

/** Who may make a call: `socket` any signed-in socket, `seat` one that has joined, `sfu`/`p2p` joined with that media. */
export type CallStage = 'socket' | 'seat' | 'sfu' | 'p2p';

/** How the audit trail names each use of the call, as for a route; or why it leaves none. */
export type CallAudit = { action: `${string}.${string}` } | { none: string };

interface CallDeclaration<I extends z.ZodType, A extends z.ZodType> {
  input: I;
  answer: A;
  scope: string;
  stage: CallStage;
  audit: CallAudit;
}

function call<I extends z.ZodType, A extends z.ZodType>(
  scope: string,
  stage: CallStage,
  audit: CallAudit,
  input: I,
  answer: A,
): CallDeclaration<I, A> {
  return { scope, stage, audit, input, answer };
}

const ofSeat: CallAudit = { none: 'Goes with the seat, whose taking is in the trail; nothing is read or kept.' };

const ofTest: CallAudit = { none: 'Measures a line: the person gets back what they sent; nothing is read or kept.' };

const Nothing = z.strictObject({});
const MeetingRef = z.strictObject({ meetingId: Id });
const Entry = z.strictObject({ meetingId: Id, resume: Resume.optional() });
const GuestRef = z.strictObject({ guestId: Id });
const Guests = z.object({ guests: z.array(GuestEntry) });

export const Joined = z.object({
  meeting: Meeting,
  /** The caller. */
  self: Participant,
  /** The others. */
  participants: z.array(Participant),
  media: RoomMedia,
  iceServers: z.array(IceServer),
  /** How long the caller's place is kept when their connection drops. */
  returnWindowSeconds: z.int().nonnegative(),
  /** What the caller had built before their socket was lost lives on: only what they missed has to be asked for. */
  mediaKept: z.boolean(),
});
export type Joined = z.infer<typeof Joined>;

export const calls = {
  /** Enters the waiting room. Idempotent; the place is kept through reload, loss and change of device. */
  'meeting:wait': call(
    'meetings:join',
    'socket',
    { action: 'meeting.wait' },
    MeetingRef,
    z.object({ meeting: Meeting, ...WaitingPlace.shape, welcome: WaitingText }),
  ),
  /** The assigned doctor starts the meeting, or comes back to it. */
  'meeting:start': call('meetings:start', 'socket', { action: 'meeting.start' }, Entry, Joined),
  'meeting:join': call('meetings:join', 'socket', { action: 'meeting.join' }, Entry, Joined),
  /** Gives the seat up (the patient's window opens, the doctor's rule applies), or leaves the waiting room. */
  'meeting:leave': call('meetings:join', 'socket', { action: 'meeting.leave' }, Nothing, Nothing),
  'meeting:end': call('meetings:start', 'seat', { action: 'meeting.end' }, Nothing, z.object({ meeting: Meeting })),
  /** The doctor's queue, now; `queue:changed` follows. */
  'queue:watch': call(
    'meetings:start',
    'socket',
    { action: 'meeting.queue' },
    Nothing,
    z.object({ waiting: z.array(WaitingEntry) }),
  ),
  /** A guest says that they are at the door; `guest:admitted` follows. */
  'guest:wait': call('meetings:join', 'socket', { action: 'guest.wait' }, Nothing, z.object({ meeting: Meeting })),
  /** The guests of the doctor's meeting, now; `guest:changed` follows. */
  'guest:watch': call('meetings:start', 'seat', { action: 'guest.list' }, Nothing, Guests),
  /** Lets a guest in who waits. */
  'guest:admit': call('meetings:start', 'seat', { action: 'guest.admit' }, GuestRef, Guests),
  /** Sends a guest away, from the door or out of the room; an unopened link is good no more. For good. */
  'guest:remove': call('meetings:start', 'seat', { action: 'guest.remove' }, GuestRef, Guests),
  /** Every queue of the clinic, now; `queue:updated` follows. For the front desk. */
  'queue:watch-clinic': call(
    'meetings:read-all',
    'socket',
    { action: 'meeting.queues' },
    Nothing,
    z.object({ queues: z.array(DoctorQueue) }),
  ),
  /** The waiting patient's device says what its tests came to. What is left out stays as it was. */
  'queue:tell-check': call(
    'meetings:join',
    'socket',
    { action: 'meeting.check' },
    z.strictObject({ meetingId: Id, network: NetworkVerdict.optional(), devices: DeviceVerdict.optional() }),
    Nothing,
  ),
  /** Says something between the patient who waits and the clinic. `clientId` makes a repeated send one line. */
  'queue:message': call(
    'meetings:read',
    'socket',
    { action: 'meeting.message' },
    z.strictObject({
      meetingId: Id,
      text: z.string().trim().min(1).max(1000),
      clientId: z.string().min(1).max(64),
    }),
    WaitingLine,
  ),
  /** What was written while waiting, the newest 200 lines, oldest first. */
  'queue:messages': call(
    'meetings:read',
    'socket',
    { action: 'meeting.messages' },
    MeetingRef,
    z.object({ lines: z.array(WaitingLine), read: WaitingRead }),
  ),
  /** The caller's side has read everything up to this line. */
  'queue:read': call(
    'meetings:read',
    'socket',
    { action: 'meeting.messages-read' },
    z.strictObject({ meetingId: Id, lineId: Id }),
    WaitingRead,
  ),
  /** Gives a waiting patient another place in the queue; 1 is next, more than there are is the last. */
  'queue:move': call(
    'meetings:create',
    'socket',
    { action: 'meeting.move' },
    z.strictObject({ meetingId: Id, position: z.int().min(1).max(1000), reason: z.string().trim().min(1).max(500) }),
    z.object({ position: z.int().positive() }),
  ),
  /** Gives a visit that has not begun to another doctor of the clinic. The patient's place is by the same rule there. */
  'queue:hand-over': call(
    'meetings:create',
    'socket',
    { action: 'meeting.hand-over' },
    z.strictObject({ meetingId: Id, doctorId: Id, reason: z.string().trim().min(1).max(500) }),
    z.object({ meeting: Meeting }),
  ),
  /** Exchanges the socket's access token for a newer one of the same person. */
  'session:refresh': call(
    'session:refresh',
    'socket',
    { none: 'Shows a newer token of the same sign-in.' },
    z.strictObject({ token: z.string().max(8192) }),
    z.object({ expiresAt: Instant }),
  ),

  /** For who may go in soon: how media will go, and the relays that a browser may have ready by then. */
  'media:prepare': call(
    'meetings:join',
    'socket',
    { none: 'Says where the relays are, as a test of the line does; nothing of anybody is read or kept.' },
    Nothing,
    Preparation,
  ),
  /** With `rtpCapabilities`, one to receive brings a consumer of each of the others' tracks that is there. */
  'media:create-transport': call(
    'meetings:join',
    'sfu',
    ofSeat,
    z.strictObject({ direction: TransportDirection, rtpCapabilities: RtpCapabilities.optional() }),
    z.object({
      transport: TransportOptions,
      iceServers: z.array(IceServer),
      /** Paused, as by `media:consume`; left out where no `rtpCapabilities` were given. */
      consumers: z.array(ConsumerOptions).optional(),
    }),
  ),
  'media:connect-transport': call(
    'meetings:join',
    'sfu',
    ofSeat,
    z.strictObject({ transportId: Id, dtlsParameters: DtlsParameters }),
    Nothing,
  ),
  /** New ICE credentials for a transport whose way has gone bad; what it carries goes on (RFC 8445, section 9). */
  'media:restart-ice': call(
    'meetings:join',
    'sfu',
    ofSeat,
    z.strictObject({ transportId: Id }),
    z.object({ iceParameters: IceParameters, iceServers: z.array(IceServer) }),
  ),
  'media:produce': call(
    'meetings:join',
    'sfu',
    ofSeat,
    z.strictObject({ transportId: Id, kind: MediaKind, source: MediaSource, rtpParameters: RtpParameters }),
    z.object({ producerId: Id }),
  ),
  'media:consume': call(
    'meetings:join',
    'sfu',
    ofSeat,
    z.strictObject({ transportId: Id, producerId: Id, rtpCapabilities: RtpCapabilities }),
    ConsumerOptions,
  ),
  /** A consumer is made paused; the client resumes it once it is wired. */
  'media:resume': call('meetings:join', 'sfu', ofSeat, z.strictObject({ consumerId: Id }), Nothing),
  /** The best layer of a picture in several that is of use where it is shown; 0 is the smallest. Without layers it is ignored. */
  'media:prefer-layer': call(
    'meetings:join',
    'sfu',
    ofSeat,
    z.strictObject({ consumerId: Id, spatialLayer: z.int().min(0).max(3) }),
    Nothing,
  ),
  'media:close-producer': call('meetings:join', 'sfu', ofSeat, z.strictObject({ producerId: Id }), Nothing),
  /** Nothing comes from somebody who says that they are sending; `attempt` 2 when looking for another way did not help. */
  'media:report-stall': call(
    'meetings:join',
    'sfu',
    ofSeat,
    z.strictObject({ participantId: ParticipantId, attempt: z.int().min(1).max(2) }),
    Nothing,
  ),
  /** Tells the others whether microphone and camera are on; with an sfu the server pauses what is off. */
  'media:set-sending': call('meetings:join', 'seat', ofSeat, z.strictObject(SendingState.shape), Nothing),

  /** How one's own connection was since the report before, about every five seconds; `media:score` tells what it comes to. */
  'media:report': call('meetings:join', 'seat', ofSeat, LinkReport, Nothing),

  /** Tries the way to the server before a visit. One test a person; the server ends it after `networkTestSeconds`. */
  'test:begin': call('meetings:join', 'socket', ofTest, Nothing, NetworkTest),
  'test:connect': call(
    'meetings:join',
    'socket',
    ofTest,
    z.strictObject({ transportId: Id, dtlsParameters: DtlsParameters }),
    Nothing,
  ),
  'test:produce': call(
    'meetings:join',
    'socket',
    ofTest,
    z.strictObject({ transportId: Id, kind: MediaKind, rtpParameters: RtpParameters }),
    z.object({ producerId: Id }),
  ),
  'test:consume': call('meetings:join', 'socket', ofTest, EchoRef, Echo),
  'test:resume': call('meetings:join', 'socket', ofTest, z.strictObject({ consumerId: Id }), Nothing),
  'test:end': call('meetings:join', 'socket', ofTest, Nothing, Nothing),

  'signal:send': call(
    'meetings:join',
    'p2p',
    ofSeat,
    z.strictObject({ to: ParticipantId, description: SessionDescription.optional(), candidate: Candidate.optional() }),
    Nothing,
  ),

  /** `clientId` makes a repeated send one line. */
  'chat:send': call(
    'meetings:join',
    'seat',
    { action: 'chat.send' },
    z.strictObject({ text: z.string().trim().min(1).max(4000), clientId: z.string().min(1).max(64) }),
    z.object({ id: Id, sentAt: Instant }),
  ),
} as const;

export type Calls = typeof calls;
export type CallName = keyof Calls;
/** What a client sends. */
export type CallInput<N extends CallName> = z.input<Calls[N]['input']>;
/** What a handler gets, parsed. */
export type CallPayload<N extends CallName> = z.output<Calls[N]['input']>;
export type CallAnswer<N extends CallName> = z.output<Calls[N]['answer']>;

/** Made by guests besides those that only move media of their own seat. What is not named here is refused to them. */
const callsOfGuests: ReadonlySet<CallName> = new Set([
  'guest:wait',
  'meeting:join',
  'meeting:leave',
  'media:set-sending',
  'media:report',
  'chat:send',
  'session:refresh',
]);

export function isCallOfGuests(name: CallName): boolean {
  const { stage } = calls[name];
  return stage === 'sfu' || stage === 'p2p' || callsOfGuests.has(name);
}
