/** The parts of the browser's call core without a browser: links led by hand, tracks that remember what was done to them. */
import type { CallAnswer, CallName, Joined, Meeting, Participant, Resume } from '../../signaling/protocol/index.ts';
import type { Ask, Fact, Link, LinkEvents, OpenLink } from '../../web/src/call/connection/link.ts';
import { CallFailed, type FailureCode } from '../../web/src/call/failure.ts';
import type { LocalTracks } from '../../web/src/call/local/local-media.ts';
import type { MediaEvents, MediaPort } from '../../web/src/call/media/media-keeper.ts';

/** Lets everything that is only waiting for promises happen; works under fake timers too. */
export async function settled(): Promise<void> {
  for (let turn = 0; turn < 100; turn += 1) await Promise.resolve();
}

interface Asked {
  name: CallName;
  input: unknown;
  answer(data: unknown): Promise<void>;
  fail(code: FailureCode): Promise<void>;
}

/** One socket's life: the test says when it comes up, what it answers and when it is lost. */
export class FakeLink implements Link {
  readonly token: string;
  readonly events: LinkEvents;
  readonly asked: Asked[] = [];
  isClosed = false;

  constructor(token: string, events: LinkEvents) {
    this.token = token;
    this.events = events;
  }

  readonly ask: Ask = (name, input) =>
    new Promise((resolve, reject) => {
      this.asked.push({
        name,
        input,
        answer: (data) => {
          resolve(data as CallAnswer<typeof name>);
          return settled();
        },
        fail: (code) => {
          reject(new CallFailed(code, 'As the test wants it.'));
          return settled();
        },
      });
    });

  async up(): Promise<void> {
    this.events.up();
    await settled();
  }

  async lose(): Promise<void> {
    for (const { fail } of this.asked) void fail('NO_ANSWER');
    this.events.down();
    await settled();
  }

  async refuse(code: FailureCode): Promise<void> {
    this.events.refused(new CallFailed(code, 'As the test wants it.'));
    await settled();
  }

  async tell(fact: Fact): Promise<void> {
    this.events.fact(fact);
    await settled();
  }

  /** The newest call of this name; throws when it was never asked. */
  last(name: CallName): Asked {
    const found = this.asked.findLast((one) => one.name === name);
    if (!found) throw new Error(`${name} was never asked; asked were ${this.names().join(', ') || 'none'}.`);
    return found;
  }

  names(): CallName[] {
    return this.asked.map((one) => one.name);
  }

  close(): void {
    this.isClosed = true;
  }
}

export interface FakeLinks {
  readonly all: FakeLink[];
  readonly open: OpenLink;
  /** The newest link; throws when none was opened. */
  newest(): FakeLink;
}

export function fakeLinks(): FakeLinks {
  const all: FakeLink[] = [];
  return {
    all,
    open: (token, events) => {
      const link = new FakeLink(token, events);
      all.push(link);
      return link;
    },
    newest() {
      const link = all.at(-1);
      if (!link) throw new Error('No link was opened.');
      return link;
    },
  };
}

/** A track of a device, as far as the call core uses it. */
export class FakeTrack extends EventTarget {
  readonly kind: 'audio' | 'video';
  enabled = true;
  contentHint = '';
  label = '';
  readyState: 'live' | 'ended' = 'live';

  constructor(kind: 'audio' | 'video') {
    super();
    this.kind = kind;
  }

  stop(): void {
    this.readyState = 'ended';
  }

  /** The device is gone: unlike a stop, this is told. */
  vanish(): void {
    this.readyState = 'ended';
    this.dispatchEvent(new Event('ended'));
  }

  /** The type that the code under test asks for: it uses nothing but what is here. */
  get asTrack(): MediaStreamTrack {
    return this as unknown as MediaStreamTrack;
  }
}

export function fakeStream(): MediaStream {
  const tracks = new Set<MediaStreamTrack>();
  const stream = {
    addTrack: (track: MediaStreamTrack) => void tracks.add(track),
    removeTrack: (track: MediaStreamTrack) => void tracks.delete(track),
    getTracks: () => [...tracks],
    getVideoTracks: () => [...tracks].filter((track) => track.kind === 'video'),
  };
  return stream as unknown as MediaStream;
}

/** What a person picked of their screen. */
export function fakeScreen(track = new FakeTrack('video')): MediaStream {
  const stream = fakeStream();
  stream.addTrack(track.asTrack);
  return stream;
}

/** A device that hands out tracks and can be told to refuse. */
export class FakeDevices {
  readonly handedOut: FakeTrack[] = [];
  readonly requests: string[] = [];
  /** The name of the error for each kind that is refused. */
  readonly refused = new Map<'audio' | 'video', string>();

  readonly request = async (wanted: { audio: boolean; video: boolean }): Promise<MediaStreamTrack[]> => {
    const kinds = (['audio', 'video'] as const).filter((kind) => wanted[kind]);
    this.requests.push(kinds.join('+'));
    await Promise.resolve();
    const refused = kinds.map((kind) => this.refused.get(kind)).find((name) => name !== undefined);
    if (refused) throw Object.assign(new Error(refused), { name: refused });
    const tracks = kinds.map((kind) => new FakeTrack(kind));
    this.handedOut.push(...tracks);
    return tracks.map((track) => track.asTrack);
  };

  live(): string[] {
    return this.handedOut.filter((track) => track.readyState === 'live').map((track) => track.kind);
  }
}

/** Media that only notes what it was told. */
export class FakeMedia implements MediaPort {
  readonly events: MediaEvents;
  readonly log: string[] = [];
  inHaste: Promise<void> | null = null;
  /** How often it was told to ask right behind the seat. */
  wentAhead = 0;
  tracks: LocalTracks = { audio: null, video: null };

  constructor(events: MediaEvents) {
    this.events = events;
  }

  /** What the next join shows. */
  shown: Resume = { key: 'a key of the test, so long', transports: [] };

  prepare(comesSecond: boolean): void {
    this.log.push(comesSecond ? 'prepare as second' : 'prepare');
  }
  greet(participantId: string): void {
    this.log.push(`greet ${participantId}`);
  }
  goAhead(): void {
    this.wentAhead += 1;
  }
  toResume(): Resume {
    return this.shown;
  }
  open(): void {
    this.log.push('open');
  }
  send(tracks: LocalTracks): void {
    this.tracks = tracks;
  }
  show(participantId: string, lines: number): void {
    this.log.push(`show ${participantId} ${lines}`);
  }
  hear(fact: Fact): void {
    this.log.push(fact.name);
  }
  suspend(): void {
    this.log.push('suspend');
  }
  close(): void {
    this.log.push('close');
  }
}

export const meetingId = '01930000-0000-7000-8000-00000000aaaa';
const doctorId = '01930000-0000-7000-8000-0000000000d0';
const patientId = '01930000-0000-7000-8000-0000000000a0';

export function aMeeting(patch: Partial<Meeting> = {}): Meeting {
  return {
    id: meetingId,
    roomId: meetingId,
    status: 'active',
    doctorId,
    doctorName: 'Doctor',
    patientId,
    patientName: 'Patient',
    appointmentId: null,
    reason: null,
    scheduledAt: '2026-11-21T10:00:00.000Z',
    startedAt: null,
    endedAt: null,
    durationSeconds: null,
    endReason: null,
    reconnectDeadline: null,
    waitingSince: null,
    version: 1,
    createdAt: '2026-11-21T09:00:00.000Z',
    ...patch,
  };
}

export function aPerson(role: 'doctor' | 'patient', patch: Partial<Participant> = {}): Participant {
  return {
    id: role === 'doctor' ? doctorId : patientId,
    role,
    displayName: role,
    presence: 'present',
    deadline: null,
    sending: { audio: true, video: true },
    ...patch,
  };
}

/** The answer to a join by the patient, the doctor being there. */
export function aJoin(patch: Partial<Joined> = {}): Joined {
  return {
    meeting: aMeeting(),
    self: aPerson('patient'),
    participants: [aPerson('doctor')],
    media: { kind: 'p2p' },
    iceServers: [],
    returnWindowSeconds: 300,
    mediaKept: false,
    ...patch,
  };
}
