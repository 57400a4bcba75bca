/** signaling/SPEC.md, SC10: whoever is out is out at once, on every node, by REST and by socket. */
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { SignedIn } from '../../src/identity/auth/schema.ts';
import { outdateAccessTokens, revokeUserSessions } from '../../src/identity/index.ts';
import { newId } from '../../src/platform/ids.ts';
import { createTestDatabase, type TestDatabase } from '../support/database.ts';
import { type LiveServer, startLive } from '../support/live.ts';
import { type ServerProcess, spawnServer } from '../support/process.ts';
import { call } from '../support/serve-app.ts';
import { SocketClient } from '../support/socket-client.ts';
import { createTenant, createUser, type TestTenant, type TestUser, testJwt, testPassword } from '../support/tenant.ts';
import { until } from '../support/until.ts';

type Tokens = SignedIn & { refreshToken: string };

/** Less than the time after which a node reads the list again anyway. */
const promptMs = 2_900;

let db: TestDatabase;
let clinic: TestTenant;
let one: ServerProcess;
let other: ServerProcess;

const spawn = () =>
  spawnServer({
    DATABASE_URL: db.appUrl,
    DATABASE_OWNER_URL: db.ownerUrl,
    JWT_SECRET: testJwt.secret,
    RATE_LIMITS: 'off',
  });

beforeAll(async () => {
  db = await createTestDatabase();
  clinic = await createTenant(db);
  one = await spawn();
  other = await spawn();
}, 120_000);
afterAll(async () => {
  await Promise.all([one[Symbol.asyncDispose](), other[Symbol.asyncDispose]()]);
  await db[Symbol.asyncDispose]();
});

const api = (server: ServerProcess, method: string, path: string, options: Parameters<typeof call>[2]) =>
  call(`${server.url}/api/v1${path}`, method, options);

const me = async (server: ServerProcess, token: string): Promise<number> =>
  (await api(server, 'GET', '/auth/me', { token })).status;

const person = (): Promise<TestUser> => clinic.db.run((tx) => createUser(tx, clinic.id, 'person', 'patient'));

async function signIn(server: ServerProcess, { email }: TestUser): Promise<Tokens> {
  const answer = await api(server, 'POST', '/auth/login', { body: { email, password: testPassword } });
  expect(answer.status).toBe(200);
  return answer.json as Tokens;
}

/** How long a node went on to believe the token, in ms. */
async function untilRefused(server: ServerProcess, token: string, limitMs: number): Promise<number> {
  const began = performance.now();
  await until('the token is refused', async () => (await me(server, token)) === 401, limitMs);
  return performance.now() - began;
}

describe('an account that is switched off', () => {
  it('[SC10] is out on the node that did it and on the others: tokens, refresh, sockets', async () => {
    const user = await person();
    const tokens = [await signIn(one, user), await signIn(other, user)] as const;
    const sockets = [
      await SocketClient.connect(one.url, tokens[0].accessToken),
      await SocketClient.connect(other.url, tokens[0].accessToken),
      await SocketClient.connect(other.url, tokens[1].accessToken),
    ];
    const bystander = await SocketClient.connect(other.url, await clinic.token('patient'));
    const closed = Promise.all(sockets.map((socket) => socket.closed()));
    const answer = await api(one, 'PATCH', `/admin/users/${user.id}`, {
      token: await clinic.token('admin'),
      body: { isActive: false },
    });
    expect(answer.status).toBe(200);
    const began = performance.now();
    expect(await me(one, tokens[1].accessToken)).toBe(401);
    expect(await untilRefused(other, tokens[0].accessToken, promptMs)).toBeLessThan(promptMs);
    expect(await closed).toEqual(['io server disconnect', 'io server disconnect', 'io server disconnect']);
    expect(performance.now() - began).toBeLessThan(promptMs);
    for (const socket of sockets) expect(socket.heard('session:ended')).toEqual([{}]);
    for (const { accessToken, refreshToken } of tokens) {
      expect(await me(other, accessToken)).toBe(401);
      await expect(SocketClient.connect(other.url, accessToken)).rejects.toMatchObject({
        data: { code: 'UNAUTHENTICATED' },
      });
      expect((await api(other, 'POST', '/auth/refresh', { body: { refreshToken } })).status).toBe(401);
    }
    expect(bystander.socket.connected).toBe(true);
    bystander.close();
  });
});

describe('a sign-in that is ended', () => {
  it('[SC10] takes its own sockets along, on another node too, and no others of the same person', async () => {
    const user = await person();
    const [here, there] = [await signIn(one, user), await signIn(one, user)];
    await using mine = await SocketClient.connect(other.url, here.accessToken);
    await using gone = await SocketClient.connect(other.url, there.accessToken);
    const closed = gone.closed();
    expect((await api(one, 'POST', '/auth/logout', { token: there.accessToken })).status).toBe(204);
    expect(await closed).toBe('io server disconnect');
    expect(mine.socket.connected).toBe(true);
    expect(await me(other, here.accessToken)).toBe(200);
  });

  it('is still over for a node that starts later', async () => {
    const user = await person();
    const { accessToken } = await signIn(one, user);
    await api(one, 'POST', '/auth/logout-everywhere', { token: accessToken });
    await using later = await spawn();
    expect(await me(later, accessToken)).toBe(401);
  }, 180_000);
});

const listeners = `select pid from pg_stat_activity
  where application_name = 'housecall-listen-revocation' and datname = current_database()`;

describe('a node that hears nothing', () => {
  it('because its connection was cut reads the list, and listens again', async () => {
    const user = await person();
    const { accessToken } = await signIn(one, user);
    const before = await db.sql<{ pid: number }>(listeners);
    expect(before.length).toBeGreaterThanOrEqual(2);
    await db.sql(`select pg_terminate_backend(pid) from (${listeners}) as l`);
    await clinic.db.run((tx) => revokeUserSessions(tx, { tenantId: clinic.id, userId: user.id }));
    for (const server of [one, other]) await untilRefused(server, accessToken, 20_000);
    const cut = new Set(before.map((row) => row.pid));
    await until('every node listens again', async () => {
      const now = await db.sql<{ pid: number }>(listeners);
      return now.filter((row) => !cut.has(row.pid)).length >= before.length;
    });
    const next = await signIn(one, user);
    await clinic.db.run((tx) => revokeUserSessions(tx, { tenantId: clinic.id, userId: user.id }));
    expect(await untilRefused(other, next.accessToken, promptMs)).toBeLessThan(promptMs);
  });

  it('because nothing was said finds it within a few seconds all the same', async () => {
    const user = await person();
    const { accessToken } = await signIn(one, user);
    await using socket = await SocketClient.connect(other.url, accessToken);
    const closed = socket.closed();
    // The row alone, without the trigger that notifies.
    await db.sql(
      `begin; set local session_replication_role = replica;
       insert into revocation (id, tenant_id, kind, subject_id, at, until)
       values ('${newId()}', '${clinic.id}', 'user', '${user.id}', clock_timestamp() + interval '1 ms', now() + interval '31 min'); commit`,
    );
    for (const server of [one, other]) await untilRefused(server, accessToken, 20_000);
    expect(await closed).toBe('io server disconnect');
  });
});

describe('what a person may has changed', () => {
  let live: LiveServer;
  let house: TestTenant;
  beforeAll(async () => {
    live = await startLive();
    house = await live.tenant();
  });
  afterAll(() => live[Symbol.asyncDispose]());

  const outdate = (tenant: TestTenant, userId: string) =>
    live.server.database.tenant(tenant.id).run((tx) => outdateAccessTokens(tx, { tenantId: tenant.id, userId }));

  it('[SC10] a socket is asked for a newer token, is refused everything else meanwhile, and keeps its seat', async () => {
    const { id: meetingId } = await live.meeting(house);
    await using doctor = await live.socket(house, 'doctor');
    await using patient = await live.socket(house, 'patient');
    await doctor.call('meeting:start', { meetingId });
    await patient.call('meeting:join', { meetingId });
    const old = await house.token('doctor');
    await outdate(house, house.users.doctor.id);
    await doctor.next('session:refresh');
    expect(await doctor.refusal('chat:send', { text: 'Hello.', clientId: '1' })).toBe('UNAUTHENTICATED');
    expect(await doctor.refusal('session:refresh', { token: old })).toBe('UNAUTHENTICATED');
    await doctor.call('session:refresh', { token: await house.token('doctor') });
    await doctor.call('chat:send', { text: 'Hello.', clientId: '2' });
    await patient.next('chat:sent', ({ clientId }) => clientId === '2');
    expect(patient.heard('participant:dropped')).toEqual([]);
    expect(patient.heard('session:refresh')).toEqual([]);
  });

  it('[SC10] twice in a row asks once, and a token from between is out of date as well', async () => {
    await using doctor = await live.socket(house, 'doctor2');
    await outdate(house, house.users.doctor2.id);
    const between = await house.token('doctor2');
    await outdate(house, house.users.doctor2.id);
    await doctor.next('session:refresh');
    expect(await doctor.refusal('session:refresh', { token: between })).toBe('UNAUTHENTICATED');
    await doctor.call('session:refresh', { token: await house.token('doctor2') });
    expect(doctor.heard('session:refresh')).toHaveLength(1);
  });
});
