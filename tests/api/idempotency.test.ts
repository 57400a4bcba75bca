/** Writes with an Idempotency-Key, through the pipeline and on a real database. */
import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import { z } from 'zod';
import { Prisma } from '../../src/platform/db/client.ts';
import { AppError } from '../../src/platform/errors.ts';
import { createIdempotency } from '../../src/platform/http/idempotency.ts';
import { type Route, route } from '../../src/platform/http/route.ts';
import { newId } from '../../src/platform/ids.ts';
import { createAnswerKeeper } from '../../src/platform/jobs/forget-answers.ts';
import { createTestDatabase, type TestDatabase } from '../support/database.ts';
import { type Answered, memoryLogger, type ServedApp, serveApp } from '../support/serve-app.ts';
import { createTenant, type TestPerson, type TestTenant } from '../support/tenant.ts';

const Named = z.strictObject({ name: z.string(), note: z.string().optional() });
const Made = z.object({ id: z.uuid(), name: z.string() });
const declared = { summary: 'A test', tag: 'test', audit: { action: 'test.write' } } as const;
const access = { scopes: ['profile:read'] } as const;

/** Resolves what holds a request up in the middle of its transaction. */
let gate = Promise.withResolvers<void>();
let inside = Promise.withResolvers<void>();

const routes: Route[] = [
  route({
    ...declared,
    method: 'post',
    path: '/things',
    access,
    body: Named,
    status: 201,
    reply: Made,
    errors: ['SLOT_TAKEN'],
    handler: ({ db }, { body }) =>
      db.run(async (tx) => {
        if (body.name === 'taken') throw new AppError('SLOT_TAKEN');
        const { id, name } = await tx.patient.create({
          data: { id: newId(), tenantId: db.tenantId, name: body.name },
        });
        if (body.name === 'slow') {
          inside.resolve();
          await gate.promise;
        }
        if (body.name === 'broken') throw new Error('Broken after the write.');
        return { id, name, internal: 'not for the caller' };
      }),
  }),
  route({
    ...declared,
    method: 'patch',
    path: '/things/:id',
    access,
    params: z.strictObject({ id: z.uuid() }),
    body: Named,
    reply: Made,
    handler: ({ db }, { params: { id }, body: { name } }) =>
      db.decide(Prisma.sql`select id, version() as v from patient where id = ${id}::uuid for update`, ([row]) => {
        if (!row) throw new AppError('NOT_FOUND');
        const write = Prisma.sql`update patient set name = name || ${name} where id = ${id}::uuid`;
        return { writes: [write], answer: { id, name } };
      }),
  }),
  route({
    ...declared,
    method: 'delete',
    path: '/things/:id',
    access,
    params: z.strictObject({ id: z.uuid() }),
    reply: undefined,
    handler: async ({ db }, { params: { id } }) => {
      await db.run((tx) => tx.$executeRaw`update patient set name = name || '!' where id = ${id}::uuid`);
    },
  }),
  route({
    ...declared,
    method: 'post',
    path: '/told',
    access,
    body: Named,
    reply: Made,
    handler: async ({ db }, { body: { name } }) => {
      const id = newId();
      await db.run(async (tx) => {
        await tx.patient.create({ data: { id, tenantId: db.tenantId, name } });
        db.reply({ id, name });
      });
      return { id, name };
    },
  }),
  route({
    ...declared,
    method: 'post',
    path: '/untrue',
    access,
    reply: z.object({ n: z.number() }),
    handler: async ({ db }) => {
      await db.run(async () => ({ n: 1 }));
      return { n: 2 };
    },
  }),
  route({
    ...declared,
    method: 'post',
    path: '/kept-refusal',
    access,
    reply: z.object({}),
    errors: ['CONFLICT'],
    handler: async ({ db }) => {
      await db.run(async (tx) => {
        await tx.patient.create({ data: { id: newId(), tenantId: db.tenantId, name: 'refused' } });
        db.refused('CONFLICT');
      });
      throw new AppError('CONFLICT');
    },
  }),
];

let database: TestDatabase;
let app: ServedApp;
let another: ServedApp;
let clinic: TestTenant;
beforeAll(async () => {
  database = await createTestDatabase();
  clinic = await createTenant(database);
  const idempotency = createIdempotency('a key for tests that is of no use to anybody', { patience: 300 });
  const serve = () => serveApp({ routes, database: database.database, idempotency });
  [app, another] = [await serve(), await serve()];
});
afterAll(async () => {
  await app[Symbol.asyncDispose]();
  await another[Symbol.asyncDispose]();
  await database[Symbol.asyncDispose]();
});
beforeEach(() => {
  [gate, inside] = [Promise.withResolvers<void>(), Promise.withResolvers<void>()];
});

interface Sent {
  key?: string;
  body?: unknown;
  by?: TestPerson;
  of?: TestTenant;
  on?: ServedApp;
}

async function send(
  method: string,
  path: string,
  { key, body, by = 'staff', of = clinic, on = app }: Sent = {},
): Promise<Answered> {
  return on.call(method, path, {
    token: await of.token(by),
    ...(body !== undefined && { body }),
    ...(key !== undefined && { headers: { 'idempotency-key': key } }),
  });
}

const countOf = async (name: string) =>
  Number((await database.sql<{ n: string }>('select count(*) as n from patient where name = $1', [name]))[0]?.n);
const nameOf = async (id: string) =>
  (await database.sql<{ name: string }>('select name from patient where id = $1', [id]))[0]?.name;
const codeOf = ({ json }: Answered) => (json as { code?: string }).code;

describe('the same request under the same key', () => {
  test('is carried out once and answered alike, and the second answer says so', async () => {
    const [key, name] = [randomUUID(), randomUUID()];
    const first = await send('POST', '/things', { key, body: { name } });
    const again = await send('POST', '/things', { key, body: { name } });
    expect([first.status, again.status]).toEqual([201, 201]);
    expect(again.text).toBe(first.text);
    expect(first.json).toEqual({ id: expect.any(String), name });
    expect([first, again].map(({ headers }) => headers.get('idempotency-replayed'))).toEqual([null, 'true']);
    expect(again.headers.get('content-type')).toBe(first.headers.get('content-type'));
    expect(again.headers.get('cache-control')).toBe('no-store');
    expect(await countOf(name)).toBe(1);
  });

  test('sent 50 times at once over two servers is carried out once, with 50 equal answers', async () => {
    const [key, name] = [randomUUID(), randomUUID()];
    const idempotency = createIdempotency('a key for tests that is of no use to anybody', { patience: 20_000 });
    await using one = await serveApp({ routes, database: database.database, idempotency });
    await using two = await serveApp({ routes, database: database.database, idempotency });
    const answers = await Promise.all(
      Array.from({ length: 50 }, (_, n) =>
        send('POST', '/things', { key, body: { name }, on: n % 2 === 0 ? one : two }),
      ),
    );
    expect(new Set(answers.map(({ status }) => status))).toEqual(new Set([201]));
    expect(new Set(answers.map(({ text }) => text)).size).toBe(1);
    expect(await countOf(name)).toBe(1);
  }, 180_000);

  test('with the fields in another order is the same request', async () => {
    const key = randomUUID();
    const first = await send('POST', '/told', { key, body: { name: 'order', note: 'x' } });
    const again = await send('POST', '/told', { key, body: { note: 'x', name: 'order' } });
    expect(again.headers.get('idempotency-replayed')).toBe('true');
    expect(again.text).toBe(first.text);
  });

  test('works for a change that is decided in two round trips, and for one that answers nothing', async () => {
    const { id } = (await send('POST', '/things', { body: { name: 'x' } })).json as { id: string };
    const [patch, remove] = [randomUUID(), randomUUID()];
    const patches = [1, 2, 3].map(() => send('PATCH', `/things/${id}`, { key: patch, body: { name: 'y' } }));
    for (const answer of await Promise.all(patches))
      expect(answer).toMatchObject({ status: 200, json: { id, name: 'y' } });
    const removals = [
      await send('DELETE', `/things/${id}`, { key: remove }),
      await send('DELETE', `/things/${id}`, { key: remove }),
    ];
    expect(removals.map(({ status, text }) => [status, text])).toEqual([
      [204, ''],
      [204, ''],
    ]);
    expect(await nameOf(id)).toBe('xy!');
  });

  test('without a key is carried out each time', async () => {
    const name = randomUUID();
    for (const _ of [1, 2]) expect((await send('POST', '/things', { body: { name } })).status).toBe(201);
    expect(await countOf(name)).toBe(2);
  });
});

describe('a key', () => {
  test('that was used for another body or another thing is refused', async () => {
    const key = randomUUID();
    await send('POST', '/things', { key, body: { name: 'one' } });
    const other = await send('POST', '/things', { key, body: { name: 'two' } });
    expect([other.status, codeOf(other)]).toEqual([422, 'IDEMPOTENCY_KEY_REUSED']);
    const { id } = (await send('POST', '/things', { body: { name: 'a' } })).json as { id: string };
    expect((await send('DELETE', `/things/${id}`, { key })).status).toBe(204);
    const elsewhere = await send('DELETE', `/things/${newId()}`, { key });
    expect([elsewhere.status, codeOf(elsewhere)]).toEqual([422, 'IDEMPOTENCY_KEY_REUSED']);
    expect(await nameOf(id)).toBe('a!');
  });

  test('belongs to one user, one clinic and one route', async () => {
    const other = await createTenant(database);
    const [key, name] = [randomUUID(), randomUUID()];
    const answers = [
      await send('POST', '/things', { key, body: { name } }),
      await send('POST', '/things', { key, body: { name }, by: 'doctor' }),
      await send('POST', '/things', { key, body: { name }, of: other }),
      await send('POST', '/told', { key, body: { name } }),
    ];
    expect(answers.map(({ headers }) => headers.get('idempotency-replayed'))).toEqual([null, null, null, null]);
    expect(await countOf(name)).toBe(4);
  });

  test.each(['', 'with space', 'ü'.repeat(3), 'x'.repeat(256), 'a\ttab'])(
    'like %j is refused with its place',
    async (key) => {
      const token = await clinic.token('staff');
      const headers = { 'idempotency-key': key };
      const answer = await app.call('POST', '/things', { token, body: { name: 'never' }, headers });
      expect(answer.status).toBe(422);
      expect(answer.json).toMatchObject({ code: 'INVALID_INPUT', errors: [{ path: 'header.Idempotency-Key' }] });
    },
  );

  test('of 255 characters will do', async () => {
    expect((await send('POST', '/things', { key: '~'.repeat(255), body: { name: 'long key' } })).status).toBe(201);
  });
});

describe('while the first request is at work', () => {
  test('the second is told to come back, and gets the answer then', async () => {
    const key = randomUUID();
    const first = send('POST', '/things', { key, body: { name: 'slow' } });
    await inside.promise;
    const early = await send('POST', '/things', { key, body: { name: 'slow' }, on: another });
    expect([early.status, codeOf(early)]).toEqual([409, 'IDEMPOTENCY_IN_PROGRESS']);
    expect(early.headers.get('retry-after')).toBe('1');
    gate.resolve();
    const { text, status } = await first;
    expect(status).toBe(201);
    const late = await send('POST', '/things', { key, body: { name: 'slow' }, on: another });
    expect([late.text, late.headers.get('idempotency-replayed')]).toEqual([text, 'true']);
  });

  test('the second waits a little, so that it mostly need not come back', async () => {
    const key = randomUUID();
    const first = send('POST', '/things', { key, body: { name: 'slow' } });
    await inside.promise;
    const second = send('POST', '/things', { key, body: { name: 'slow' }, on: another });
    gate.resolve();
    expect((await second).text).toBe((await first).text);
  });
});

describe('what was not done is not kept', () => {
  test('a refusal is decided anew', async () => {
    const key = randomUUID();
    for (const _ of [1, 2]) {
      const answer = await send('POST', '/things', { key, body: { name: 'taken' } });
      expect([answer.status, codeOf(answer)]).toEqual([409, 'SLOT_TAKEN']);
      expect(answer.headers.get('idempotency-replayed')).toBeNull();
    }
  });

  test('a failure keeps neither the work nor an answer', async () => {
    const key = randomUUID();
    for (const _ of [1, 2]) expect((await send('POST', '/things', { key, body: { name: 'broken' } })).status).toBe(500);
    expect(await countOf('broken')).toBe(0);
  });

  test('a refusal that keeps something is refused anew', async () => {
    const key = randomUUID();
    for (const _ of [1, 2]) expect((await send('POST', '/kept-refusal', { key })).status).toBe(409);
  });
});

describe('what is kept', () => {
  test('stays a day, and cannot be read in the database', async () => {
    const name = `Somebody ${randomUUID()}`;
    const before = await database.sql<{ n: number }>('select count(*)::int as n from idempotency_record');
    const key = randomUUID();
    await send('POST', '/things', { key, body: { name } });
    const rows = await database.sql<{ answer: Buffer; hours: number; text: string }>(
      `select answer, extract(epoch from expires_at - now())::float / 3600 as hours, r::text as text
       from idempotency_record r order by expires_at desc`,
    );
    expect(rows).toHaveLength((before[0]?.n ?? 0) + 1);
    expect(rows[0]?.hours).toBeGreaterThan(23.9);
    expect(rows[0]?.hours).toBeLessThanOrEqual(24);
    for (const { answer, text } of rows) {
      expect(answer.toString('latin1')).not.toContain(name);
      expect(text).not.toContain(key);
    }
  });

  test('is over after that: the key is free again', async () => {
    const [key, name] = [randomUUID(), randomUUID()];
    const first = await send('POST', '/things', { key, body: { name } });
    await database.sql(`update idempotency_record set expires_at = now() - interval '1 s'`);
    const later = await send('POST', '/things', { key, body: { name } });
    expect(later.status).toBe(201);
    expect(later.text).not.toBe(first.text);
    expect((await send('POST', '/things', { key, body: { name } })).text).toBe(later.text);
  });

  test('is forgotten by the worker then', async () => {
    const { logger } = memoryLogger();
    const keeper = createAnswerKeeper({ database: database.database, logger });
    await send('POST', '/things', { key: randomUUID(), body: { name: 'kept' } });
    await database.sql(
      `insert into idempotency_record select tenant_id, sha256(n::text::bytea), request, status, answer, now()
       from (select * from idempotency_record limit 1) r, generate_series(1, 2500) n`,
    );
    expect(await keeper.forgetNow()).toBeGreaterThanOrEqual(2_500);
    expect(await keeper.forgetNow()).toBe(0);
    const [left] = await database.sql<{ n: number }>('select count(*)::int as n from idempotency_record');
    expect(left?.n).toBeGreaterThanOrEqual(1);
    await keeper.stop();
  });

  test('leaves one entry in the audit trail for each request, the repeats too', async () => {
    const key = randomUUID();
    const entries = async () =>
      (await database.sql<{ n: number }>(`select count(*)::int as n from audit_trail where action = 'test.write'`))[0]
        ?.n ?? 0;
    const before = await entries();
    for (const _ of [1, 2, 3]) await send('POST', '/things', { key, body: { name: 'audited' } });
    expect(await entries()).toBe(before + 3);
  });

  test('that is not what was answered is told to the log as our fault', async () => {
    const token = await clinic.token('staff');
    const answer = await app.call('POST', '/untrue', { token, headers: { 'idempotency-key': randomUUID() } });
    expect(answer.json).toEqual({ n: 2 });
    expect(app.log).toContainEqual(
      expect.objectContaining({
        level: 50,
        msg: 'not idempotent',
        route: 'POST /untrue',
        fault: 'the answer is not what was kept',
      }),
    );
  });
});
