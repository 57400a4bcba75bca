/** The list of what is revoked, against a real PostgreSQL: what it knows, from whom, and when. */
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { outdateAccessTokens, RevocationList, revokeUserSessions } from '../../src/identity/index.ts';
import type { Actor } from '../../src/platform/actor.ts';
import { createPool } from '../../src/platform/db/quick.ts';
import { createDatabase, type Database } from '../../src/platform/db/scope.ts';
import { newId } from '../../src/platform/ids.ts';
import { createTestDatabase, type TestDatabase } from '../support/database.ts';
import { memoryLogger } from '../support/serve-app.ts';
import { createTenant, type TestTenant } from '../support/tenant.ts';
import { until } from '../support/until.ts';

/** Longer than any test: what is known was not found by reading again. */
const never = 3_600_000;

let db: TestDatabase;
let clinic: TestTenant;
beforeAll(async () => {
  db = await createTestDatabase();
  clinic = await createTenant(db);
});
afterAll(() => db[Symbol.asyncDispose]());

/** A list on a process of its own, as far as PostgreSQL can tell; `deaf` when it cannot listen. */
async function startProcess({ deaf = false, rereadMs = never } = {}) {
  const address = new URL(db.appUrl);
  if (deaf) address.port = '1';
  const pool = createPool(address.href);
  const database: Database = { ...createDatabase({ prisma: db.prisma, pool: db.database.pool }), pool };
  const { logger, lines } = memoryLogger();
  const list = await RevocationList.open({ database, logger, rereadMs });
  return {
    list,
    lines,
    tenant: database.tenant(clinic.id),
    async [Symbol.asyncDispose]() {
      await list.close();
      await pool.end();
    },
  };
}

const patient = () => clinic.actor('patient');
const user = () => ({ tenantId: clinic.id, userId: clinic.users.patient.id });

/** Writes a row as any node would, and nothing else. */
const insert = (kind: 'session' | 'user' | 'access', subjectId: string, minutes = 0) =>
  clinic.db.run((tx) => {
    const at = new Date(Date.now() + minutes * 60_000);
    const until = new Date(at.getTime() + 31 * 60_000);
    return tx.revocation.create({ data: { id: newId(), tenantId: clinic.id, kind, subjectId, at, until } });
  });

describe('the process that revokes', () => {
  test('knows when its transaction is committed, also when it cannot listen', async () => {
    await using here = await startProcess({ deaf: true });
    const actor = await patient();
    let inside: string | undefined = 'not asked';
    await here.tenant.run(async (tx) => {
      await revokeUserSessions(tx, user());
      inside = here.list.standing(actor);
    });
    expect(inside).toBeUndefined();
    expect(here.list.standing(actor)).toBe('ended');
    expect(here.lines.map((line) => line['msg'])).toContain('cannot listen to the database now, trying again');
  });

  test('knows nothing of what was rolled back', async () => {
    await using here = await startProcess({ deaf: true });
    const actor = await patient();
    const failed = here.tenant.run(async (tx) => {
      await revokeUserSessions(tx, user());
      throw new Error('Not kept.');
    });
    await expect(failed).rejects.toThrow('Not kept.');
    await here.list.reread();
    expect(here.list.standing(actor)).toBeUndefined();
  });
});

describe('another process', () => {
  test('hears of each kind, and calls back whoever watches', async () => {
    await using here = await startProcess();
    const watched: (string | undefined)[] = [];
    const [ended, outdated] = [await patient(), await clinic.actor('doctor')];
    const stop = here.list.onRevoked(() => watched.push(here.list.standing(ended), here.list.standing(outdated)));
    await insert('session', ended.sessionId);
    await until('it has heard', () => here.list.standing(ended) === 'ended');
    expect(here.list.standing({ ...ended, sessionId: newId() })).toBeUndefined();
    stop();
    await clinic.db.run((tx) => outdateAccessTokens(tx, { tenantId: clinic.id, userId: outdated.userId }));
    await until('it has heard', () => here.list.standing(outdated) === 'outdated');
    expect(watched).toEqual(['ended', undefined]);
  });

  test('takes tokens from before for revoked and no others, to the millisecond', async () => {
    await using here = await startProcess({ deaf: true });
    const at = await here.tenant.run(async (tx) => {
      await revokeUserSessions(tx, user());
      const [row] = await tx.$queryRaw<{ at: Date }[]>`select max(at) as at from revocation`;
      return row?.at ?? new Date(0);
    });
    const actor = await patient();
    const issued = (offMs: number): Actor => ({ ...actor, issuedAt: new Date(at.getTime() + offMs) });
    expect(here.list.standing(issued(-1))).toBe('ended');
    expect(here.list.standing(issued(0))).toBeUndefined();
  });

  test('that starts later reads what still matters, and nothing that is over', async () => {
    const [known, over] = [newId(), newId()];
    await insert('session', known, -20);
    await insert('session', over, -40);
    await using here = await startProcess({ deaf: true });
    const actor = await patient();
    expect(here.list.standing({ ...actor, sessionId: known })).toBe('ended');
    expect(here.list.standing({ ...actor, sessionId: over })).toBeUndefined();
  });

  test('that cannot listen reads again', async () => {
    await using here = await startProcess({ deaf: true, rereadMs: 50 });
    const actor = await patient();
    await insert('session', actor.sessionId);
    await until('it has read', () => here.list.standing(actor) === 'ended');
  });

  test('is not led astray by what is no revocation', async () => {
    await using here = await startProcess();
    const actor = await patient();
    for (const payload of ['', 'nonsense', '{}', '{"kind":"all"}', `{"tenantId":1,"kind":"user"}`]) {
      await db.sql('select pg_notify($1, $2)', ['revocation', payload]);
    }
    await until('it has complained of each', () => here.lines.length === 5);
    await insert('session', actor.sessionId);
    await until('it has heard', () => here.list.standing(actor) === 'ended');
  });

  test('says once that the table cannot be read, and goes on with what it knows', async () => {
    await using here = await startProcess();
    const actor = await patient();
    await insert('session', actor.sessionId);
    await until('it has heard', () => here.list.standing(actor) === 'ended');
    await db.sql('alter function revocations_since(timestamptz) rename to revocations_gone');
    try {
      for (let times = 0; times < 3; times += 1) await here.list.reread();
    } finally {
      await db.sql('alter function revocations_gone(timestamptz) rename to revocations_since');
    }
    expect(here.lines.filter((line) => line['level'] === 40)).toHaveLength(1);
    expect(here.list.standing(actor)).toBe('ended');
  });
});

test('nobody is let in by a process that cannot read the list', async () => {
  await db.sql('alter function revocations_since(timestamptz) rename to revocations_gone');
  try {
    await expect(startProcess()).rejects.toThrow('revocations_since');
  } finally {
    await db.sql('alter function revocations_gone(timestamptz) rename to revocations_since');
  }
});

test('closing leaves no connection behind, twice is harmless', async () => {
  const listening = () =>
    db.sql(`select from pg_stat_activity where application_name = 'housecall-listen-revocation'
      and datname = current_database()`);
  const here = await startProcess();
  await until('it listens', async () => (await listening()).length === 1);
  await here.list.close();
  await here[Symbol.asyncDispose]();
  await until('the connection is gone', async () => (await listening()).length === 0);
});
