/** The same limits over several processes, and what happens while Redis is away. */
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { z } from 'zod';
import { createLoginGuard } from '../../src/identity/index.ts';
import { createRateLimits } from '../../src/platform/http/rate-limit.ts';
import { route } from '../../src/platform/http/route.ts';
import { redisCounters } from '../../src/platform/limits/counters.ts';
import { openRedis, type RedisConnection } from '../../src/platform/redis.ts';
import { noRedis, startRedis, type TestRedis } from '../support/redis.ts';
import { memoryLogger, serveApp } from '../support/serve-app.ts';
import { until } from '../support/until.ts';

const routes = [
  route({
    method: 'get',
    path: '/open',
    summary: 'A test',
    tag: 'test',
    access: { public: 'A test.' },
    audit: { none: 'A test.' },
    reply: z.object({ ok: z.boolean() }),
    handler: async () => ({ ok: true }),
  }),
];
const three = { address: { name: 'address', quota: 3, window: 60 } };

(noRedis === undefined ? describe : describe.skip)(`limits in Redis${noRedis ? ` (skipped: ${noRedis})` : ''}`, () => {
  const { logger, lines } = memoryLogger();
  let redis: TestRedis;
  const connections: RedisConnection[] = [];
  const connect = async () => {
    const connection = openRedis({ urls: [redis.url], isCluster: false }, logger);
    connections.push(connection);
    await until('Redis answers', () => connection.client.status === 'ready');
    return connection;
  };
  beforeAll(async () => {
    redis = await startRedis();
  });
  afterAll(async () => {
    for (const connection of connections) await connection.close();
    await redis[Symbol.asyncDispose]();
  });

  test('two servers count one address together, and a third with its own memory does not', async () => {
    const limits = async () => createRateLimits(three, redisCounters((await connect()).client));
    await using one = await serveApp({ routes, limits: await limits() });
    await using two = await serveApp({ routes, limits: await limits() });
    await using alone = await serveApp({ routes, limits: createRateLimits(three) });
    const left = (answer: { headers: Headers }) => answer.headers.get('ratelimit')?.split(';')[1];
    expect(left(await one.call('GET', '/open'))).toBe('r=2');
    expect(left(await two.call('GET', '/open'))).toBe('r=1');
    expect(left(await one.call('GET', '/open'))).toBe('r=0');
    const refused = await two.call('GET', '/open');
    expect(refused.status).toBe(429);
    expect(Number(refused.headers.get('retry-after'))).toBeGreaterThan(50);
    expect(left(await alone.call('GET', '/open'))).toBe('r=2');
  });

  test('a login lockout holds on every server', async () => {
    const guards = [await connect(), await connect()].map(({ client }) =>
      createLoginGuard({ failures: 2 }, redisCounters(client)),
    );
    await guards[0]?.attempt('a@b.example', '192.0.2.1');
    await guards[1]?.attempt('a@b.example', '192.0.2.1');
    await expect(guards[0]?.attempt('a@b.example', '192.0.2.1')).rejects.toMatchObject({ code: 'RATE_LIMITED' });
    await guards[1]?.succeeded('a@b.example', '192.0.2.1');
    await guards[0]?.attempt('a@b.example', '192.0.2.1');
  });

  test('no key in Redis shows whose it is, and none stays for ever', async () => {
    const { client } = await connect();
    await createLoginGuard({}, redisCounters(client)).attempt('somebody@clinic.example', '192.0.2.9');
    const keys = await client.keys('*');
    expect(keys.length).toBeGreaterThan(2);
    expect(keys.join(' ')).not.toMatch(/somebody|192\.0\.2\.9/);
    for (const key of keys) expect(await client.ttl(key)).toBeGreaterThan(0);
  });

  test('while Redis is away a server counts by itself, says so once, and goes back to it', async () => {
    const connection = await connect();
    await using app = await serveApp({ routes, limits: createRateLimits(three, redisCounters(connection.client)) });
    for (const other of connections.splice(0)) if (other !== connection) await other.close();
    connections.push(connection);
    await redis.stop();
    await until('the connection is gone', () => connection.client.status !== 'ready');
    const statuses = [];
    for (let n = 0; n < 4; n += 1) statuses.push((await app.call('GET', '/open')).status);
    expect(statuses).toEqual([200, 200, 200, 429]);
    const said = () => lines.filter((line) => String(line['msg']).startsWith('Redis is not there'));
    await until('the log says so', () => said().length > 0);
    await redis.start();
    await until(
      'Redis is used again',
      async () =>
        await connection.ready().then(
          () => true,
          () => false,
        ),
    );
    expect((await app.call('GET', '/open')).headers.get('ratelimit')).toContain('r=2');
    expect(said()).toHaveLength(1);
    expect(JSON.stringify(said())).not.toContain('127.0.0.1');
  });
});
