/** Being somebody without a token: only while developing, only from this machine. */
import { request } from 'node:http';
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { type LiveServer, startLive } from '../support/live.ts';
import { spawnServer } from '../support/process.ts';
import { call } from '../support/serve-app.ts';
import { SocketClient } from '../support/socket-client.ts';
import { type TestTenant, testJwt } from '../support/tenant.ts';

let live: LiveServer;
let tenant: TestTenant;
let other: TestTenant;
beforeAll(async () => {
  live = await startLive({ env: { AUTH_BYPASS: 'on' } });
  [tenant, other] = [await live.tenant(), await live.tenant()];
});
afterAll(() => live[Symbol.asyncDispose]());

const me = (name: string, headers: Record<string, string> = {}, url = live.url) =>
  call(`${url}/api/v1/auth/me`, 'GET', { headers: { authorization: `Bypass ${name}`, ...headers } });

async function handshake(token: string, url = live.url, headers: Record<string, string> = {}): Promise<string> {
  try {
    await using client = await SocketClient.connect(url, token, { headers });
    return client.socket.connected ? 'in' : 'out';
  } catch (error) {
    return (error as { data?: { code?: string } }).data?.code ?? String(error);
  }
}

test('an e-mail address is enough, over REST and on a socket, with the rights of that person', async () => {
  const { doctor } = tenant.users;
  expect((await me(doctor.email)).json).toMatchObject({ id: doctor.id, tenantId: tenant.id, roles: ['doctor'] });
  expect(await handshake(`Bypass ${doctor.email}`)).toBe('in');
  const headers = { authorization: `Bypass ${tenant.users.patient.email}` };
  expect((await call(`${live.url}/api/v1/admin/users`, 'GET', { headers })).status).toBe(403);
});

test('an address of several clinics needs the clinic behind it', async () => {
  const email = 'both@clinics.example';
  await live.db.sql('update app_user set email = $1 where id = any ($2)', [
    email,
    [tenant.users.lab.id, other.users.lab.id],
  ]);
  expect((await me(email)).status).toBe(401);
  expect((await me(`${email}@${other.slug}`)).json).toMatchObject({ id: other.users.lab.id });
  expect((await me(`${email}@nowhere`)).status).toBe(401);
});

test('nobody, and somebody switched off, stay outside', async () => {
  await live.db.sql('update app_user set is_active = false where id = $1', [tenant.users.patient2.id]);
  for (const name of ['nobody@nowhere.example', tenant.users.patient2.email, 'x', '@', "a@b'--", 'a@b@c@d'])
    expect({ name, status: (await me(name)).status }).toEqual({ name, status: 401 });
});

test.each(['x-forwarded-for', 'forwarded', 'x-real-ip', 'via'])(
  'what a proxy passes on is refused (%s)',
  async (field) => {
    expect((await me(tenant.users.doctor.email, { [field]: '127.0.0.1' })).status).toBe(401);
  },
);

test('a foreign page that a browser here shows is refused', async () => {
  const { port } = new URL(live.url);
  const headers = { host: `evil.example:${port}`, authorization: `Bypass ${tenant.users.admin.email}` };
  const status = await new Promise((resolve, reject) => {
    request({ host: '127.0.0.1', port, path: '/api/v1/auth/me', headers }, (answer) => {
      answer.resume();
      resolve(answer.statusCode);
    })
      .on('error', reject)
      .end();
  });
  expect(status).toBe(401);
});

test('nor does a foreign page get a socket, which browsers let it open under our name', async () => {
  const token = `Bypass ${tenant.users.admin.email}`;
  expect(await handshake(token, live.url, { origin: 'https://evil.example' })).toBe('UNAUTHENTICATED');
  expect(await handshake(token, live.url, { origin: 'null' })).toBe('UNAUTHENTICATED');
  expect(await handshake(token, live.url, { origin: live.url })).toBe('in');
});

test('without AUTH_BYPASS there is none', async () => {
  await using usual = await startLive({ db: live.db });
  expect((await me(tenant.users.doctor.email, {}, usual.url)).status).toBe(401);
  expect(await handshake(`Bypass ${tenant.users.doctor.email}`, usual.url)).toBe('UNAUTHENTICATED');
});

test('every start says that it is on', async () => {
  await using server = await spawnServer({
    NODE_ENV: 'development',
    DATABASE_URL: live.db.appUrl,
    DATABASE_OWNER_URL: live.db.ownerUrl,
    JWT_SECRET: testJwt.secret,
    ENCRYPTION_KEY: 'a key for tests that is of no use to anybody',
    AUTH_BYPASS: 'on',
  });
  expect(server.output()).toContain('AUTH_BYPASS is on: whoever uses this machine can be anybody');
});
