/** What the call is to a screen: a state to read and a few things to do. No React in this folder. */
import type {
  ChatLine,
  DoctorQueue,
  FactPayload,
  Meeting,
  Participant,
  QualityLevel,
  WaitingEntry,
} from '../../../signaling/protocol/index.ts';
import type { Ask } from './connection/link.ts';
import type { Guests } from './guests.ts';
import type { ChosenDevices } from './local/chosen-devices.ts';
import type { ScreenOutcome } from './local/screen-share.ts';
import type { Talk } from './waiting/talk.ts';
import type { WaitingRoom } from './waiting/waiting-room.ts';

export type CallPhase =
  /** Nothing asked yet. */
  | 'idle'
  /** The first connection, or the answer to wait/start/join, is on its way. `reconnect` is set when it fails at first. */
  | 'connecting'
  /** In the waiting room; the call opens by itself when the doctor starts. `reconnect` is set while the server is away. */
  | 'waiting'
  | 'in-call'
  /** The connection dropped; it comes back by itself. `reconnect` says since when and until when the place is kept. */
  | 'reconnecting'
  /** This participant went on in another tab or on another device. */
  | 'taken'
  /** They left by themselves and may come back. */
  | 'left'
  /** Over for good; `meeting.endReason` says why. */
  | 'ended'
  /** The server refused; `failure` says why. */
  | 'refused';

export interface RemoteView {
  participant: Participant;
  /** One stream for the life of the participant's media; set `srcObject` once. Null until a track arrives. */
  stream: MediaStream | null;
  hasVideo: boolean;
  hasAudio: boolean;
  quality: QualityLevel | null;
  /** They say that they are sending, and nothing has come for some seconds: their connection, or this one, is interrupted. */
  isStalled: boolean;
  /** The screen that they share, beside the camera; null while they share none. */
  screen: MediaStream | null;
  /** They are the one who is heard speaking now. */
  isSpeaking: boolean;
}

export type SharedNews = FactPayload<'file:shared'>;

export interface CallState {
  phase: CallPhase;
  meeting: Meeting | null;
  /** The place in the queue, 1 is next. */
  position: number | null;
  self: Participant | null;
  remotes: readonly RemoteView[];
  local: {
    stream: MediaStream | null;
    microphone: boolean;
    camera: boolean;
    /** Why there is no picture or sound of one's own. */
    fault: 'denied' | 'not-found' | 'in-use' | 'unsupported' | null;
    /** A device went away in the call and this one took its place; left out when none did. */
    replaced?: { kind: 'audio' | 'video'; label: string } | undefined;
  };
  /** Set while there is no connection. Epoch milliseconds; `until` is null when nobody has said for how long. */
  reconnect: { since: number; until: number | null; attempts: number } | null;
  failure: { code: string; message: string } | null;
  /** Epoch milliseconds at which the others' media began to flow, or began again after it had stopped; null before. */
  mediaSince: number | null;
  /** How good this person's own connection is, 1 to 5; null before the first report. */
  ownScore: number | null;
  /** Whose connection carries the sound alone: nobody sends pictures while there is anybody. */
  soundFirst: readonly string[];
  chat: readonly ChatLine[];
  /** Laid on the table while this call was there; what lay there before, and what each is, is asked for over REST. */
  files: readonly SharedNews[];
  /** The screen that this participant shares; null while they share none. */
  ownScreen: MediaStream | null;
  /** The id of the participant who is heard speaking; null while none of the others does. */
  speaker: string | null;
  /**
   * For how long this participant's place is kept when they leave or their connection drops, milliseconds: 0 for a doctor whose
   * leaving ends the meeting at once; null when nobody has said so.
   */
  returnWindowMs: number | null;
}

export interface Call {
  readonly state: CallState;
  /**
   * Set after a seat was taken, until the others' picture is agreed upon with this browser, a quarter of a second at most:
   * each piece of other work in the page holds it up. Resolves when that is through.
   */
  readonly inHaste: Promise<void> | null;
  /** Hears every change; answers how to stop hearing. Works with useSyncExternalStore. */
  subscribe(listener: () => void): () => void;
  /**
   * Makes the way to the server: whoever goes in later need not wait for it. `isSoon` for who may go in at any moment: then
   * media is prepared as well, the way to the other browser or what the server takes; further yet with `whoIsThere`, the id of
   * the participant who is in the visit already.
   */
  prepare(isSoon?: boolean, whoIsThere?: string | null): void;
  /** Patient: enter the waiting room, or go straight in when the meeting is active. */
  enter(): void;
  /** Doctor: start the meeting, or come back to it. */
  start(): void;
  /** Guest: say that they are at the door, and go in once the doctor lets them. */
  knock(): void;
  /** Gives the seat up but lets them come back with enter() or start(). Never rejects. */
  leave(): Promise<void>;
  /** Doctor: end for all. Rejects with CallFailed (failure.ts), also when the connection is away for 15 s. */
  end(): Promise<void>;
  setMicrophone(on: boolean): void;
  setCamera(on: boolean): void;
  /** Goes on with another camera, microphone or way of picking up sound, and remembers the choice on this device. */
  choose(choice: Partial<ChosenDevices>): void;
  /** Asks the person for a screen or window and shows it to the others beside the camera. To be called in answer to a press. */
  shareScreen(): Promise<ScreenOutcome>;
  /** Idempotent. */
  stopScreen(): void;
  /** So many lines of somebody's picture are shown, in pixels of the screen (0 while it is out of sight): no more need come. */
  show(participantId: string, lines: number): void;
  /**
   * Resolves when the line has arrived, which may be after a reconnect. Rejects with CallFailed (failure.ts). Lines with the
   * same `clientId` are one line, however often they are sent.
   */
  say(text: string, clientId?: string): Promise<void>;
  /** Whom the doctor has invited, and letting them in; empty for everybody else. */
  readonly guests: Guests;
  /** What a patient knows and can say while they wait. */
  readonly waiting: WaitingRoom;
  /** Stops everything: tracks, transports, socket. Idempotent. */
  close(): void;
}

export interface CallOptions {
  meetingId: string;
  /** Same origin when empty. */
  baseUrl?: string;
  /**
   * A fresh access token, another one than `not`; called for each connection and refresh. A rejection with `code` UNAUTHENTICATED or `status` 401
   * means that the person is signed out; any other is taken for a fault of the network, and asked again.
   */
  token(not?: string): Promise<string>;
}

/** What a desk hears outside a call: queues, and changes to any of their meetings. */
export type PaymentNews = FactPayload<'payment:changed'>;

export interface Desk {
  /** The doctor's own queue. */
  readonly waiting: readonly WaitingEntry[];
  /** Every queue of the clinic, for a desk of the whole clinic; empty otherwise. */
  readonly queues: readonly DoctorQueue[];
  readonly connected: boolean;
  subscribe(listener: () => void): () => void;
  /** Hears meetings as they change, newest version last. */
  onMeeting(listener: (meeting: Meeting) => void): () => void;
  /** Hears what becomes of the payment of a visit. */
  onPayment(listener: (news: PaymentNews) => void): () => void;
  /** Asks the server what is asked of the queue: moving, handing over. Rejects with CallFailed (failure.ts). */
  readonly ask: Ask;
  /** What is written with the patient who waits for this meeting; the same object each time. */
  talk(meetingId: string): Talk;
  close(): void;
}
