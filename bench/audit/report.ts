/** What the audit trail adds to the requests that it audits: the same routes with and without it, in turns. */
import { Client } from 'pg';
import { type BenchDatabase, openBenchDatabase } from '../database.ts';
import { compare, type Pair, spread } from '../figures.ts';
import type { Asked, HttpClients } from '../http/clients.ts';
import { type Caller, openCallingClinic } from '../http/clinic.ts';
import type { Pace } from '../pace.ts';
import { ask } from '../process/messages.ts';
import type { Probe } from '../process/probe.ts';
import type { BenchProcess } from '../process/start.ts';
import { startAudited, startHttpClients } from '../servers.ts';
import { figure, ratio, table } from '../table.ts';

const rounds = 4;
const callers = 100;
const meetings = 20;

const paths: Record<string, (caller: Caller, index: number) => Asked> = {
  'GET /meetings/{id}': ({ meetingIds }, index) => ({
    method: 'GET',
    path: `/api/v1/meetings/${meetingIds[index % meetingIds.length]}`,
  }),
  'GET /meetings': () => ({ method: 'GET', path: '/api/v1/meetings' }),
  'POST /meetings': ({ doctorId, patientId }, index) => ({
    method: 'POST',
    path: '/api/v1/meetings',
    body: { doctorId, patientId, scheduledAt: new Date(Date.now() + (index + 30) * 86_400_000).toISOString() },
  }),
};
const loads: readonly { words: string; pace: Pace; requests: number }[] = [
  { words: '100 a second', pace: { perSecond: 100 }, requests: 250 },
  { words: '16 in flight', pace: { inFlight: 16 }, requests: 500 },
];
/** So short that what else the machine does falls on both sides. */
const turns = 5;

const metrics = { p50: 'p50 ms', p99: 'p99 ms', perSecond: 'requests/s', cpu: 'CPU ms/request' };
type Figures = Record<keyof typeof metrics, number>;
type Sides = Record<'with' | 'without', BenchProcess>;

export async function reportAudit(say: (line: string) => void): Promise<string> {
  await using database = await openBenchDatabase();
  const clinic = await openCallingClinic(database.appUrl, callers, meetings);
  await using on = await startAudited(database, 'on');
  await using off = await startAudited(database, 'off');
  await using clients = await startHttpClients();
  await using sealed = await watchSeals(database, clinic.tenantId);
  await database.analyze();
  const found = new Map<string, Record<keyof Figures, Pair[]>>();
  for (let round = 0; round <= rounds; round += 1) {
    for (const [name, make] of Object.entries(paths)) {
      for (const { words, pace, requests } of loads) {
        const asked = Array.from({ length: requests }, (_, index) => {
          const caller = clinic.callers[(index + round * 7) % callers];
          if (!caller) throw new Error('There is no such caller.');
          return { ...make(caller, index), token: caller.token, from: caller.from };
        });
        const figures = await inShortTurns({ with: on, without: off }, clients, { asked, pace }, async () => {
          await database.settled();
          await sealed.settled();
        });
        if (round > 0) keep(found, `\`${name}\`, ${words}`, figures);
      }
    }
    say(round === 0 ? 'warmed up' : `round ${round} of ${rounds}`);
  }
  const names = Object.keys(metrics) as (keyof Figures)[];
  const rows = [...found].map(([name, pairs]) => [
    name,
    ...names.map((metric) => {
      const { thing, floor, ratio: compared } = compare(pairs[metric]);
      return `${figure(thing)} / ${figure(floor)} = ${ratio(compared)}`;
    }),
  ]);
  return table(['with / without the trail = ratio', ...Object.values(metrics)], rows);
}

interface Seals extends AsyncDisposable {
  /** Resolves when every entry is sealed, so that no seal falls into the other side's turn. */
  settled(): Promise<void>;
}

async function watchSeals({ ownerUrl }: BenchDatabase, tenantId: string): Promise<Seals> {
  const owner = new Client({ connectionString: ownerUrl });
  await owner.connect();
  // The owner is bound by row-level security like everybody else.
  await owner.query(`select set_config('app.tenant_id', $1, false)`, [tenantId]);
  return {
    async settled() {
      const end = Date.now() + 20_000;
      for (;;) {
        const { rowCount } = await owner.query('select from audit_unsealed limit 1');
        if (rowCount === 0) return;
        if (Date.now() > end) throw new Error('Entries were not sealed in 20 s.');
        await new Promise((resolve) => setTimeout(resolve, 50));
      }
    },
    [Symbol.asyncDispose]: () => owner.end(),
  };
}

interface Work {
  asked: readonly Asked[];
  pace: Pace;
}

async function inShortTurns(
  sides: Sides,
  clients: BenchProcess,
  { asked, pace }: Work,
  settled: () => Promise<void>,
): Promise<Record<keyof Sides, Figures>> {
  const tally = { with: newTally(), without: newTally() };
  const size = Math.ceil(asked.length / turns);
  for (let turn = 0; turn < turns; turn += 1) {
    const work = { asked: asked.slice(turn * size, (turn + 1) * size), pace };
    const order = turn % 2 === 0 ? (['with', 'without'] as const) : (['without', 'with'] as const);
    for (const side of order) {
      await count(tally[side], sides[side], clients, work);
      await settled();
    }
  }
  return { with: figuresOf(tally.with), without: figuresOf(tally.without) };
}

const newTally = () => ({ latencies: [] as number[], wallMs: 0, cpuMs: 0 });
type Tally = ReturnType<typeof newTally>;

async function count(tally: Tally, server: BenchProcess, clients: BenchProcess, work: Work): Promise<void> {
  const before = await ask<Probe, 'cpu'>(server.child, 'cpu');
  const { latencies, statuses, wallMs } = await ask<HttpClients, 'burst'>(clients.child, 'burst', {
    url: server.url,
    ...work,
  });
  tally.cpuMs += (await ask<Probe, 'cpu'>(server.child, 'cpu')) - before;
  if (Object.keys(statuses).some((status) => !/^20[01]$/.test(status)))
    throw new Error(`Not everything was answered: ${JSON.stringify(statuses)}.`);
  tally.latencies.push(...latencies);
  tally.wallMs += wallMs;
}

function figuresOf({ latencies, wallMs, cpuMs }: Tally): Figures {
  const { p50, p99 } = spread(latencies);
  return { p50, p99, perSecond: (latencies.length / wallMs) * 1_000, cpu: cpuMs / latencies.length };
}

function keep(
  found: Map<string, Record<keyof Figures, Pair[]>>,
  name: string,
  figures: Record<keyof Sides, Figures>,
): void {
  const pairs = found.get(name) ?? { p50: [], p99: [], perSecond: [], cpu: [] };
  for (const metric of Object.keys(pairs) as (keyof Figures)[])
    pairs[metric].push({ thing: figures.with[metric], floor: figures.without[metric] });
  found.set(name, pairs);
}
