/** What Prometheus gets to see, who may see it, and that nobody can be found in it. */
import { randomUUID } from 'node:crypto';
import { request } from 'node:http';
import { connect } from 'node:net';
import { text } from 'node:stream/consumers';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { callErrorCodes, calls } from '../../signaling/protocol/index.ts';
import { transactionKinds } from '../../src/platform/db/measured.ts';
import { errorCatalogue } from '../../src/platform/errors.ts';
import { policies } from '../../src/platform/http/rate-limit.ts';
import { createMetrics } from '../../src/platform/telemetry/metrics.ts';
import { type LiveServer, startLive } from '../support/live.ts';
import { call } from '../support/serve-app.ts';
import { SocketClient } from '../support/socket-client.ts';
import { type TestTenant, testPassword } from '../support/tenant.ts';
import { until } from '../support/until.ts';

const token = 'a metrics token for tests, of no use to anybody';
const mark = `mark-${randomUUID()}`;

let live: LiveServer;
let tenant: TestTenant;

beforeAll(async () => {
  live = await startLive({ env: { METRICS_TOKEN: token, RATE_LIMITS: 'on' } });
  tenant = await live.tenant({ names: { patient: `Patient ${mark}` } });
});
afterAll(() => live[Symbol.asyncDispose]());

interface Sample {
  name: string;
  labels: Record<string, string>;
  value: number;
}

function parse(text: string): Sample[] {
  return text
    .split('\n')
    .filter((line) => line !== '' && !line.startsWith('#'))
    .map((line) => {
      const [, name = '', labels = '', value = ''] = /^([A-Za-z_:][\w:]*)(?:\{(.*)\})? (\S+)/.exec(line) ?? [];
      const pairs = [...labels.matchAll(/(\w+)="((?:[^"\\]|\\.)*)"/g)].map(([, key = '', text = '']) => [key, text]);
      return { name, labels: Object.fromEntries(pairs) as Record<string, string>, value: Number(value) };
    });
}

const scrape = async () => {
  const answer = await fetch(`${live.url}/metrics`);
  return parse(await answer.text());
};

/** The sum of all samples of this name whose labels are these. */
const sum = async (name: string, labels: Record<string, string> = {}) =>
  (await scrape())
    .filter((one) => one.name === name && Object.entries(labels).every(([key, value]) => one.labels[key] === value))
    .reduce((total, { value }) => total + value, 0);

describe('who may see it', () => {
  const ask = (headers: Record<string, string>, from = live.url) => call(`${from}/metrics`, 'GET', { headers });

  test('this machine, without a credential', async () => {
    const answer = await ask({});
    expect(answer.status).toBe(200);
    expect(answer.headers.get('content-type')).toMatch(/^text\/plain; version=0\.0\.4/);
    expect(answer.headers.get('cache-control')).toBe('no-store');
  });

  test.each(['x-forwarded-for', 'forwarded', 'x-real-ip', 'via', 'x-forwarded-host', 'x-forwarded-proto'])(
    'not who comes through a proxy (%s), unless with the token',
    async (field) => {
      expect((await ask({ [field]: '203.0.113.9' })).status).toBe(401);
      expect((await ask({ [field]: '203.0.113.9', authorization: `Bearer ${token}` })).status).toBe(200);
      expect((await ask({ [field]: '203.0.113.9', authorization: `Bearer ${token}x` })).status).toBe(401);
      expect((await ask({ [field]: '203.0.113.9', authorization: `Basic ${token}` })).status).toBe(401);
    },
  );

  test('not a foreign page in a browser here, which comes under a name of its own', async () => {
    const { port } = new URL(live.url);
    const status = await new Promise((resolve, reject) => {
      request({ host: '127.0.0.1', port, path: '/metrics', headers: { host: `evil.example:${port}` } }, (answer) => {
        answer.resume();
        resolve(answer.statusCode);
      })
        .on('error', reject)
        .end();
    });
    expect(status).toBe(401);
  });

  test('not what a proxy here passes on without a word, as nginx does: HTTP/1.0 under our own name', async () => {
    const { host, port } = new URL(live.url);
    const socket = connect(Number(port), '127.0.0.1');
    socket.write(`GET /metrics HTTP/1.0\r\nHost: ${host}\r\nConnection: close\r\n\r\n`);
    expect(await text(socket)).toMatch(/^HTTP\/1\.1 401 /);
  });

  test('nobody elsewhere where there is no token, nor is it said that there is something', async () => {
    await using closed = await startLive({ db: live.db });
    const answer = await ask({ 'x-forwarded-for': '203.0.113.9', authorization: 'Bearer ' }, closed.url);
    expect(answer).toMatchObject({ status: 404 });
  });

  test('nobody with an access token of ours', async () => {
    const own = await tenant.token('admin');
    expect((await ask({ via: '1.1 x', authorization: `Bearer ${own}` })).status).toBe(401);
  });
});

describe('what it counts', () => {
  test('requests by pattern, method and kind of answer', async () => {
    const name = 'housecall_http_request_duration_seconds_count';
    const labels = { method: 'GET', route: '/meetings/:id', status: '4xx' };
    const before = await sum(name, labels);
    await live.rest(tenant, 'doctor', 'GET', `/meetings/${randomUUID()}`);
    await live.rest(tenant, 'doctor', 'GET', `/meetings/${mark}`);
    expect(await sum(name, labels)).toBe(before + 2);
    expect(await sum(name, { route: 'none', status: '4xx' })).toBeGreaterThan(0);
  });

  test('sign-ins by what came of them', async () => {
    const attempt = (password: string) =>
      call(`${live.url}/api/v1/auth/login`, 'POST', {
        body: { email: tenant.users.patient.email, password, tenant: tenant.slug },
      });
    const before = await sum('housecall_logins_total');
    await attempt(testPassword);
    await attempt('wrong');
    expect(await sum('housecall_logins_total', { result: 'success' })).toBeGreaterThan(0);
    expect(await sum('housecall_logins_total', { result: 'INVALID_CREDENTIALS' })).toBeGreaterThan(0);
    expect(await sum('housecall_logins_total')).toBe(before + 2);
  });

  test('limits that were hit', async () => {
    const forgotten = { body: { email: `${mark}@x.example`, password: 'x', tenant: tenant.slug } };
    for (let round = 0; round < 130; round += 1) {
      if ((await call(`${live.url}/api/v1/auth/login`, 'POST', forgotten)).status === 429) break;
    }
    expect(await sum('housecall_limit_hits_total')).toBeGreaterThan(0);
  });

  test('sockets, calls, rooms, who sits in them, and what happens to meetings', async () => {
    const meeting = await live.meeting(tenant);
    const before = await sum('housecall_meeting_transitions_total', { transition: 'started' });
    await using doctor = await live.socket(tenant, 'doctor');
    await doctor.call('meeting:start', { meetingId: meeting.id });
    expect(await sum('housecall_sockets')).toBe(1);
    expect(await sum('housecall_rooms')).toBe(1);
    expect(await sum('housecall_participants')).toBe(1);
    const started = 'housecall_socket_call_duration_seconds_count';
    expect(await sum(started, { call: 'meeting:start', code: 'OK' })).toBeGreaterThan(0);
    (doctor.socket as { emit(name: string, payload: unknown): unknown }).emit(mark, {});
    await until('the unknown call is counted', async () => (await sum(started, { call: 'unknown' })) > 0);
    await until('the start is told', async () => {
      const now = await sum('housecall_meeting_transitions_total', { transition: 'started' });
      return now === before + 1;
    });
    await doctor.call('meeting:end', {});
    await until('the end is told', () =>
      sum('housecall_meeting_transitions_total', { transition: 'ended', end_reason: 'doctor_ended' }),
    );
    expect(await sum('housecall_rooms')).toBe(0);
  });

  test('transactions, connections, the outbox, what is overdue, and the process itself', async () => {
    expect(await sum('housecall_db_transaction_duration_seconds_count', { result: 'kept' })).toBeGreaterThan(0);
    expect(await sum('housecall_db_connections', { state: 'total' })).toBeGreaterThan(0);
    expect(await sum('housecall_db_quick_connections', { state: 'total' })).toBeGreaterThan(0);
    const names = new Set((await scrape()).map(({ name }) => name));
    for (const name of [
      'housecall_outbox_facts',
      'housecall_outbox_lag_seconds',
      'housecall_meeting_deadline_lag_seconds',
      'housecall_mails',
      'housecall_mail_lag_seconds',
      'housecall_media_workers',
      'nodejs_eventloop_lag_p99_seconds',
      'nodejs_gc_duration_seconds_count',
      'process_resident_memory_bytes',
    ])
      expect(names).toContain(name);
  });

  test('how far the outbox and the clock are behind', async () => {
    const id = randomUUID();
    const late = await live.meeting(tenant);
    await live.db.sql("update meeting set next_deadline_at = now() - interval '90 s' where id = $1", [late.id]);
    await live.db.sql(
      `insert into outbox (id, tenant_id, topic, key, payload, attempts, created_at, available_at)
       values ($1, $2, 'nothing.known', $1, '{}', 3, now() - interval '120 s', now() + interval '60 s')`,
      [id, tenant.id],
    );
    expect(await sum('housecall_outbox_lag_seconds')).toBeGreaterThanOrEqual(120);
    expect(await sum('housecall_outbox_facts', { state: 'retried' })).toBeGreaterThanOrEqual(1);
    await live.db.sql('delete from outbox where id = $1', [id]);
  });
});

test('every label has a value of a closed list, and nothing of anybody is in it', async () => {
  await using patient = await SocketClient.connect(live.url, await tenant.token('patient'));
  await patient.ask('meeting:wait', { meetingId: randomUUID() });
  await call(`${live.url}/api/v1/${mark}`, 'GET');
  await call(`${live.url}/${mark}`, 'GET');
  const text = await (await fetch(`${live.url}/metrics`)).text();
  for (const secret of [mark, tenant.id, tenant.patientId, tenant.users.patient.id, tenant.slug, '127.0.0.1'])
    expect(text).not.toContain(secret);

  const codes = [...Object.keys(errorCatalogue), ...callErrorCodes];
  const lists: Record<string, readonly string[]> = {
    route: [...live.server.routes.map(({ path }) => path), '/openapi.json', 'none'],
    method: ['GET', 'HEAD', 'POST', 'PUT', 'PATCH', 'DELETE', 'OPTIONS'],
    status: ['1xx', '2xx', '3xx', '4xx', '5xx'],
    call: [...Object.keys(calls), 'unknown'],
    code: [...codes, 'OK'],
    limit: [...Object.values(policies).map(({ name }) => name), 'guesses'],
    result: [...codes, 'success', 'kept', 'failed'],
    kind: [...transactionKinds, 'major', 'minor', 'incremental', 'weakcb'],
    transition: ['started', 'joined', 'returned', 'left', 'dropped', 'ended', 'queue'],
    end_reason: [
      'none',
      'doctor_ended',
      'doctor_disconnected',
      'patient_timeout',
      'cancelled',
      'no_show',
      'admin_ended',
      'max_duration',
    ],
    state: ['total', 'idle', 'waiting', 'retried', 'given_up', 'running', 'starting'],
    source: [
      'housecall_outbox_facts',
      'housecall_outbox_lag_seconds',
      'housecall_meeting_deadline_lag_seconds',
      'housecall_mails',
      'housecall_mail_lag_seconds',
    ],
  };
  const samples = parse(text);
  expect(samples.length).toBeGreaterThan(100);
  const strange = samples
    .filter(({ name }) => name.startsWith('housecall_') || name.includes('gc_duration'))
    .flatMap(({ name, labels }) => Object.entries(labels).map(([label, value]) => ({ name, label, value })))
    .filter(({ label, value }) => label !== 'le' && !lists[label]?.includes(value));
  expect(strange).toEqual([]);
});

test('a value that cannot be looked up is left out and counted, and keeps nothing else away', async () => {
  const metrics = createMetrics();
  try {
    metrics.gauge('a_good_one', 'Is there.', () => 1);
    metrics.gauge('a_bad_one', 'Is not there.', () => Promise.reject(new Error('down')));
    const samples = parse(`${await metrics.text()}\n${await metrics.text()}`);
    expect(samples).toContainEqual({ name: 'a_good_one', labels: {}, value: 1 });
    expect(samples.filter(({ name }) => name === 'a_bad_one')).toEqual([]);
    expect(samples).toContainEqual({
      name: 'housecall_metrics_failures_total',
      labels: { source: 'a_bad_one' },
      value: 1,
    });
  } finally {
    metrics.close();
  }
});
