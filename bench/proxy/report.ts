/**
 * The Caddyfiles of deploy/ in front of real nodes: who gets through which way, with the balancer's cookie and without, and for
 * how long somebody has no seat when a node behind it stops or is killed.
 */
import { spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { clusterEnv } from '../../tests/support/cluster.ts';
import { freePort } from '../../tests/support/process.ts';
import { startRedis } from '../../tests/support/redis.ts';
import { until } from '../../tests/support/until.ts';
import { type BenchClinic, openClinic } from '../clinic.ts';
import { type BenchDatabase, openBenchDatabase } from '../database.ts';
import { spread } from '../figures.ts';
import type { BenchProcess } from '../process/start.ts';
import { startThing } from '../servers.ts';
import { figure, table } from '../table.ts';
import { type Caddy, caddyProgram, startCaddy } from './caddy.ts';
import { begin, comeBack, end, type Kind, kinds, losesSeat, type Sitting, write } from './people.ts';

const couples = 24;
const graceful = { doctorGraceSeconds: 120 };
/** Those that can be relied on. */
const sound: readonly Kind[] = (Object.keys(kinds) as Kind[]).filter((kind) => kind !== 'long polling, no cookie');

interface Site {
  database: BenchDatabase;
  clinic: BenchClinic;
  start(roles: string, port?: string): Promise<BenchProcess>;
}

export async function reportProxy(say: (line: string) => void): Promise<string> {
  if (spawnSync(caddyProgram, ['version']).error)
    return 'Not measured: there is no caddy here. CADDY says where one is.';
  await using stack = new AsyncDisposableStack();
  const database = stack.use(await openBenchDatabase());
  const clinic = stack.use(await openClinic(database.appUrl, couples, graceful));
  const env = { ...clusterEnv(stack.use(await startRedis()), 'sfu'), TRUST_PROXY: '1' };
  const start = async (roles: string, port?: string) =>
    stack.use(await startThing(database, { ...env, ROLES: roles, ...(port !== undefined && { PORT: port }) }));
  const site: Site = { database, clinic, start };
  const whole = await behindOne(site, say);
  const split = await behindRoles(site, say);
  return [whole, split].join('\n\n');
}

/** deploy/caddy/Caddyfile: two nodes that do everything. */
async function behindOne(site: Site, say: (line: string) => void): Promise<string> {
  const all = 'api,signaling,worker';
  const ports = [String(await freePort()), String(await freePort())] as const;
  const nodes = [await site.start(all, ports[0]), await site.start(all, ports[1])];
  const [first, second] = nodes.map(({ url }) => url);
  await using caddy = await startCaddy('Caddyfile', { 'housecall-1': first ?? '', 'housecall-2': second ?? '' });
  await lookAround(caddy, site.clinic);
  const passed = await passages(caddy, site.clinic);
  say(passed);
  const rows: string[][] = [];
  for (const [index, signal] of (['SIGTERM', 'SIGKILL'] as const).entries()) {
    const node = nodes[index];
    if (!node) throw new Error('There is no such node.');
    rows.push(...(await lose(caddy, site, node, signal)));
    // Behind the same name again, as a restarted container is.
    nodes[index] = await site.start(all, ports[index]);
    await until('Caddy has found it', () => areBothUsed(caddy, site.clinic), 30_000, 500);
  }
  const head = ['two nodes behind Caddy', 'people', 'p50 s', 'longest s', 'consultations that go on'];
  await Promise.all(nodes.map((node) => node[Symbol.asyncDispose]()));
  return [passed, table(head, rows)].join('\n\n');
}

/** deploy/caddy/roles.Caddyfile: sockets here, REST there. */
async function behindRoles(site: Site, say: (line: string) => void): Promise<string> {
  await using stack = new AsyncDisposableStack();
  const start = async (roles: string) => stack.use(await site.start(roles)).url;
  await using caddy = await startCaddy('roles.Caddyfile', {
    'signaling-1': await start('signaling'),
    'signaling-2': await start('signaling'),
    'api-1': await start('api'),
    'api-2': await start('api,worker'),
  });
  await lookAround(caddy, site.clinic);
  const passed = await passages(caddy, site.clinic);
  say(passed);
  return passed;
}

/** Throws when what people come for is not there, or what is not for them is. */
async function lookAround({ url, plainUrl }: Caddy, clinic: BenchClinic): Promise<void> {
  const headers = { authorization: `Bearer ${await clinic.staffToken()}` };
  const wanted = { '/': 200, '/docs': 200, '/api/v1/meetings': 200, '/metrics': 404, '/api/v1/internal/nodes': 404 };
  for (const [path, status] of Object.entries(wanted)) {
    const answer = await fetch(`${url}${path}`, { headers });
    const text = await answer.text();
    if (answer.status !== status) throw new Error(`${path} was answered ${answer.status}, not ${status}.`);
    if (status === 404 && text !== '') throw new Error(`${path} was asked of a node.`);
  }
  const { status, headers: answered } = await fetch(plainUrl, { redirect: 'manual' });
  if (status !== 308 || !answered.get('location')?.startsWith('https:')) throw new Error('Plain HTTP is not led away.');
}

/** How many whole visits came to their end, each way. */
async function passages({ url }: Caddy, clinic: BenchClinic): Promise<string> {
  const rows: string[][] = [];
  for (const kind of Object.keys(kinds) as Kind[]) {
    const ids = await clinic.schedule();
    const visits = clinic.couples.map((couple, index) => begin(url, kind, couple, ids[index] ?? '').then(end));
    const ends = await Promise.allSettled(visits);
    const why = ends.flatMap((one) => (one.status === 'rejected' ? [String(one.reason)] : []));
    const done = ends.length - why.length;
    if (done < couples && sound.includes(kind))
      throw new Error(`${kind}: ${done} of ${couples} visits. ${[...new Set(why)].join(' ')}`);
    rows.push([kind, `${done} of ${couples}`]);
  }
  return table(['way', 'whole visits'], rows);
}

async function lose(caddy: Caddy, { clinic }: Site, node: BenchProcess, signal: NodeJS.Signals): Promise<string[][]> {
  const ids = await clinic.schedule();
  const sittings = await Promise.all(
    clinic.couples.map((couple, index) =>
      begin(caddy.url, sound[index % sound.length] ?? 'WebSocket, no cookie', couple, ids[index] ?? ''),
    ),
  );
  const began = performance.now();
  const coming: Promise<void>[] = [];
  const times: { kind: Kind; ms: number }[] = [];
  for (const seat of sittings.flatMap(({ doctor, patient }) => [doctor, patient])) {
    const back = async () => {
      await comeBack(seat);
      times.push({ kind: seat.kind, ms: performance.now() - began });
    };
    void losesSeat(seat).then(() => coming.push(back()));
  }
  const gone = once(node.child, 'exit');
  node.child.kill(signal);
  await gone;
  // Long polling notices by its next question.
  await until('those of a node are back', () => coming.length > 0 && coming.length === times.length, 60_000, 500);
  await Promise.all(coming);
  const alive = await Promise.all(sittings.map((sitting) => goesOn(sitting)));
  await Promise.all(sittings.map(end));
  return sound.map((kind) => {
    const own = times.filter((time) => time.kind === kind).map(({ ms }) => ms / 1_000);
    const ofKind = alive.filter((_, index) => sound[index % sound.length] === kind);
    const figures = own.length === 0 ? ['', ''] : [figure(spread(own).p50), figure(Math.max(...own))];
    return [
      `${signal}: ${kind}`,
      String(own.length),
      ...figures,
      `${ofKind.filter(Boolean).length} of ${ofKind.length}`,
    ];
  });
}

const goesOn = (sitting: Sitting): Promise<boolean> =>
  write(sitting).then(
    () => true,
    () => false,
  );

async function areBothUsed({ url }: Caddy, clinic: BenchClinic): Promise<boolean> {
  const headers = { authorization: `Bearer ${await clinic.staffToken()}` };
  const cookies = new Set<string>();
  for (let asked = 0; asked < 20; asked += 1) {
    const answer = await fetch(`${url}/api/v1/meetings?limit=1`, { headers });
    for (const cookie of answer.headers.getSetCookie()) cookies.add(cookie);
  }
  return cookies.size > 1;
}
