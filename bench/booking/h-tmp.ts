/** Bookings over the whole pipeline, against their own statements behind bare Express. */
import { createPrisma } from '../../src/platform/db/client.ts';
import { createPool } from '../../src/platform/db/quick.ts';
import { createDatabase, type Database } from '../../src/platform/db/scope.ts';
import { openBenchDatabase } from '../database.ts';
import { compare, type Pair, spread } from '../figures.ts';
import type { Asked, HttpClients } from '../http/clients.ts';
import type { Pace } from '../pace.ts';
import { ask } from '../process/messages.ts';
import type { Probe } from '../process/probe.ts';
import type { BenchProcess } from '../process/start.ts';
import { startBookingFloor, startHttpClients, startThing } from '../servers.ts';
import { figure, ratio, table } from '../table.ts';
import { type OpenClinic, openBookingClinic } from './clinic.ts';
import type { BookingFloor } from './floor.ts';
import { type Recorded, recordBooking } from './record.ts';

const rounds = 2;

interface Load {
  words: string;
  pace: Pace;
  bookings: number;
}
const loads: readonly Load[] = [
  { words: '6 a second', pace: { perSecond: 6 }, bookings: 60 },
  { words: '1 in flight', pace: { inFlight: 1 }, bookings: 120 },
  { words: '16 in flight', pace: { inFlight: 16 }, bookings: 240 },
];

const words = { p50: 'p50 ms', p99: 'p99 ms', rate: 'bookings/s', cpu: 'CPU ms/booking' } as const;
type Figures = Record<keyof typeof words, number>;
type Found = Map<string, Record<keyof Figures, Pair[]>>;

export async function reportBooking(say: (line: string) => void): Promise<string> {
  await using bench = await openBenchDatabase();
  const prisma = createPrisma(bench.appUrl, { poolSize: 2 });
  const database = createDatabase({ prisma, pool: createPool(bench.appUrl, { poolSize: 1 }) });
  try {
    const clinic = await openBookingClinic(database, { doctors: 20, patients: 6_000 });
    await bench.analyze();
    await using thing = await startThing(bench);
    await using floor = await startBookingFloor(bench);
    await using clients = await startHttpClients();
    const found: Found = new Map();
    for (let round = 0; round <= rounds; round += 1) {
      for (const [index, load] of loads.entries()) {
        const figures = {} as Record<'thing' | 'floor', Figures>;
        const order = (round + index) % 2 === 0 ? (['thing', 'floor'] as const) : (['floor', 'thing'] as const);
        for (const side of order) {
          const inputs = clinic.bookings(load.bookings);
          if (side === 'floor') await plan(database, clinic, inputs, floor);
          figures[side] = await measure(side === 'floor' ? floor : thing, clients, clinic, { load, inputs });
          await bench.settled();
        }
        if (round > 0) keep(found, load.words, figures);
      }
      say(round === 0 ? 'warmed up' : `round ${round} of ${rounds}`);
    }
    return report(found);
  } finally {
    await Promise.all([prisma.$disconnect(), database.pool.end()]);
  }
}

async function plan(
  database: Database,
  clinic: OpenClinic,
  inputs: ReturnType<OpenClinic['bookings']>,
  floor: BenchProcess,
): Promise<void> {
  const bookings: Recorded[] = [];
  for (const input of inputs) bookings.push(await recordBooking(database, clinic, input));
  await ask<BookingFloor, 'plan'>(floor.child, 'plan', { tenantId: clinic.tenantId, bookings });
}

async function measure(
  server: BenchProcess,
  clients: BenchProcess,
  { token }: OpenClinic,
  { load, inputs }: { load: Load; inputs: ReturnType<OpenClinic['bookings']> },
): Promise<Figures> {
  const asked = inputs.map((body): Asked => ({ method: 'POST', path: '/api/v1/appointments', token, body }));
  const before = await ask<Probe, 'cpu'>(server.child, 'cpu');
  const burst = { url: server.url, asked, pace: load.pace };
  const { latencies, statuses, wallMs } = await ask<HttpClients, 'burst'>(clients.child, 'burst', burst);
  const spent = (await ask<Probe, 'cpu'>(server.child, 'cpu')) - before;
  if (statuses[201] !== inputs.length) throw new Error(`Not everything was booked: ${JSON.stringify(statuses)}.`);
  const { p50, p99 } = spread(latencies);
  return { p50, p99, rate: (inputs.length / wallMs) * 1_000, cpu: spent / inputs.length };
}

function keep(found: Found, name: string, { thing, floor }: Record<'thing' | 'floor', Figures>): void {
  const pairs = found.get(name) ?? { p50: [], p99: [], rate: [], cpu: [] };
  for (const metric of Object.keys(pairs) as (keyof Figures)[])
    pairs[metric].push({ thing: thing[metric], floor: floor[metric] });
  found.set(name, pairs);
}

function report(found: Found): string {
  const metrics = Object.keys(words) as (keyof Figures)[];
  const rows = [...found].map(([name, pairs]) => [
    name,
    ...metrics.map((metric) => {
      const { thing, floor, ratio: compared } = compare(pairs[metric]);
      return `${figure(thing)} / ${figure(floor)} = ${ratio(compared)}`;
    }),
  ]);
  return table(['booking a video visit, Housecall / floor = ratio', ...Object.values(words)], rows);
}
