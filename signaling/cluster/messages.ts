/**
 * What nodes say to each other over the bus. Whoever says it is one of ours: it is sealed. A rolling upgrade mixes
 * versions, so what is here is only ever added to; what a node does not know it leaves alone.
 */
import type { SfuRoom } from '../media/engine.ts';
import type { Admission, Attendance, SeatRef } from '../meeting-gate.ts';
import type { FactName, IceServer, Resume, RoomMedia, SendingState } from '../protocol/index.ts';

/** A room in one holding: `epoch` is the number that the database gave it. */
export interface RoomRef {
  tenantId: string;
  meetingId: string;
  epoch: number;
}

/** How much a node has to do. */
export interface Load {
  sockets: number;
  rooms: number;
  /** It stops, and takes no new rooms. */
  draining: boolean;
  /** It holds its lease in the database; what does not say so is an older version. */
  leased?: boolean;
}

/** A socket that another node speaks for, and where it sat when this was said: by now it may have followed the room. */
export interface SitterRef {
  socketId: string;
  meetingId: string;
  epoch: number;
  seat: number;
}

/** A fact on its way to the sockets of another node. */
export interface ToldFact {
  fact: FactName;
  payload: unknown;
}

/** Said once, and lost when Redis is away. */
export type Said =
  | ({ kind: 'beat' } & Load)
  /** For whichever sockets of the node are in these channels. */
  | ({ kind: 'told'; channels: readonly string[]; except: readonly string[] } & ToldFact)
  /** For one socket of the node. */
  | ({ kind: 'told-one'; socketId: string } & ToldFact)
  | { kind: 'over'; tenantId: string; meetingId: string; reason: string }
  | { kind: 'outseat'; tenantId: string; meetingId: string; participantId: string; seat: number }
  /** Facts may have been lost: tell those who sit or wait here how things stand. */
  | { kind: 'look-again' }
  /** The socket sits in the room no more: it is closed, or its person sits elsewhere. */
  | ({ kind: 'out'; isTaken: boolean } & SitterRef)
  /** The room that the socket sits in is held by another node from now on. */
  | ({ kind: 'moved' } & SitterRef)
  /** Somebody holds the room now: whoever holds it in an earlier holding, or sits in it there, is wrong. */
  | ({ kind: 'claimed' } & RoomRef);

/** The calls of a room's media that go to its node; the caller's participant id is put in front. */
export const mediaCalls = [
  'createTransport',
  'connectTransport',
  'restartIce',
  'produce',
  'consume',
  'resume',
  'preferLayer',
  'closeProducer',
  'lossUp',
] as const satisfies readonly (keyof SfuRoom)[];
export type MediaCall = (typeof mediaCalls)[number];

interface OfSeat {
  room: RoomRef;
  participantId: string;
  seat: number;
}

/** Asked of the node that holds a room, and answered by it. */
export type Asked =
  | { kind: 'open'; room: RoomRef }
  | { kind: 'seat'; room: RoomRef; socketId: string; admission: Admission; resume?: Resume }
  | ({ kind: 'unseat'; wasCutOff: boolean } & OfSeat)
  /** Answered with whether they do. */
  | ({ kind: 'sits' } & OfSeat)
  | { kind: 'set-sending'; room: RoomRef; seat: SeatRef; sending: SendingState }
  | ({ kind: 'tell-other'; to: string } & ToldFact & OfSeat)
  | ({ kind: 'media'; call: MediaCall; args: readonly unknown[] } & OfSeat);

export interface Opened {
  kind: RoomMedia['kind'];
}

/** What whoever enters is told of the room. Instants are text by then. */
export interface Welcome {
  mediaKept: boolean;
  media: RoomMedia;
  iceServers: IceServer[];
  guests: Attendance[];
  /** By participant. */
  sending: Record<string, SendingState>;
}
