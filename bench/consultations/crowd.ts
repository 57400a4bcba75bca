/** The people of many consultations as one process of their own: the same for the thing and for its floor. */
import { randomUUID } from 'node:crypto';
import { setTimeout as pause } from 'node:timers/promises';
import type { Socket } from 'socket.io-client';
import { askForMedia } from '../../load/media.ts';
import { reconnectDelay } from '../../web/src/call/connection/backoff.ts';
import { inTurns, type Pace, paced } from '../pace.ts';
import { answerBench } from '../process/messages.ts';
import { call, connect, type Way } from './line.ts';

export interface Visit {
  meetingId: string;
  doctor: Way;
  patient: Way;
}

export interface Lives {
  visits: readonly Visit[];
  pace: Pace;
  /** The calls for media too, as a browser makes them; no packet follows. */
  withMedia: boolean;
}

export interface Lived {
  /** From the call to its acknowledgement, in ms; of connections too. */
  latencies: Record<string, number[]>;
  /** From the first call to the last acknowledgement, in ms. */
  wallMs: number;
}

export interface Returned {
  /** From the cut to the seat, in ms, of each who came back. */
  times: number[];
  /** Who was cut off. */
  cut: number;
  /** What became of the calls that did not succeed at once, by code. */
  refusals: Record<string, number>;
}

interface Seat {
  way: Way;
  socket: Socket;
}

interface Sitting {
  meetingId: string;
  seats: readonly [doctor: Seat, patient: Seat];
}

/** As the web client reports of its connection, and as the load tool writes. */
const reportEveryMs = 5_000;
const chatEveryMs = 30_000;
const enteringAtOnce = 8;
/** After so long somebody counts as lost. */
const returnMs = 60_000;

let sittings: Sitting[] = [];
let talking: NodeJS.Timeout[] = [];
let spoken = { calls: 0, failed: 0 };

type Took = (step: string, ms: number) => void;

async function timed<T>(took: Took, step: string, work: () => Promise<T>): Promise<T> {
  const began = performance.now();
  const answer = await work();
  took(step, performance.now() - began);
  return answer;
}

/** From the patient's connection to both being in the call. */
async function begin(visit: Visit, withMedia: boolean, took: Took): Promise<Sitting> {
  const { meetingId } = visit;
  const patient = await timed(took, 'connect', () => connect(visit.patient));
  await timed(took, 'meeting:wait', () => call(patient, 'meeting:wait', { meetingId }));
  const doctor = await timed(took, 'connect', () => connect(visit.doctor));
  const started = await timed(took, 'meeting:start', () => call(doctor, 'meeting:start', { meetingId }));
  const ask =
    (socket: Socket): Parameters<typeof askForMedia>[0] =>
    (name, input) =>
      call(socket, name, input);
  if (withMedia) await timed(took, 'media', () => askForMedia(ask(doctor), started.media));
  const joined = await timed(took, 'meeting:join', () => call(patient, 'meeting:join', { meetingId }));
  if (withMedia) await timed(took, 'media', () => askForMedia(ask(patient), joined.media));
  const seat = (way: Way, socket: Socket): Seat => ({ way, socket });
  return { meetingId, seats: [seat(visit.doctor, doctor), seat(visit.patient, patient)] };
}

async function end({ seats }: Sitting, took: Took): Promise<void> {
  await timed(took, 'meeting:end', () => call(seats[0].socket, 'meeting:end', {}));
  for (const { socket } of seats) socket.close();
}

const report = {
  roundTripMs: 40,
  jitterMs: 5,
  lossUp: 0,
  lossDown: 0,
  upKbps: 1_200,
  downKbps: 1_200,
  frozenMs: 0,
  way: 'udp',
} as const;

/** What the people of a call say while it goes on, each beginning at a moment of chance. */
function talk({ seats }: Sitting): void {
  const say = (work: () => Promise<unknown>): void => {
    spoken.calls += 1;
    work().catch(() => {
      spoken.failed += 1;
    });
  };
  const every = (ms: number, work: () => void): void => {
    const first = setTimeout(() => {
      work();
      talking.push(setInterval(work, ms));
    }, Math.random() * ms);
    talking.push(first);
  };
  for (const seat of seats) {
    every(reportEveryMs, () => {
      if (seat.socket.connected) say(() => call(seat.socket, 'media:report', report));
    });
  }
  every(chatEveryMs, () => {
    const { socket } = seats[Math.random() < 0.5 ? 0 : 1];
    const line = { text: 'A line of a measurement.', clientId: randomUUID() };
    if (socket.connected) say(() => call(socket, 'chat:send', line));
  });
}

/** As the web client does it: at once, then after pauses that grow and differ. */
async function comeBack(seat: Seat, meetingId: string, refused: (code: string) => void): Promise<void> {
  const { signal } = deadline();
  for (let attempt = 1; ; attempt += 1) {
    try {
      signal.throwIfAborted();
      const socket = await connect(seat.way);
      try {
        await call(socket, 'meeting:join', { meetingId });
      } catch (error) {
        socket.close();
        throw error;
      }
      seat.socket = socket;
      return;
    } catch (error) {
      if (signal.aborted) throw error;
      refused(error instanceof Error && 'code' in error ? String(error.code) : 'no connection');
      await pause(reconnectDelay(attempt + 1));
    }
  }
}

const deadline = () => ({ signal: AbortSignal.timeout(returnMs) });

const noteTo =
  (counts: Record<string, number>) =>
  (code: string): void => {
    counts[code] = (counts[code] ?? 0) + 1;
  };

const answers = {
  /** Whole consultations, from the patient's connection to the doctor's end. */
  live: async ({ visits, pace, withMedia }: Lives): Promise<Lived> => {
    const latencies: Record<string, number[]> = {};
    const took: Took = (step, ms) => void (latencies[step] ??= []).push(ms);
    const began = performance.now();
    await paced(visits, pace, async (visit) => end(await begin(visit, withMedia, took), took));
    return { latencies, wallMs: performance.now() - began };
  },
  /** Consultations that go on until `leave`. */
  enter: async ({ visits, withMedia }: { visits: readonly Visit[]; withMedia: boolean }): Promise<void> => {
    await inTurns(visits, enteringAtOnce, async (visit) => {
      sittings.push(await begin(visit, withMedia, () => undefined));
    });
  },
  /** From now on all who have entered report and write. */
  talk: (): void => {
    spoken = { calls: 0, failed: 0 };
    for (const sitting of sittings) talk(sitting);
  },
  /** Answers how many calls there were since `talk`. */
  hush: (): typeof spoken => {
    for (const timer of talking) clearInterval(timer);
    talking = [];
    return spoken;
  },
  /** Each line of chat in the consultations that go on, one after the other in each. */
  write: async ({ lines }: { lines: number }): Promise<void> => {
    await inTurns(sittings, enteringAtOnce, async ({ seats }) => {
      for (let line = 0; line < lines; line += 1) {
        const { socket } = seats[line % 2 === 0 ? 0 : 1];
        await call(socket, 'chat:send', { text: `Line ${line} of a measurement, so long.`, clientId: randomUUID() });
      }
    });
  },
  /** Everybody's connection is cut without a word, at once, and they come back. */
  cut: async (): Promise<Returned> => {
    const refusals: Record<string, number> = {};
    const everyone = sittings.flatMap(({ meetingId, seats }) => seats.map((seat) => ({ meetingId, seat })));
    const began = performance.now();
    for (const { seat } of everyone) seat.socket.io.engine.close();
    const times = await Promise.all(
      everyone.map(async ({ meetingId, seat }) => {
        await comeBack(seat, meetingId, noteTo(refusals)).catch(() => undefined);
        return seat.socket.connected ? performance.now() - began : null;
      }),
    );
    return { times: times.filter((ms) => ms !== null), cut: everyone.length, refusals };
  },
  /** Whoever loses their connection from now on comes back to `url`, by `returned` at the latest. */
  watch: ({ url }: { url: string }): void => {
    lost = { times: [], cut: 0, refusals: {} };
    coming = [];
    for (const { meetingId, seats } of sittings) for (const seat of seats) watchOne(seat, meetingId, url);
  },
  /** Once so many have lost their connection, and each is back or given up. */
  returned: async ({ atLeast }: { atLeast: number }): Promise<Returned> => {
    const { signal } = deadline();
    while (lost.cut < atLeast && !signal.aborted) await pause(20);
    await Promise.all(coming);
    return lost;
  },
  leave: async (): Promise<void> => {
    await inTurns(sittings, enteringAtOnce, (sitting) => end(sitting, () => undefined));
    sittings = [];
  },
};
export type Crowd = typeof answers;

let lost: Returned = { times: [], cut: 0, refusals: {} };
let coming: Promise<void>[] = [];

function watchOne(seat: Seat, meetingId: string, url: string): void {
  seat.socket.once('disconnect', (why) => {
    if (why === 'io client disconnect') return;
    const began = performance.now();
    lost.cut += 1;
    seat.way = { ...seat.way, url };
    const back = comeBack(seat, meetingId, noteTo(lost.refusals)).then(
      () => void lost.times.push(performance.now() - began),
      () => undefined,
    );
    coming.push(back);
  });
}

answerBench(answers);
console.log('Crowd is ready at here');
