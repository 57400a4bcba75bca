/** The whole pipeline (limits, identity, the tenant's transaction, audit, log) against bare Express and pg. */
import { Client } from 'pg';
import { openBenchDatabase } from '../database.ts';
import { compare, type Pair, spread } from '../figures.ts';
import type { Asked, HttpClients } from '../http/clients.ts';
import { type Caller, openCallingClinic } from '../http/clinic.ts';
import type { Pace } from '../pace.ts';
import { ask } from '../process/messages.ts';
import type { Probe } from '../process/probe.ts';
import type { BenchProcess } from '../process/start.ts';
import { startHttpClients, startRestFloor, startThing } from '../servers.ts';
import { figure, ratio, table } from '../table.ts';
import type { RestFloor } from './floor.ts';

/** Fewer, or one of the paths alone, for a first look. */
const rounds = Number(process.env['BENCH_ROUNDS'] ?? 5);
const only = process.env['BENCH_PATH'];
const callers = 200;
const meetings = 20;

type Make = (caller: Caller, index: number) => Pick<Asked, 'method' | 'path' | 'body'>;
const paths: Record<string, Make> = {
  'GET /auth/me': () => ({ method: 'GET', path: '/api/v1/auth/me' }),
  'GET /meetings/{id}': ({ meetingIds }, index) => ({
    method: 'GET',
    path: `/api/v1/meetings/${meetingIds[index % meetingIds.length]}`,
  }),
  'GET /meetings': () => ({ method: 'GET', path: '/api/v1/meetings' }),
  'POST /meetings': ({ doctorId, patientId }, index) => ({
    method: 'POST',
    path: '/api/v1/meetings',
    body: {
      doctorId,
      patientId,
      reason: 'A visit of the bench',
      scheduledAt: new Date(Date.now() + (index + 30) * 86_400_000).toISOString(),
    },
  }),
};
interface Load {
  words: string;
  pace: Pace;
  requests: number;
}
const loads: readonly Load[] = [
  { words: '100 a second', pace: { perSecond: 100 }, requests: 200 },
  { words: '32 in flight', pace: { inFlight: 32 }, requests: 600 },
];

interface Figures {
  p50: number;
  p99: number;
  perSecond: number;
  cpu: number;
}
const words: Record<keyof Figures, string> = {
  p50: 'p50 ms',
  p99: 'p99 ms',
  perSecond: 'requests/s',
  cpu: 'CPU ms/request',
};

export async function reportRest(say: (line: string) => void): Promise<string> {
  await using database = await openBenchDatabase();
  const clinic = await openCallingClinic(database.appUrl, callers, meetings);
  await using thing = await startThing(database, { RATE_LIMITS: 'on', TRUST_PROXY: '1' });
  await using floor = await startRestFloor(database);
  await using clients = await startHttpClients();
  const sides = { thing, floor };
  await imitate(floor, thing, clients, clinic.tenantId, clinic.callers, database.ownerUrl);
  await database.analyze();
  const found = new Map<string, Record<keyof Figures, Pair[]>>();
  let turn = 0;
  for (let round = 0; round <= rounds; round += 1) {
    for (const [name, make] of Object.entries(paths)) {
      if (only !== undefined && name !== only) continue;
      for (const { words: load, pace, requests } of loads) {
        turn += 1;
        const asked = Array.from({ length: requests }, (_, index) => {
          const caller = clinic.callers[(index + turn * 7) % callers];
          if (!caller) throw new Error('There is no such caller.');
          return { ...make(caller, index), ...headersOf(caller) };
        });
        const figures = {} as Record<'thing' | 'floor', Figures>;
        const order = turn % 2 === 0 ? (['thing', 'floor'] as const) : (['floor', 'thing'] as const);
        for (const side of order) figures[side] = await measure(sides[side], clients, { asked, pace });
        await database.settled();
        if (round > 0) keep(found, `\`${name}\`, ${load}`, figures);
      }
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
  return table(['Housecall / floor = ratio', ...Object.values(words)], rows);
}

const headersOf = ({ token, from }: Caller) => ({ token, from });

/** The floor answers and writes as much as the thing does. */
async function imitate(
  floor: BenchProcess,
  thing: BenchProcess,
  clients: BenchProcess,
  tenantId: string,
  [caller]: readonly Caller[],
  ownerUrl: string,
): Promise<void> {
  const make = paths['POST /meetings'];
  if (!caller || !make) throw new Error('There is nobody to ask.');
  const owner = new Client({ connectionString: ownerUrl });
  await owner.connect();
  await owner.query(`select set_config('app.tenant_id', $1, false)`, [tenantId]);
  const asked = { ...make(caller, 0), ...headersOf(caller) };
  const { status, text } = await ask<HttpClients, 'once'>(clients.child, 'once', { url: thing.url, asked });
  if (status !== 201) throw new Error(`The thing answered ${status}.`);
  const { rows } = await owner.query<{ snapshot: string }>('select snapshot::text from meeting where id = $1', [
    (JSON.parse(text) as { id: string }).id,
  ]);
  await owner.end();
  const payload = JSON.stringify({ tenantId, meeting: JSON.parse(text) as unknown, attendance: [], effects: [] });
  const written = { snapshot: rows[0]?.snapshot ?? '{}', payload };
  await ask<RestFloor, 'open'>(floor.child, 'open', { tenantId, written });
}

async function measure(
  server: BenchProcess,
  clients: BenchProcess,
  { asked, pace }: { asked: readonly Asked[]; pace: Pace },
): Promise<Figures> {
  const before = await ask<Probe, 'cpu'>(server.child, 'cpu');
  const burst = { url: server.url, asked, pace };
  const { latencies, statuses, wallMs } = await ask<HttpClients, 'burst'>(clients.child, 'burst', burst);
  const spent = (await ask<Probe, 'cpu'>(server.child, 'cpu')) - before;
  const refused = Object.entries(statuses).filter(([status]) => !/^20[01]$/.test(status));
  if (refused.length > 0) throw new Error(`Not everything was answered: ${JSON.stringify(statuses)}.`);
  const { p50, p99 } = spread(latencies);
  return { p50, p99, perSecond: (asked.length / wallMs) * 1_000, cpu: spent / asked.length };
}

function keep(
  found: Map<string, Record<keyof Figures, Pair[]>>,
  name: string,
  { thing, floor }: Record<'thing' | 'floor', Figures>,
): void {
  const pairs = found.get(name) ?? { p50: [], p99: [], perSecond: [], cpu: [] };
  for (const metric of Object.keys(pairs) as (keyof Figures)[])
    pairs[metric].push({ thing: thing[metric], floor: floor[metric] });
  found.set(name, pairs);
}
