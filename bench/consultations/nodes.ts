/**
 * The same load on one node and on two behind a balancer that spreads connections evenly, each with a PostgreSQL of its own:
 * what the second node costs. A quarter of the consultations has both people on the one, a quarter both on the other, half one
 * on each.
 */

import { clusterEnv } from '../../tests/support/cluster.ts';
import { startRedis } from '../../tests/support/redis.ts';
import { until } from '../../tests/support/until.ts';
import { type BenchClinic, openClinic } from '../clinic.ts';
import { type BenchDatabase, openBenchDatabase } from '../database.ts';
import { median, spread } from '../figures.ts';
import { ask } from '../process/messages.ts';
import type { BenchProcess } from '../process/start.ts';
import { startCrowd, startThing } from '../servers.ts';
import { figure, table } from '../table.ts';
import { type Cost, difference, each, type Meter, openMeter, parts, total } from './costs.ts';
import type { Crowd, Visit } from './crowd.ts';

/** Fewer for a first look. */
const rounds = Number(process.env['BENCH_ROUNDS'] ?? 4);
/** So many begin and end in a second, as chance will have it, beside those that go on. */
const perSecond = 12;
const visitsOfTurn = 180;
const standing = 100;
/** For each node, of as many consultations as there are couples. */
const warmUps = 2;
const idleSeconds = 2;
const idleLooks = 5;

/** A set of servers that share one database, and the people in it. */
export interface Site {
  nodes: readonly BenchProcess[];
  database: BenchDatabase;
  clinic: BenchClinic;
  crowd: BenchProcess;
  meter: Meter;
}

interface Turn {
  cost: Cost;
  /** Over Redis, in all. */
  messages: number;
  visits: number;
  /** Milliseconds, of each call. */
  latencies: Record<string, number[]>;
}

export async function reportNodes(say: (line: string) => void): Promise<string> {
  await using stack = new AsyncDisposableStack();
  const sites = {
    one: await openSite(stack, 1, visitsOfTurn + standing),
    two: await openSite(stack, 2, visitsOfTurn + standing),
  };
  for (const site of Object.values(sites)) await warmUp(site);
  const idle = { one: await idleCost(sites.one), two: await idleCost(sites.two) };
  const turns: Record<keyof typeof sites, Turn>[] = [];
  for (let round = 0; round <= rounds; round += 1) {
    const early = round % 2 === 0 ? ('one' as const) : ('two' as const);
    const found: Partial<Record<keyof typeof sites, Turn>> = {};
    for (const name of [early, early === 'one' ? ('two' as const) : ('one' as const)]) {
      found[name] = await turnOf(sites[name]);
    }
    const { one, two } = found;
    if (!one || !two) throw new Error('A turn is missing.');
    // The first round warms both up.
    if (round > 0) turns.push({ one, two });
    say(round === 0 ? 'warmed up' : `round ${round} of ${rounds}: ${figure(total(two.cost) / total(one.cost))}`);
  }
  return [costs(turns, idle), latencies(turns)].join('\n\n');
}

/** So long a doctor may be away before the consultation ends. */
const graceful = { doctorGraceSeconds: 120 };

export async function openSite(stack: AsyncDisposableStack, size: number, couples: number): Promise<Site> {
  const database = stack.use(await openBenchDatabase());
  const clinic = stack.use(await openClinic(database.appUrl, couples, graceful));
  const redis = size > 1 ? stack.use(await startRedis()) : undefined;
  const env = redis ? clusterEnv(redis, 'sfu') : { MEDIA_ENGINE: 'sfu', MEDIA_PORT: '0' };
  const nodes: BenchProcess[] = [];
  for (let index = 0; index < size; index += 1) nodes.push(stack.use(await startThing(database, env)));
  for (const node of nodes) await until('the nodes hear each other', async () => (await peersOf(node)) === size - 1);
  const crowd = stack.use(await startCrowd());
  const meter = stack.use(await openMeter(database, nodes, redis?.url));
  await database.analyze();
  return { nodes, database, clinic, crowd, meter };
}

async function peersOf({ url }: BenchProcess): Promise<number> {
  const text = await (await fetch(`${url}/metrics`)).text();
  return Number(/^housecall_peers(?:\{[^}]*\})? (\d+)/m.exec(text)?.[1] ?? Number.NaN);
}

/** Each node compiles what it does often; two at the same load would be at it for twice as long. */
async function warmUp({ nodes, database, clinic, crowd }: Site): Promise<void> {
  for (let turn = 0; turn < nodes.length * warmUps; turn += 1) {
    const visits = spreadOver(nodes, clinic, await clinic.schedule());
    await ask<Crowd, 'live'>(crowd.child, 'live', { visits, pace: { inFlight: 16 }, withMedia: true });
    await database.settled();
  }
}

/** Of nodes that nobody uses, in a second: the median of a few, since PostgreSQL tidies up in some what went before. */
async function idleCost({ meter }: Site): Promise<Cost> {
  const found: Cost[] = [];
  for (let count = 0; count < idleLooks; count += 1) {
    const [before, began] = [await meter.read(), performance.now()];
    await new Promise((resolve) => setTimeout(resolve, idleSeconds * 1_000));
    found.push(each(difference(await meter.read(), before), (performance.now() - began) / 1_000));
  }
  const middle = (part: keyof Cost) => median(found.map((cost) => cost[part]));
  return { node: middle('node'), media: middle('media'), postgres: middle('postgres'), redis: middle('redis') };
}

/** Consultations that go on, and others that begin and end meanwhile. */
async function turnOf({ nodes, database, clinic, crowd, meter }: Site): Promise<Turn> {
  const all = spreadOver(nodes, clinic, await clinic.schedule());
  await ask<Crowd, 'enter'>(crowd.child, 'enter', { visits: all.slice(visitsOfTurn), withMedia: true });
  await database.settled();
  const [before, said] = [await meter.read(), await meter.published()];
  await ask<Crowd, 'talk'>(crowd.child, 'talk');
  const visits = all.slice(0, visitsOfTurn);
  const lives = { visits, pace: { perSecond }, withMedia: true };
  const { latencies } = await ask<Crowd, 'live'>(crowd.child, 'live', lives);
  const { failed } = await ask<Crowd, 'hush'>(crowd.child, 'hush');
  await database.settled();
  const cost = difference(await meter.read(), before);
  const messages = (await meter.published()) - said;
  await ask<Crowd, 'leave'>(crowd.child, 'leave');
  if (failed > 0) throw new Error(`${failed} calls of those who talked failed.`);
  return { cost, messages, visits: visits.length, latencies };
}

export function spreadOver(nodes: readonly BenchProcess[], { couples }: BenchClinic, ids: readonly string[]): Visit[] {
  const urlAt = (place: number) => nodes[place % nodes.length]?.url ?? '';
  return couples.map(({ doctorToken, patientToken }, index) => ({
    meetingId: ids[index] ?? '',
    doctor: { url: urlAt(index), token: doctorToken },
    patient: { url: urlAt(Math.floor(index / 2)), token: patientToken },
  }));
}

const partNames: Record<keyof Cost, string> = {
  node: 'Node',
  media: 'media workers',
  postgres: 'PostgreSQL',
  redis: 'Redis',
};

function costs(turns: readonly Record<'one' | 'two', Turn>[], idle: Record<'one' | 'two', Cost>): string {
  const of = (name: 'one' | 'two', read: (cost: Cost) => number) =>
    median(turns.map((turn) => read(each(turn[name].cost, turn[name].visits))));
  const row = (words: string, read: (cost: Cost) => number): string[] => {
    const more = turns.map(({ one, two }) => (read(two.cost) / read(one.cost) - 1) * 100);
    const known = more.every(Number.isFinite);
    const overhead = known
      ? `${median(more).toFixed(0)} % (${Math.min(...more).toFixed(0)} to ${Math.max(...more).toFixed(0)})`
      : '';
    const atRest = [idle.one, idle.two].map((cost) => figure(read(cost)));
    return [words, figure(of('one', read)), figure(of('two', read)), overhead, ...atRest];
  };
  const rows = [...parts.map((part) => row(partNames[part], (cost) => cost[part])), row('all', total)];
  const head = [
    `CPU ms a consultation, ${perSecond} a second beside ${standing}`,
    'one node',
    'two nodes',
    'more',
    'one at rest, ms/s',
    'two at rest, ms/s',
  ];
  const messages = median(turns.map(({ two }) => two.messages / two.visits));
  return `${table(head, rows)}\n\nMessages over Redis a consultation, beats included: ${figure(messages)}.`;
}

function latencies(turns: readonly Record<'one' | 'two', Turn>[]): string {
  const steps = ['connect', 'meeting:wait', 'meeting:start', 'meeting:join', 'media', 'meeting:end'];
  const rows = steps.map((step) => {
    const found = (['one', 'two'] as const).map((name) =>
      spread(turns.flatMap((turn) => turn[name].latencies[step] ?? [])),
    );
    return [step, ...found.flatMap(({ p50, p99 }) => [figure(p50), figure(p99)])];
  });
  return table(['ms', 'one node p50', 'p99', 'two nodes p50', 'p99'], rows);
}
