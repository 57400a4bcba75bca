/** People who are signed in, while somebody hammers the login: as fast as without, or not. */
import { openBenchDatabase } from '../database.ts';
import { median, spread } from '../figures.ts';
import type { Asked, HttpClients, HttpResult } from '../http/clients.ts';
import { benchPassword, type CallingClinic, openCallingClinic } from '../http/clinic.ts';
import { ask } from '../process/messages.ts';
import type { Probe } from '../process/probe.ts';
import type { BenchProcess } from '../process/start.ts';
import { startHttpClients, startThing } from '../servers.ts';
import { figure, ratio, table } from '../table.ts';

/** Fewer for a first look. */
const rounds = Number(process.env['BENCH_ROUNDS'] ?? 3);
const seconds = 10;
const perSecond = { me: 50, login: 200 };
const users = 100;

/** Whom the attempts come from and whom they are about. */
const storms = {
  'one address, one account': (clinic, index) => attempt(clinic, 0, '192.0.2.1', index),
  'one address, many accounts': (clinic, index) => attempt(clinic, index, '192.0.2.2', index),
  'a thousand addresses, one account': (clinic, index) => attempt(clinic, 1, address(index), index),
  'a thousand addresses, many accounts': (clinic, index) => attempt(clinic, index, address(index), index),
} as const satisfies Record<string, (clinic: CallingClinic, index: number) => Asked>;

const address = (index: number) => `198.18.${Math.floor((index % 1_000) / 250)}.${(index % 250) + 1}`;

function attempt({ callers, slug }: CallingClinic, who: number, from: string, index: number): Asked {
  // Every tenth account is one that nobody has.
  const email = who % 10 === 9 ? `nobody-${who}@bench.example` : callers[who % users]?.email;
  const body = { email, password: `Wrong-Password-${index}`, tenant: slug };
  return { method: 'POST', path: '/api/v1/auth/login', from, body };
}

export async function reportStorm(say: (line: string) => void): Promise<string> {
  await using database = await openBenchDatabase();
  const clinic = await openCallingClinic(database.appUrl, users, 1);
  await using thing = await startThing(database, { RATE_LIMITS: 'on', TRUST_PROXY: '1' });
  await using people = await startHttpClients();
  await using attackers = await startHttpClients();
  await database.analyze();
  const idle: Seen[] = [];
  const stormy = new Map<string, { people: Seen; attackers: HttpResult }[]>();
  const lookAtMe = async (part: number): Promise<Seen> => {
    const before = await ask<Probe, 'mainCpu'>(thing.child, 'mainCpu');
    const result = await burst(people, thing, meOf(clinic, part), perSecond.me);
    return { ...result, busyMs: (await ask<Probe, 'mainCpu'>(thing.child, 'mainCpu')) - before };
  };
  let part = 0;
  await lookAtMe(part++);
  for (let round = 1; round <= rounds; round += 1) {
    for (const [name, make] of Object.entries(storms)) {
      idle.push(await lookAtMe(part++));
      const first = part * 10_000;
      const attempts = Array.from({ length: perSecond.login * seconds }, (_, n) => make(clinic, first + n));
      const [seen, done] = await Promise.all([lookAtMe(part++), burst(attackers, thing, attempts, perSecond.login)]);
      stormy.set(name, [...(stormy.get(name) ?? []), { people: seen, attackers: done }]);
      say(`round ${round} of ${rounds}: ${name}`);
    }
  }
  const signIn = await ask<HttpClients, 'once'>(people.child, 'once', {
    url: thing.url,
    asked: {
      method: 'POST',
      path: '/api/v1/auth/login',
      from: '203.0.113.77',
      body: { email: clinic.callers[1]?.email, password: benchPassword, tenant: clinic.slug },
    },
  });
  say(`the owner of the account that was attacked signs in from elsewhere afterwards: ${signIn.status}`);
  return tableOf(idle, stormy);
}

/** Within everybody's own limits: each user from an address of their own. */
function meOf({ callers }: CallingClinic, part: number): Asked[] {
  return Array.from({ length: perSecond.me * seconds }, (_, index) => {
    const caller = callers[(index + part) % callers.length];
    if (!caller) throw new Error('There is no such caller.');
    return { method: 'GET', path: '/api/v1/auth/me', token: caller.token, from: caller.from };
  });
}

function burst(clients: BenchProcess, { url }: BenchProcess, asked: readonly Asked[], rate: number) {
  return ask<HttpClients, 'burst'>(clients.child, 'burst', { url, asked, pace: { perSecond: rate } });
}

/** With the time of the processor that the server's main thread took meanwhile. */
interface Seen extends HttpResult {
  busyMs: number;
}

function tableOf(idle: readonly Seen[], stormy: Map<string, { people: Seen; attackers: HttpResult }[]>) {
  const busy = (results: readonly Seen[]) => median(results.map(({ busyMs, wallMs }) => (100 * busyMs) / wallMs));
  const of = (results: readonly HttpResult[], which: 'p50' | 'p99') =>
    median(results.map(({ latencies }) => spread(latencies)[which]));
  const [calm50, calm99] = [of(idle, 'p50'), of(idle, 'p99')];
  const rows = [...stormy].map(([name, results]) => {
    const seen = results.map(({ people }) => people);
    const fine = seen.every(({ statuses }) => Object.keys(statuses).join() === '200');
    const [p50, p99] = [of(seen, 'p50'), of(seen, 'p99')];
    const refused = results.map(({ attackers }) => attackers);
    return [
      name,
      `${figure(p50)} / ${figure(calm50)} = ${ratio(p50 / calm50)}`,
      `${figure(p99)} / ${figure(calm99)} = ${ratio(p99 / calm99)}`,
      fine ? 'all 200' : 'not all 200',
      Object.entries(statusesOf(refused))
        .map(([status, count]) => `${status}: ${count}`)
        .join(', '),
      figure(of(refused, 'p50')),
      `${figure(busy(seen))} / ${figure(busy(idle))}`,
    ];
  });
  const head = [
    '200 logins/s from',
    'me p50 storm / idle ms',
    'me p99 storm / idle ms',
    'me',
    'logins answered',
    'login p50 ms',
    'main thread busy %, storm / idle',
  ];
  return table(head, rows);
}

function statusesOf(results: readonly HttpResult[]): Record<string, number> {
  const all: Record<string, number> = {};
  for (const { statuses } of results)
    for (const [status, count] of Object.entries(statuses)) all[status] = (all[status] ?? 0) + count;
  return all;
}
