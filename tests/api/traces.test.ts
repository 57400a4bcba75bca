/** What a collector gets to see: the parts of a request, of a call and of what follows from them, and nothing of anybody. */
import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { compose } from '../../src/compose.ts';
import { loadConfig } from '../../src/platform/config.ts';
import { type LiveServer, startLive } from '../support/live.ts';
import { startMailServer } from '../support/mail-server.ts';
import { type OtlpReceiver, type ReceivedSpan, startOtlpReceiver } from '../support/otlp-receiver.ts';
import { startPortal } from '../support/portal.ts';
import { call, memoryLogger } from '../support/serve-app.ts';
import { type TestTenant, testJwt } from '../support/tenant.ts';
import { until } from '../support/until.ts';

const [server, client, consumer] = [2, 3, 5];
/** Soon enough to wait for, and late enough that several go together. */
const traceDelayMs = 50;

let receiver: OtlpReceiver;
let live: LiveServer;
let tenant: TestTenant;
const mark = `mark-${randomUUID()}`;

beforeAll(async () => {
  receiver = await startOtlpReceiver();
  live = await startLive({ env: { OTEL_EXPORTER_OTLP_ENDPOINT: receiver.endpoint }, traceDelayMs });
  tenant = await live.tenant({ names: { doctor: `Dr ${mark}`, patient: `Patient ${mark}` } });
});
afterAll(async () => {
  await live[Symbol.asyncDispose]();
  await receiver[Symbol.asyncDispose]();
});

const parent = () => {
  const traceId = randomUUID().replaceAll('-', '');
  const spanId = 'b7ad6b7169203331';
  return { traceId, spanId, field: `00-${traceId}-${spanId}-01` };
};
const of = (traceId: string) => receiver.spans.filter((span) => span.traceId === traceId);
const find = (what: string, fits: (span: ReceivedSpan) => boolean) => until(what, () => receiver.spans.find(fits));

test('a request goes on with the caller’s trace, with the transaction that served it', async () => {
  const { traceId, spanId, field } = parent();
  const token = await tenant.token('doctor');
  const answer = await call(`${live.url}/api/v1/auth/me`, 'GET', { token, headers: { traceparent: field } });
  const span = await find('the request’s span', (one) => one.traceId === traceId && one.kind === server);
  expect(span).toMatchObject({ name: 'GET /auth/me', parentSpanId: spanId });
  expect(span.attributes).toEqual({
    'http.route': '/auth/me',
    'http.request.method': 'GET',
    'http.response.status_code': 200,
    'housecall.request_id': answer.headers.get('x-request-id'),
  });
  const transaction = of(traceId).find(({ kind }) => kind === client);
  expect(transaction).toMatchObject({ parentSpanId: span.spanId, attributes: { 'db.system.name': 'postgresql' } });
  expect(transaction?.name).toMatch(/^transaction (run|read|decide)$/);
});

test('a refusal is named by its code and is no failure of ours', async () => {
  const { traceId, field } = parent();
  await call(`${live.url}/api/v1/meetings/${randomUUID()}`, 'GET', {
    token: await tenant.token('doctor'),
    headers: { traceparent: field },
  });
  const span = await find('the refusal', (one) => one.traceId === traceId && one.kind === server);
  expect(span).toMatchObject({ name: 'GET /meetings/:id', attributes: { 'error.type': 'MEETING_NOT_FOUND' } });
  expect(span.status?.code ?? 0).toBe(0);
});

test('what is appended to the outbox is told in the same trace', async () => {
  const { traceId, field } = parent();
  const { doctorId, patientId } = tenant;
  const made = await call(`${live.url}/api/v1/meetings`, 'POST', {
    token: await tenant.token('admin'),
    headers: { traceparent: field },
    body: { doctorId, patientId, scheduledAt: live.clock.now().toISOString(), reason: mark },
  });
  expect(made.status).toBe(201);
  const told = await find('the fact', (one) => one.traceId === traceId && one.kind === consumer);
  expect(told.name).toBe('fact meeting.changed');
  expect(of(traceId).map(({ spanId }) => spanId)).toContain(told.parentSpanId);
});

test('a socket call is a trace of its own, with its transaction and what follows', async () => {
  const meeting = await live.meeting(tenant);
  await using doctor = await live.socket(tenant, 'doctor');
  await doctor.call('meeting:start', { meetingId: meeting.id });
  await doctor.call('chat:send', { text: mark, clientId: '1' });
  const span = await find('the call', ({ name }) => name === 'call meeting:start');
  expect(span).toMatchObject({ kind: server });
  await until('what follows', () => of(span.traceId).some(({ kind }) => kind === consumer));
  expect(
    of(span.traceId).some(({ name, parentSpanId }) => name.startsWith('transaction ') && parentSpanId === span.spanId),
  ).toBe(true);
  await find('the chat', ({ name }) => name === 'call chat:send');
});

test('a call to somebody else is a part of the trace, says what for and not where', async () => {
  await using portal = await startPortal();
  await using trusting = await startLive({
    db: live.db,
    traceDelayMs,
    env: {
      OTEL_EXPORTER_OTLP_ENDPOINT: receiver.endpoint,
      TRUSTED_ISSUERS: JSON.stringify([portal.trusted(tenant.slug)]),
    },
  });
  const { traceId, field } = parent();
  const token = await portal.token({ sub: mark });
  await call(`${trusting.url}/api/v1/auth/me`, 'GET', { token, headers: { traceparent: field } });
  const span = await find('the call', (one) => one.traceId === traceId && one.name === 'call portal-keys');
  expect(span.attributes).toEqual({ 'http.response.status_code': 200 });
});

test('mail that leaves is a call to somebody else, and names nobody', async () => {
  await using post = await startMailServer();
  await using mailing = await startLive({
    db: live.db,
    traceDelayMs,
    env: { OTEL_EXPORTER_OTLP_ENDPOINT: receiver.endpoint, SMTP_URL: post.url },
  });
  const { email } = tenant.users.patient;
  const body = { email, tenant: tenant.slug };
  expect((await call(`${mailing.url}/api/v1/auth/forgot-password`, 'POST', { body })).status).toBe(202);
  await post.mailTo(email);
  const span = await find('the mail', ({ name }) => name === 'call smtp');
  expect(span).toMatchObject({ kind: client, attributes: {} });
  expect(receiver.text()).not.toContain(email);
});

test('nothing of a person and no address is in any span', async () => {
  await live.rest(tenant, 'admin', 'GET', `/meetings?doctorId=${tenant.doctorId}&${mark}=1`);
  await call(`${live.url}/api/v1/auth/login`, 'POST', { body: { email: `${mark}@x.example`, password: mark } });
  await call(`${live.url}/nowhere/${mark}`, 'GET');
  await find('the last', ({ attributes }) => attributes['http.response.status_code'] === 404);
  await find('the sign-in', ({ name }) => name === 'POST /auth/login');
  const sent = receiver.text();
  expect(sent.length).toBeGreaterThan(1_000);
  for (const secret of [mark, tenant.id, tenant.doctorId, tenant.patientId, tenant.users.doctor.id, '127.0.0.1'])
    expect(sent).not.toContain(secret);
});

test('the log names request and trace', async () => {
  const { logger, lines } = memoryLogger();
  const config = loadConfig({
    NODE_ENV: 'test',
    PORT: '0',
    DATABASE_URL: live.db.appUrl,
    DATABASE_OWNER_URL: live.db.ownerUrl,
    JWT_SECRET: testJwt.secret,
    MEDIA_ENGINE: 'p2p',
    DEMO: 'off',
    ENCRYPTION_KEY: 'a key for tests that is of no use to anybody',
    OTEL_EXPORTER_OTLP_ENDPOINT: receiver.endpoint,
  });
  const other = await compose(config, { logger, traceDelayMs });
  try {
    const { traceId, field } = parent();
    const answer = await fetch(`${other.url}/api/v1/auth/me`, { headers: { traceparent: field } });
    const requestId = answer.headers.get('x-request-id');
    const line = await until('the line', () => lines.find((one) => one['requestId'] === requestId && one['route']));
    expect(line).toMatchObject({ traceId, requestId });
  } finally {
    await other.close('test over');
  }
});

describe('a collector that is not there', () => {
  test('costs requests nothing and lets the server stop', async () => {
    const gone = await startOtlpReceiver();
    await gone[Symbol.asyncDispose]();
    const unheard = await startLive({ db: live.db, env: { OTEL_EXPORTER_OTLP_ENDPOINT: gone.endpoint } });
    const answer = await call(`${unheard.url}/api/v1/auth/me`, 'GET', { token: await tenant.token('doctor') });
    expect(answer.status).toBe(200);
    const begun = performance.now();
    await unheard[Symbol.asyncDispose]();
    expect(performance.now() - begun).toBeLessThan(15_000);
  });
});
