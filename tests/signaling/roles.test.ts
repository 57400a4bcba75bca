/** ROLES: three servers on one database, one role each. A visit goes over all of them, and each refuses what is another's. */
import { afterAll, beforeAll, expect, it } from '@jest/globals';
import type { Meeting } from '../../signaling/protocol/index.ts';
import { enterAt } from '../support/cluster.ts';
import { createTestDatabase } from '../support/database.ts';
import { type LiveServer, startLive } from '../support/live.ts';
import { createTenant, type TestTenant } from '../support/tenant.ts';

const stack = new AsyncDisposableStack();
let api: LiveServer;
let signaling: LiveServer;
let worker: LiveServer;
let clinic: TestTenant;

beforeAll(async () => {
  const db = stack.use(await createTestDatabase());
  const start = async (role: string) => stack.use(await startLive({ db, env: { ROLES: role } }));
  [api, signaling, worker] = [await start('api'), await start('signaling'), await start('worker')];
  clinic = await createTenant(db);
});
afterAll(() => stack.disposeAsync());

it('[CL13] a visit: planned at one, held at another, and told everybody what is done over REST', async () => {
  const { id: meetingId } = await api.meeting(clinic);
  await using doctor = await enterAt(signaling.url, clinic, 'doctor');
  await using patient = await enterAt(signaling.url, clinic, 'patient');
  await patient.call('meeting:wait', { meetingId });
  await doctor.call('meeting:start', { meetingId });
  await patient.next('meeting:started');
  await patient.call('meeting:join', { meetingId });
  await doctor.next('participant:joined');
  await doctor.call('chat:send', { text: 'Good morning.', clientId: '1' });
  await patient.next('chat:sent');
  const seen = await api.rest(clinic, 'patient', 'GET', `/meetings/${meetingId}`);
  expect(seen.json).toMatchObject({ status: 'active' });
  expect((await api.rest(clinic, 'admin', 'POST', `/meetings/${meetingId}/end`)).status).toBe(200);
  await Promise.all([doctor.next('meeting:ended'), patient.next('meeting:ended')]);
});

it('[CL13] a window that runs out is settled by the worker, and those who sit in the visit hear of it', async () => {
  const { id: meetingId } = await api.meeting(clinic);
  await using doctor = await enterAt(signaling.url, clinic, 'doctor');
  const patient = await enterAt(signaling.url, clinic, 'patient');
  await doctor.call('meeting:start', { meetingId });
  await patient.call('meeting:join', { meetingId });
  await doctor.next('participant:joined');
  patient.close();
  await doctor.next('participant:dropped');
  // Nobody asks the worker: it looks by itself.
  for (const { clock } of [api, signaling, worker]) clock.forward(301);
  const { meeting } = await doctor.next('meeting:ended');
  expect(meeting).toMatchObject({ id: meetingId, endReason: 'patient_timeout' });
  const kept = (await api.rest(clinic, 'admin', 'GET', `/meetings/${meetingId}`)).json as Meeting;
  expect(kept.status).toBe('ended');
});

it('each says that it lives and can serve, and counts', async () => {
  for (const { url } of [api, signaling, worker]) {
    for (const path of ['/healthz', '/readyz', '/metrics']) expect((await fetch(`${url}${path}`)).status).toBe(200);
  }
});

it.each(['/api/v1/meetings', '/', '/docs', '/.well-known/jwks.json'])('%s is served by an api alone', async (path) => {
  expect((await fetch(`${api.url}${path}`)).status).not.toBe(421);
  for (const { url } of [signaling, worker]) {
    const answer = await fetch(`${url}${path}`);
    expect(answer.status).toBe(421);
    expect(await answer.json()).toMatchObject({ code: 'NOT_SERVED_HERE', type: '/problems/not-served-here' });
  }
});

it('sockets are taken by a signaling alone', async () => {
  const polling = '/socket.io/?EIO=4&transport=polling';
  expect((await fetch(`${signaling.url}${polling}`)).status).toBe(200);
  for (const { url } of [api, worker]) {
    const answer = await fetch(`${url}${polling}`);
    expect(answer.status).toBe(421);
    expect(await answer.json()).toMatchObject({ code: 'NOT_SERVED_HERE' });
    const upgrade = new WebSocket(`${url.replace('http', 'ws')}/socket.io/?EIO=4&transport=websocket`);
    const refused = Promise.withResolvers<void>();
    upgrade.addEventListener('error', () => refused.resolve());
    await refused.promise;
  }
});
