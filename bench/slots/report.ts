/** The search for free times over the whole pipeline, against its own statement behind bare Express. */
import { schedulesSql, type Whose } from '../../src/scheduling/slots/load.ts';
import { openBenchDatabase } from '../database.ts';
import { compare, type Pair, spread } from '../figures.ts';
import type { Asked, HttpClients } from '../http/clients.ts';
import type { Pace } from '../pace.ts';
import { ask } from '../process/messages.ts';
import type { Probe } from '../process/probe.ts';
import type { BenchProcess } from '../process/start.ts';
import { startHttpClients, startSlotsFloor, startThing } from '../servers.ts';
import { figure, ratio, table } from '../table.ts';
import { type BookableClinic, openBookableClinic } from './clinic.ts';
import type { SlotsFloor } from './floor.ts';

const rounds = 5;
const doctors = 100;

interface Search {
  words: string;
  path: string;
  whose: Whose;
  pace: Pace;
  requests: number;
}

const words = { p50: 'p50 ms', p99: 'p99 ms', cpu: 'CPU ms/search' } as const;
type Figures = Record<keyof typeof words, number>;

export async function reportSlots(say: (line: string) => void): Promise<string> {
  await using database = await openBenchDatabase();
  const clinic = await openBookableClinic(database.appUrl, doctors);
  await database.analyze();
  await using thing = await startThing(database);
  await using floor = await startSlotsFloor(database);
  await using clients = await startHttpClients();
  const searches = searchesOf(clinic);
  await imitate(clinic, searches, { thing, floor, clients });
  const sides = { thing, floor };
  const found = new Map<string, Record<keyof Figures, Pair[]>>();
  for (let round = 0; round <= rounds; round += 1) {
    for (const [index, search] of searches.entries()) {
      const figures = {} as Record<'thing' | 'floor', Figures>;
      const order = (round + index) % 2 === 0 ? (['thing', 'floor'] as const) : (['floor', 'thing'] as const);
      for (const side of order) figures[side] = await measure(sides[side], clients, clinic, search);
      if (round > 0) keep(found, search.words, figures);
    }
    say(round === 0 ? 'warmed up' : `round ${round} of ${rounds}`);
  }
  const metrics = Object.keys(words) as (keyof Figures)[];
  const rows = [...found].map(([name, pairs]) => [
    name,
    ...metrics.map((metric) => {
      const { thing, floor, ratio: compared } = compare(pairs[metric]);
      return `${figure(thing)} / ${figure(floor)} = ${ratio(compared)}`;
    }),
  ]);
  return table(['free times of a fortnight, Housecall / floor = ratio', ...Object.values(words)], rows);
}

function searchesOf({ serviceId, doctorIds, from, to }: BookableClinic): Search[] {
  const [first, last] = [new Date(from).toISOString(), new Date(to).toISOString()];
  const path = (more: string) => `/api/v1/slots?serviceId=${serviceId}&from=${first}&to=${last}${more}`;
  const one = doctorIds.slice(0, 1);
  const pace = { inFlight: 1 };
  return [
    {
      words: 'one doctor',
      path: path(`&practitionerId=${one.join('')}`),
      whose: { practitionerIds: one },
      pace,
      requests: 200,
    },
    { words: `${doctors} doctors, all that is free (the first 1,000)`, path: path(''), whose: {}, pace, requests: 30 },
    { words: `${doctors} doctors, the next 20`, path: path('&limit=20'), whose: {}, pace, requests: 30 },
    {
      words: `${doctors} doctors, the next 20, 8 in flight`,
      path: path('&limit=20'),
      whose: {},
      pace: { inFlight: 8 },
      requests: 60,
    },
  ];
}

const asked = ({ path }: Search, { token }: BookableClinic): Asked => ({ method: 'GET', path, token });

/** The floor asks the database the same, and answers the same. */
async function imitate(
  clinic: BookableClinic,
  searches: readonly Search[],
  { thing, floor, clients }: Record<'thing' | 'floor' | 'clients', BenchProcess>,
): Promise<void> {
  const { tenantId, serviceId, from, to } = clinic;
  const paths: Parameters<SlotsFloor['open']>[0]['paths'] = {};
  for (const search of searches) {
    const once = { url: thing.url, asked: asked(search, clinic) };
    const { status, text: answer } = await ask<HttpClients, 'once'>(clients.child, 'once', once);
    if (status !== 200) throw new Error(`The thing answered ${status}.`);
    const { text, values } = schedulesSql({ tenantId, serviceId, whose: search.whose, from, to });
    paths[search.path] = { text, values, answer: JSON.parse(answer) as unknown };
  }
  await ask<SlotsFloor, 'open'>(floor.child, 'open', { tenantId, paths });
}

async function measure(
  server: BenchProcess,
  clients: BenchProcess,
  clinic: BookableClinic,
  search: Search,
): Promise<Figures> {
  const { requests, pace } = search;
  const before = await ask<Probe, 'cpu'>(server.child, 'cpu');
  const burst = { url: server.url, asked: Array.from({ length: requests }, () => asked(search, clinic)), pace };
  const { latencies, statuses } = await ask<HttpClients, 'burst'>(clients.child, 'burst', burst);
  const spent = (await ask<Probe, 'cpu'>(server.child, 'cpu')) - before;
  if (statuses[200] !== requests) throw new Error(`Not everything was answered: ${JSON.stringify(statuses)}.`);
  const { p50, p99 } = spread(latencies);
  return { p50, p99, cpu: spent / requests };
}

function keep(
  found: Map<string, Record<keyof Figures, Pair[]>>,
  name: string,
  { thing, floor }: Record<'thing' | 'floor', Figures>,
): void {
  const pairs = found.get(name) ?? { p50: [], p99: [], cpu: [] };
  for (const metric of Object.keys(pairs) as (keyof Figures)[])
    pairs[metric].push({ thing: thing[metric], floor: floor[metric] });
  found.set(name, pairs);
}
