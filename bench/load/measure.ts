/** `meeting:start` and `meeting:join` against their floor, in turns: latency with few calls in flight, then throughput. */
import { openClinic } from '../clinic.ts';
import { type BenchDatabase, openBenchDatabase } from '../database.ts';
import { type Pair, spread } from '../figures.ts';
import type { Floor } from '../floor/server.ts';
import { ask } from '../process/messages.ts';
import type { Probe } from '../process/probe.ts';
import type { BenchProcess } from '../process/start.ts';
import { startClients, startFloor, startThing } from '../servers.ts';
import type { Burst, Clients } from './clients.ts';

/** How many calls wait for their answer at a time, and how many are made of each kind in a round. The last one saturates. */
const loads = [
  { inFlight: 1, calls: 200 },
  { inFlight: 8, calls: 300 },
  { inFlight: 64, calls: 500 },
] as const;
const callNames = ['meeting:start', 'meeting:join'] as const;
export const metrics = ['p50', 'p95', 'p99', 'callsPerSecond', 'cpuMsPerCall'] as const;
/** Latencies in ms; the time of the processor includes what a call leaves to be done after its answer. */
export type Metric = (typeof metrics)[number];

export interface MeasuredCall {
  call: (typeof callNames)[number];
  inFlight: number;
  /** One pair a round. */
  rounds: Record<Metric, Pair[]>;
}

/** A server and the people who are connected to it. */
interface Side {
  server: BenchProcess;
  clients: BenchProcess;
}

type Figures = Record<Metric, number>;

/** The first round warms both up and is not counted; the sides take turns in going first. */
export async function measureCalls(rounds: number, say: (line: string) => void): Promise<MeasuredCall[]> {
  await using database = await openBenchDatabase();
  // One couple more than the loads need shows what the thing answers.
  await using clinic = await openClinic(
    database.appUrl,
    loads.reduce((sum, { calls }) => sum + calls, 1),
  );
  await using thing = await startThing(database);
  await using floor = await startFloor(database);
  await using patientsOfThing = await startClients();
  await using patientsOfFloor = await startClients();
  const sides = {
    thing: { server: thing, clients: patientsOfThing },
    floor: { server: floor, clients: patientsOfFloor },
  };
  const tokens = clinic.couples.flatMap(({ doctorToken, patientToken }) => [doctorToken, patientToken]);
  for (const { server, clients } of Object.values(sides)) {
    await ask<Clients, 'connect'>(clients.child, 'connect', { url: server.url, tokens });
  }
  const measured = emptyFigures();
  for (let round = 0; round <= rounds; round += 1) {
    const found = await measureRound(sides, database, await clinic.schedule(), round % 2 === 0);
    if (round > 0) {
      for (const [index, { rounds }] of measured.entries()) {
        for (const metric of metrics) {
          const [ofThing, ofFloor] = [found.thing[index], found.floor[index]];
          if (ofThing && ofFloor) rounds[metric].push({ thing: ofThing[metric], floor: ofFloor[metric] });
        }
      }
    }
    say(round === 0 ? 'warmed up' : `round ${round} of ${rounds}`);
  }
  return measured;
}

function emptyFigures(): MeasuredCall[] {
  return loads.flatMap(({ inFlight }) =>
    callNames.map((call) => ({
      call,
      inFlight,
      rounds: { p50: [], p95: [], p99: [], callsPerSecond: [], cpuMsPerCall: [] },
    })),
  );
}

interface Sides {
  thing: Side;
  floor: Side;
}

/** Every patient waits, then every meeting is started and joined under one of the loads, then ended. */
async function measureRound(sides: Sides, database: BenchDatabase, ids: string[], thingFirst: boolean) {
  const { thing, floor } = sides;
  const everyone = callsOf(ids, 0, ids.length);
  await burst(thing, { name: 'meeting:wait', calls: everyone.patients, inFlight: 16 });
  await ask<Floor, 'imitate'>(floor.server.child, 'imitate', await sampleOf(thing, everyone.doctors.at(-1)));
  await ask<Floor, 'schedule'>(floor.server.child, 'schedule', ids);
  const found: Record<keyof Sides, Figures[]> = { thing: [], floor: [] };
  const order = thingFirst ? (['thing', 'floor'] as const) : (['floor', 'thing'] as const);
  let first = 0;
  for (const { inFlight, calls } of loads) {
    const { doctors, patients } = callsOf(ids, first, first + calls);
    for (const name of order) {
      const measure = (one: Burst) => measureBurst(sides[name], one, database);
      found[name].push(await measure({ name: 'meeting:start', calls: doctors, inFlight }));
      found[name].push(await measure({ name: 'meeting:join', calls: patients, inFlight }));
    }
    first += calls;
  }
  await burst(thing, {
    name: 'meeting:end',
    calls: everyone.doctors.map(({ socket }) => ({ socket, input: {} })),
    inFlight: 16,
  });
  await database.settled();
  return found;
}

/** Doctor and patient of couple n have the sockets 2n and 2n + 1. */
function callsOf(ids: readonly string[], from: number, to: number) {
  const of = (seat: 0 | 1) =>
    ids.slice(from, to).map((meetingId, index) => ({ socket: 2 * (from + index) + seat, input: { meetingId } }));
  return { doctors: of(0), patients: of(1) };
}

/** A real answer, and a text as long as the row that the thing writes, for the floor to answer and to write. */
async function sampleOf({ clients }: Side, call: Burst['calls'][number] | undefined) {
  if (!call) throw new Error('There is no couple left for the sample.');
  const answer = await ask<Clients, 'once'>(clients.child, 'once', { name: 'meeting:start', ...call });
  return { answer, note: JSON.stringify((answer as { meeting: unknown }).meeting) };
}

const burst = ({ clients }: Side, what: Burst) => ask<Clients, 'burst'>(clients.child, 'burst', what);
const cpu = ({ server }: Side) => ask<Probe, 'cpu'>(server.child, 'cpu');

async function measureBurst(side: Side, what: Burst, database: BenchDatabase): Promise<Figures> {
  const before = await cpu(side);
  const { latencies, wallMs } = await burst(side, what);
  // What the calls left behind (facts to tell) is theirs, and must not disturb what comes next.
  await database.settled();
  return {
    ...spread(latencies),
    callsPerSecond: (what.calls.length / wallMs) * 1_000,
    cpuMsPerCall: ((await cpu(side)) - before) / what.calls.length,
  };
}
