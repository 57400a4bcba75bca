/** The door for what somebody waits for: transactions in two round trips, with every promise of the usual ones. */
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { Prisma } from '../../src/platform/db/client.ts';
import { databaseFault } from '../../src/platform/db/faults.ts';
import { createPool, readQuick, runQuick } from '../../src/platform/db/quick.ts';
import { withoutTenant_decideForNamedJob } from '../../src/platform/db/scope.ts';
import { AppError } from '../../src/platform/errors.ts';
import { toAppError } from '../../src/platform/http/problem.ts';
import { newId } from '../../src/platform/ids.ts';
import { appendFact } from '../../src/platform/jobs/outbox.ts';
import { OutboxRelay } from '../../src/platform/jobs/relay.ts';
import { createTestDatabase, type TestDatabase } from '../support/database.ts';
import { memoryLogger } from '../support/serve-app.ts';
import { createTenant, type TestTenant } from '../support/tenant.ts';
import { until } from '../support/until.ts';

let database: TestDatabase;
let a: TestTenant;
let b: TestTenant;
beforeAll(async () => {
  database = await createTestDatabase();
  [a, b] = [await createTenant(database), await createTenant(database)];
});
afterAll(async () => database[Symbol.asyncDispose]());

const namesOf = (id: string) => Prisma.sql`select name from patient where id = ${id}::uuid`;
const rename = (id: string, name: string) =>
  Prisma.sql`update patient set name = ${name}, updated_at = now() where id = ${id}::uuid`;

async function nameOf(id: string): Promise<string | undefined> {
  const [row] = await database.sql<{ name: string }>('select name from patient where id = $1', [id]);
  return row?.name;
}

async function thrownBy(work: Promise<unknown>): Promise<unknown> {
  return work.then(
    () => {
      throw new Error('It went through and should have failed.');
    },
    (error: unknown) => error,
  );
}

describe('a quick transaction', () => {
  it('reads, decides and writes as one', async () => {
    const answer = await a.db.decide(namesOf(a.patientId), (rows) => ({
      writes: [rename(a.patientId, 'renamed'), rename(a.patient2Id, 'renamed too')],
      answer: rows.length,
    }));
    expect(answer).toBe(1);
    expect([await nameOf(a.patientId), await nameOf(a.patient2Id)]).toEqual(['renamed', 'renamed too']);
  });

  it('writes what carries its own condition, and says when that found nothing', async () => {
    expect(await a.db.writeIf(() => rename(a.patientId, 'written'))).toBe(true);
    expect(await nameOf(a.patientId)).toBe('written');
    expect(await b.db.writeIf(() => rename(a.patientId, 'stolen'))).toBe(false);
    expect(await nameOf(a.patientId)).toBe('written');
    const fault = await thrownBy(
      a.db.writeIf(() => Prisma.sql`update patient set name = null where id = ${a.patientId}::uuid`),
    );
    expect(databaseFault(fault)?.sqlState).toBe('23502');
  });

  it('sees and changes nothing of another tenant, and leaves no tenant behind on its connection', async () => {
    expect(await b.db.read(namesOf(a.patientId))).toEqual([]);
    await b.db.decide(namesOf(b.patientId), () => ({ writes: [rename(a.patientId, 'stolen')], answer: null }));
    expect(await nameOf(a.patientId)).not.toBe('stolen');
    const { rows } = await database.database.pool.query('select id from patient');
    expect(rows).toEqual([]);
  });

  it('plans a read once for all values where that is asked for, and others as PostgreSQL likes', async () => {
    const pool = createPool(database.appUrl, { poolSize: 1 });
    try {
      const named = (ids: readonly string[]) => Prisma.sql`select name from patient where id = any (${ids}::uuid[])`;
      for (const plan of ['generic', undefined] as const) {
        const read = Prisma.sql`${named([a.patientId])} and ${plan === undefined}::bool is not null`;
        expect(await readQuick(pool, a.db.tenantId, read, plan)).toHaveLength(1);
      }
      await readQuick(pool, a.db.tenantId, named([a.patientId, a.patient2Id]), 'generic');
      const { rows } = await pool.query(
        `select generic_plans::int as generic, custom_plans::int as custom, statement like '%bool%' as first
         from pg_prepared_statements where statement like 'select name from patient where id = any%' order by first`,
      );
      expect(rows).toEqual([
        { generic: 1, custom: 0, first: false },
        { generic: 1, custom: 1, first: true },
      ]);
    } finally {
      await pool.end();
    }
  });

  it('keeps nothing when the decision throws, and throws what the decision threw', async () => {
    const before = await nameOf(a.patientId);
    const fault = await thrownBy(
      a.db.decide(Prisma.sql`${rename(a.patientId, 'half')} returning name`, () => {
        throw new AppError('MEETING_NOT_FOUND');
      }),
    );
    expect(fault).toMatchObject({ code: 'MEETING_NOT_FOUND' });
    expect(await nameOf(a.patientId)).toBe(before);
  });

  it('keeps nothing when one of its writes is refused, although the commit is on its way already', async () => {
    const before = await nameOf(a.patientId);
    const twice = Prisma.sql`insert into patient (id, tenant_id, name, updated_at)
      values (${a.patientId}::uuid, ${a.id}::uuid, 'twice', now())`;
    const fault = await thrownBy(
      a.db.decide(namesOf(a.patientId), () => ({ writes: [rename(a.patientId, 'half'), twice], answer: null })),
    );
    expect(databaseFault(fault)?.sqlState).toBe('23505');
    expect(await nameOf(a.patientId)).toBe(before);
  });

  it('gives its connection back in order after a failure', async () => {
    const pool = createPool(database.appUrl, { poolSize: 1 });
    const opening = 'begin';
    const run = (read: Prisma.Sql) =>
      runQuick(pool, { opening, read, decide: (rows) => ({ writes: [], answer: rows }) });
    try {
      expect(databaseFault(await thrownBy(run(Prisma.sql`select 1 / 0`)))?.sqlState).toBe('22012');
      expect(await run(Prisma.sql`select 7 as n`)).toEqual([{ n: 7 }]);
      expect(pool.totalCount).toBe(1);
    } finally {
      await pool.end();
    }
  });

  it('is UNAVAILABLE when its connection is cut, and the next one gets another', async () => {
    const cut = Prisma.sql`select pg_terminate_backend(pg_backend_pid())::text`;
    expect(toAppError(await thrownBy(a.db.read(cut)))).toMatchObject({ code: 'UNAVAILABLE', retryAfter: 1 });
    expect(await a.db.read(namesOf(a.patientId))).toHaveLength(1);
  });

  it('is UNAVAILABLE when there is no database', async () => {
    const pool = createPool('postgresql://nobody:nothing@127.0.0.1:1/none');
    const nothing = { opening: 'begin', read: Prisma.sql`select 1`, decide: () => ({ writes: [], answer: null }) };
    expect(await thrownBy(runQuick(pool, nothing))).toMatchObject({ code: 'UNAVAILABLE', retryAfter: 1 });
    await pool.end();
  });

  it('waits for whoever holds the row, and decides on what they left', async () => {
    const locked = Prisma.sql`${namesOf(a.patientId)} for update`;
    const rounds = 20;
    const append = () =>
      a.db.decide<{ name: string }, null>(locked, ([row]) => ({
        writes: [rename(a.patientId, `${row?.name ?? ''}x`)],
        answer: null,
      }));
    await a.db.decide(locked, () => ({ writes: [rename(a.patientId, '')], answer: null }));
    await Promise.all(Array.from({ length: rounds }, append));
    expect(await nameOf(a.patientId)).toBe('x'.repeat(rounds));
  });
});

describe('a quick job without a tenant', () => {
  it('sees no row of anybody', async () => {
    const found = await job(newJobNumber(), Prisma.sql`select id from patient`, async (rows) => rows.length);
    expect(found).toBe(0);
  });

  it('is alone under its number, over all connections', async () => {
    const number = newJobNumber();
    let inside = 0;
    let most = 0;
    const enter = async () => {
      inside += 1;
      most = Math.max(most, inside);
      await database.sql('select 1');
      inside -= 1;
      return null;
    };
    await Promise.all(Array.from({ length: 6 }, () => job(number, Prisma.sql`select 1`, enter)));
    expect(most).toBe(1);
  });
});

it('a fact is told where nobody may tell, once it has waited too long, and none of its key before another', async () => {
  await database.sql('delete from outbox');
  const add = async ({ id: tenantId, db }: TestTenant, key: string, topic: string) =>
    (await db.run((tx) => tx.outbox.create({ data: { id: newId(), tenantId, topic, key, payload: {} } }))).seq;
  const age = (...seqs: unknown[]) =>
    database.sql(`update outbox set created_at = now() - interval '1 hour' where seq = any($1::bigint[])`, [seqs]);
  const waiting = async () =>
    (await database.sql<{ topic: string }>('select topic from outbox order by seq')).map(({ topic }) => topic);
  const key = newId();
  const young = await add(a, key, 'young');
  await age(await add(a, key, 'behind'), await add(b, newId(), 'late'));
  const told: string[] = [];
  const { logger } = memoryLogger();
  const relay = new OutboxRelay({ pool: database.database.pool, logger, pollMs: 20 });
  for (const topic of ['young', 'behind', 'late']) relay.on(topic, () => void told.push(topic));
  relay.tellWhile(() => false);
  relay.start();
  try {
    await until('the late one alone is told', async () => (await waiting()).join() === 'young,behind');
    await age(young);
    await until('the others are told', async () => (await waiting()).length === 0);
    expect(told).toEqual(['late', 'young', 'behind']);
  } finally {
    await relay.close();
  }
});

it('a process that tells nothing itself lets those who do know that there is something', async () => {
  const { logger } = memoryLogger();
  const deps = { pool: database.database.pool, logger, pollMs: 3_600_000 };
  const [silent, telling] = [new OutboxRelay(deps), new OutboxRelay(deps)];
  const told: string[] = [];
  const topic = `topic-${newId()}`;
  telling.on(topic, ({ key }) => void told.push(key));
  try {
    telling.start();
    await telling.listen();
    for (const key of [newId(), newId()]) {
      await a.db.run((tx) => appendFact(tx, { tenantId: a.id, topic, key, payload: {} }));
      silent.nudge();
      await until('it is told', () => told.includes(key));
    }
  } finally {
    await Promise.all([silent.close(), telling.close()]);
  }
});

it('facts of one key wait for each other, and for nobody else', async () => {
  const { logger } = memoryLogger();
  const relay = new OutboxRelay({ pool: database.database.pool, logger, pollMs: 20 });
  const [topic, held, free] = [`topic-${newId()}`, newId(), newId()];
  const told: string[] = [];
  const { promise, resolve: letGo } = Promise.withResolvers<void>();
  relay.on(topic, async ({ key, payload }) => {
    if (key === held) await promise;
    told.push(String(payload));
  });
  await a.db.run(async (tx) => {
    for (const [key, payload] of [
      [held, 'first'],
      [held, 'second'],
      [free, 'other'],
    ] as const) {
      await appendFact(tx, { tenantId: a.id, topic, key, payload });
    }
  });
  try {
    relay.start();
    await until('the other is told', () => told.length > 0);
    letGo();
    await until('all are told', () => told.length >= 3);
    expect(told).toEqual(['other', 'first', 'second']);
  } finally {
    letGo();
    await relay.close();
  }
});

const newJobNumber = (): number => Number.parseInt(newId().slice(-8), 16);

function job<T>(alone: number, read: Prisma.Sql, work: (rows: readonly unknown[]) => Promise<T>): Promise<T> {
  return withoutTenant_decideForNamedJob(database.database.pool, 'relay-outbox', {
    alone,
    read,
    decide: async (rows) => ({ writes: [], answer: await work(rows) }),
  });
}
