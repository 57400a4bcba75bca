/** What the operator's own programs see, and who else does not. */
import { readdirSync } from 'node:fs';
import path from 'node:path';
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { type LiveServer, startLive } from '../support/live.ts';
import { call } from '../support/serve-app.ts';
import { until } from '../support/until.ts';

const internalToken = 'only-for-the-operators-own-programs-1f9c';
let live: LiveServer;
beforeAll(async () => {
  live = await startLive({ env: { INTERNAL_TOKEN: internalToken } });
});
afterAll(async () => live[Symbol.asyncDispose]());

const status = (token?: string) => call(`${live.url}/api/v1/internal/status`, 'GET', { token });

test('it tells the nodes, the versions, every migration, and what waits', async () => {
  const { json } = await status(internalToken);
  const names = readdirSync(path.resolve(import.meta.dirname, '../../prisma/migrations'), { withFileTypes: true })
    .filter((entry) => entry.isDirectory())
    .map((entry) => entry.name);
  expect(json).toMatchObject({
    version: expect.stringMatching(/^\d+\.\d+\.\d+/),
    node: process.versions.node,
    database: expect.stringMatching(/^\d+/),
    nodes: [{ isAlive: true }],
    outbox: { waiting: expect.any(Number), retried: 0 },
    auditSeals: { waiting: expect.any(Number) },
  });
  expect((json as { migrations: { name: string }[] }).migrations.map((one) => one.name)).toEqual(names.toSorted());
});

test('what waits is counted, and since when', async () => {
  const clinic = await live.tenant();
  await live.db.sql(
    `insert into outbox (id, tenant_id, topic, key, payload, attempts, created_at, available_at)
     values (gen_random_uuid(), $1, 'nobody.listens', gen_random_uuid(), '{}', 3, '2026-01-02T03:04:05Z', 'infinity')`,
    [clinic.id],
  );
  await until('the fact is counted', async () => {
    const { outbox } = (await status(internalToken)).json as { outbox: object };
    return JSON.stringify(outbox) === JSON.stringify({ waiting: 1, oldest: '2026-01-02T03:04:05.000Z', retried: 1 });
  });
});

test('nobody else comes in: no token, another, an access token, an administrator’s', async () => {
  const clinic = await live.tenant();
  for (const token of [undefined, '', `${internalToken}x`, internalToken.slice(1), await clinic.token('admin')])
    expect((await status(token)).status).toBe(401);
});

test('the token opens nothing else, and the description does not tell of the route', async () => {
  expect((await call(`${live.url}/api/v1/admin/tenant`, 'GET', { token: internalToken })).status).toBe(401);
  expect((await call(`${live.url}/api/v1/openapi.json`, 'GET')).text).not.toContain('internal/status');
});

test('where no token is configured the route is not there, whatever is sent', async () => {
  await using other = await startLive({ db: live.db });
  for (const token of [undefined, internalToken, '']) {
    const { status: code } = await call(`${other.url}/api/v1/internal/status`, 'GET', { token });
    expect(code).toBe(404);
  }
});
