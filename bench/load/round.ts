/**
 * One round: every patient waits, then every meeting is started and joined, then ended. The thing and its floor take
 * turns of a few calls, so that whatever else the machine does disturbs both alike.
 */
import type { BenchDatabase } from '../database.ts';
import { spread } from '../figures.ts';
import type { KeptFloor } from '../floor/kept.ts';
import type { Floor } from '../floor/server.ts';
import type { Pace } from '../pace.ts';
import { ask } from '../process/messages.ts';
import type { Probe } from '../process/probe.ts';
import type { BenchProcess } from '../process/start.ts';
import type { Burst, Clients } from './clients.ts';

export interface Load {
  words: string;
  pace: Pace;
  /** Of each kind in a round. */
  calls: number;
  /** Of each kind in a turn. */
  turn: number;
}

/** 40 starts and joins a second are 70,000 consultations in an hour. */
export const paced: readonly Load[] = [{ words: '40 a second', pace: { perSecond: 40 }, calls: 400, turn: 20 }];
/** The last one saturates. What that leaves behind (rooms to close, memory to collect) is not for the paced ones to feel. */
export const unpaced: readonly Load[] = [
  { words: '1 in flight', pace: { inFlight: 1 }, calls: 120, turn: 20 },
  { words: '8 in flight', pace: { inFlight: 8 }, calls: 240, turn: 40 },
  { words: '64 in flight', pace: { inFlight: 64 }, calls: 512, turn: 128 },
];
export const callNames = ['meeting:start', 'meeting:join'] as const;
/** Latencies in ms. The time of the processor includes what a call leaves to be done after its answer. */
export interface Figures {
  p50: number;
  p95: number;
  p99: number;
  callsPerSecond: number;
  cpuMsPerCall: number;
}

/** A server and the people who are connected to it: the doctor of couple n has socket 2n, the patient 2n + 1. */
export interface Side {
  server: BenchProcess;
  clients: BenchProcess;
}

export interface Sides {
  thing: Side;
  /** The bare one. */
  floor: Side;
  /** The one that keeps the same, where it is compared too, with the meetings of this round in its own database. */
  kept?: Side & { ids: readonly string[] };
}

/** Of one load and one call. */
export interface Found {
  thing: Figures;
  floor: Figures;
  kept?: Figures;
}

/** One couple more than the loads need shows what the thing answers. */
export const couplesFor = (loads: readonly Load[]): number => loads.reduce((sum, { calls }) => sum + calls, 1);

/** All sides' figures, for each load and, within it, each call. */
export async function measureRound(
  sides: Sides,
  database: BenchDatabase,
  ids: readonly string[],
  loads: readonly Load[],
): Promise<Found[]> {
  const { thing, floor, kept } = sides;
  const sampled = ids.length - 1;
  const acting = [{ side: thing, ids }, ...(kept ? [{ side: kept, ids: kept.ids }] : [])];
  const pace = { inFlight: 16 };
  for (const one of acting)
    await burst(one.side, { name: 'meeting:wait', calls: callsOf(one.ids, 1, 0, ids.length), pace });
  const sample = await ask<Clients, 'once'>(thing.clients.child, 'once', {
    name: 'meeting:start',
    socket: 2 * sampled,
    input: { meetingId: ids[sampled] },
  });
  const note = JSON.stringify((sample as { meeting: unknown }).meeting);
  await ask<Floor, 'imitate'>(floor.server.child, 'imitate', { answer: sample, note });
  if (kept) await ask<KeptFloor, 'imitate'>(kept.server.child, 'imitate', { answer: sample });
  await ask<Floor, 'schedule'>(floor.server.child, 'schedule', [...ids]);
  await database.analyze();
  await database.settled();
  const found: Found[] = [];
  let first = 0;
  for (const load of loads) {
    found.push(...(await measureLoad(sides, database, { ids, first, load })));
    first += load.calls;
  }
  const everyone = ids.map((_, index) => ({ socket: 2 * index, input: {} }));
  // On the floor nobody has started the one that showed what the thing answers.
  for (const { side } of acting)
    await burst(side, { name: 'meeting:end', calls: side === thing ? everyone : everyone.slice(0, -1), pace });
  await database.settled();
  return found;
}

async function measureLoad(
  sides: Sides,
  database: BenchDatabase,
  { ids, first, load: { pace, calls, turn } }: { ids: readonly string[]; first: number; load: Load },
): Promise<Found[]> {
  const tallies = callNames.map(() => ({ thing: newTally(), floor: newTally(), kept: newTally() }));
  const names = sides.kept ? (['thing', 'floor', 'kept'] as const) : (['thing', 'floor'] as const);
  for (let from = first; from < first + calls; from += turn) {
    const turns = (from - first) / turn;
    for (const [seat, name] of callNames.entries()) {
      for (const index of names.keys()) {
        const which = names[(index + turns) % names.length] ?? 'thing';
        const side = sides[which];
        const of = which === 'kept' ? sides.kept?.ids : ids;
        if (!side || !of) continue;
        await count(
          tallies[seat]?.[which],
          side,
          { name, calls: callsOf(of, seat, from, from + turn), pace },
          database,
        );
      }
    }
  }
  return tallies.map(({ thing, floor, kept }) => ({
    thing: figuresOf(thing),
    floor: figuresOf(floor),
    ...(sides.kept && { kept: figuresOf(kept) }),
  }));
}

function callsOf(ids: readonly string[], seat: number, from: number, to: number): Burst['calls'] {
  return ids.slice(from, to).map((meetingId, index) => ({ socket: 2 * (from + index) + seat, input: { meetingId } }));
}

const burst = ({ clients }: Side, what: Burst) => ask<Clients, 'burst'>(clients.child, 'burst', what);
const cpuOf = ({ server }: Side) => ask<Probe, 'cpu'>(server.child, 'cpu');

interface Tally {
  latencies: number[];
  wallMs: number;
  cpuMs: number;
}

const newTally = (): Tally => ({ latencies: [], wallMs: 0, cpuMs: 0 });

async function count(tally: Tally | undefined, side: Side, what: Burst, database: BenchDatabase): Promise<void> {
  if (!tally) throw new Error('There is nothing to count this in.');
  const before = await cpuOf(side);
  const { latencies, wallMs } = await burst(side, what);
  // What the calls left behind (facts to tell) is theirs, and must not disturb what comes next.
  await database.settled();
  tally.latencies.push(...latencies);
  tally.wallMs += wallMs;
  tally.cpuMs += (await cpuOf(side)) - before;
}

function figuresOf({ latencies, wallMs, cpuMs }: Tally): Figures {
  const { length } = latencies;
  return { ...spread(latencies), callsPerSecond: (length / wallMs) * 1_000, cpuMsPerCall: cpuMs / length };
}
