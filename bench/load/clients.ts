/** The people of a clinic as one process of their own: the same for the thing and for its floor. */
import { setTimeout as pause } from 'node:timers/promises';
import { io, type Socket } from 'socket.io-client';
import { answerBench } from '../process/messages.ts';

export interface Burst {
  name: string;
  /** One a call: which socket makes it and what it says. */
  calls: readonly { socket: number; input: unknown }[];
  pace: Pace;
}

/** So many calls wait for their answer at a time, or so many begin in a second, as chance will have it. */
export type Pace = { inFlight: number } | { perSecond: number };

export interface BurstResult {
  /** From the call to its acknowledgement, in ms. */
  latencies: number[];
  /** From the first call to the last acknowledgement, in ms. */
  wallMs: number;
}

const patienceMs = 20_000;
/** More at once only queue up in the kernel. */
const connectingAtOnce = 25;
let sockets: Socket[] = [];

function connect(url: string, token: string | null): Promise<Socket> {
  const socket = io(url, { auth: { token }, transports: ['websocket'], reconnection: false, forceNew: true });
  return new Promise((resolve, reject) => {
    socket.once('connect', () => resolve(socket));
    socket.once('connect_error', reject);
  });
}

/** Takes the work in order, so many at a time. */
async function inTurns<T>(items: readonly T[], atOnce: number, work: (item: T, index: number) => Promise<void>) {
  const turns = items.entries();
  const lane = async () => {
    for (const [index, item] of turns) await work(item, index);
  };
  await Promise.all(Array.from({ length: Math.min(atOnce, items.length) }, lane));
}

/** Both sides' people begin at the same instants of chance, call by call. */
const random = chance(2026);

/** Begins each piece of work without waiting for the others. */
async function byChance<T>(items: readonly T[], perSecond: number, work: (item: T) => Promise<void>) {
  const begun: Promise<void>[] = [];
  let at = performance.now();
  for (const item of items) {
    at += (-Math.log(1 - random()) / perSecond) * 1_000;
    await pause(Math.max(0, at - performance.now()));
    begun.push(work(item));
  }
  await Promise.all(begun);
}

/** Mulberry32: numbers from 0 to 1 that follow from the seed. */
function chance(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}

function call(socket: Socket, name: string, input: unknown): Promise<unknown> {
  return new Promise((resolve, reject) => {
    socket
      .timeout(patienceMs)
      .emit(name, input, (late: Error | null, answer: { ok: boolean; data?: unknown; error?: { code: string } }) => {
        if (late) reject(new Error(`${name} was not answered within ${patienceMs} ms.`));
        else if (answer.ok) resolve(answer.data);
        else reject(new Error(`${name} was refused with ${answer.error?.code}.`));
      });
  });
}

const answers = {
  /** One socket for each token, in their order; null for a socket without one. */
  connect: async ({ url, tokens }: { url: string; tokens: (string | null)[] }): Promise<void> => {
    const made: Socket[] = [];
    await inTurns(tokens, connectingAtOnce, async (token, index) => {
      made[index] = await connect(url, token);
    });
    sockets.push(...made);
  },
  burst: async ({ name, calls, pace }: Burst): Promise<BurstResult> => {
    const latencies: number[] = [];
    const began = performance.now();
    const measure = async ({ socket, input }: Burst['calls'][number]) => {
      const at = performance.now();
      await call(socketAt(socket), name, input);
      latencies.push(performance.now() - at);
    };
    if ('inFlight' in pace) await inTurns(calls, pace.inFlight, measure);
    else await byChance(calls, pace.perSecond, measure);
    return { latencies, wallMs: performance.now() - began };
  },
  /** What one call is answered with. */
  once: ({ name, socket, input }: { name: string; socket: number; input: unknown }): Promise<unknown> =>
    call(socketAt(socket), name, input),
  close: (): void => {
    for (const socket of sockets) socket.close();
    sockets = [];
  },
};
export type Clients = typeof answers;

function socketAt(index: number): Socket {
  const socket = sockets[index];
  if (!socket?.connected) throw new Error('A socket of the bench is not connected.');
  return socket;
}

answerBench(answers);
console.log('Clients are ready at here');
