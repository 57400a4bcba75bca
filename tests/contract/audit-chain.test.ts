/** The trail and its chain as the database keeps them: added to and never changed, and what was changed all the same is named. */
import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { openAudit, whoOf } from '../../src/platform/db/audit.ts';
import { openRecord } from '../../src/platform/db/audit-trail.ts';
import { Prisma } from '../../src/platform/db/client.ts';
import { databaseFault } from '../../src/platform/db/faults.ts';
import type { Reads } from '../../src/platform/db/quick.ts';
import { withoutTenant_forNamedJob } from '../../src/platform/db/scope.ts';
import { AppError } from '../../src/platform/errors.ts';
import { newId } from '../../src/platform/ids.ts';
import { AuditSealer, verifyTrail } from '../../src/records/index.ts';
import { asSuperuser, createTestDatabase, type TestDatabase } from '../support/database.ts';
import { memoryLogger } from '../support/serve-app.ts';
import { createTenant, type TestTenant } from '../support/tenant.ts';
import { sealAll, trailOf } from '../support/trail.ts';
import { until } from '../support/until.ts';

let database: TestDatabase;
let clinic: TestTenant;
beforeAll(async () => {
  database = await createTestDatabase();
});
afterAll(() => database[Symbol.asyncDispose]());
beforeEach(async () => {
  clinic = await createTenant(database);
});

const occasion = {
  action: 'meeting.read',
  purpose: 'TREAT',
  requestId: 'request-1',
  address: '192.0.2.7',
  userAgent: 'Firefox/145.0',
  route: 'GET /meetings/:id',
} as const;
const { logger } = memoryLogger();

const nameless = { kind: 'system', id: null, roles: [] } as const;

async function write(count: number, tenant = clinic): Promise<string[]> {
  const who = whoOf(await tenant.actor('doctor'));
  const ids: string[] = [];
  for (let n = 0; n < count; n += 1) {
    const record = openRecord(tenant.id, occasion, who);
    record.about({ patientIds: [tenant.patientId, tenant.patient2Id], entity: { type: 'Meeting', id: newId() } });
    const [row] = await tenant.db.run(
      (tx) => tx.$queryRaw<{ id: string }[]>`${record.statement() ?? Prisma.empty} returning id`,
    );
    ids.push(row?.id ?? '');
  }
  return ids;
}

/** As somebody who may do everything and hides it: without triggers. */
async function tamper(...statements: [string, unknown[]?][]): Promise<void> {
  const name = new URL(database.superUrl).pathname.slice(1);
  await asSuperuser(name, async (client) => {
    for (const table of ['audit_entry', 'audit_seal']) await client.query(`alter table ${table} disable trigger all`);
    for (const [text, values] of statements) {
      const { rowCount } = await client.query(text, values);
      expect(rowCount).toBeGreaterThan(0);
    }
    for (const table of ['audit_entry', 'audit_seal']) await client.query(`alter table ${table} enable trigger all`);
    await client.query('alter table audit_entry enable always trigger audit_entry_append_only');
    await client.query('alter table audit_seal enable always trigger audit_seal_append_only');
  });
}

const at = (ids: readonly string[], index: number): string => ids[index] ?? 'no such entry';

describe('an entry', () => {
  it('cannot be changed or deleted: not by the server, not by the owner, not by a superuser in any mode', async () => {
    await write(1);
    await sealAll(database);
    for (const table of ['audit_entry', 'audit_seal']) {
      const statements = [`update ${table} set tenant_id = tenant_id`, `delete from ${table}`, `truncate ${table}`];
      for (const statement of statements) {
        const server = await clinic.db.run((tx) => tx.$executeRawUnsafe(statement)).catch(databaseFault);
        expect({ statement, server }).toMatchObject({ server: { sqlState: '42501' } });
        const owner = new URL(database.ownerUrl);
        const superuser = await database.sql(statement).catch(databaseFault);
        expect({ statement, superuser }).toMatchObject({ superuser: { sqlState: '23000' } });
        const hidden = await asSuperuser(owner.pathname.slice(1), async (client) => {
          await client.query(`set session_replication_role = 'replica'`);
          return client.query(statement).catch(databaseFault);
        });
        expect({ statement, hidden }).toMatchObject({ hidden: { sqlState: '23000' } });
        const byOwner = await asOwner(statement).catch(databaseFault);
        expect({ statement, byOwner }).toMatchObject({ byOwner: { sqlState: '23000' } });
      }
    }
    expect(await verifyTrail(clinic.db)).toMatchObject({ intact: true, entries: 1, unsealed: 0 });
  });

  it('of more patients than it has room for is gone on with, in the same transaction and once', async () => {
    const patientIds = Array.from({ length: 1_201 }, () => newId());
    const record = openRecord(clinic.id, { ...occasion, action: 'payment.export' }, whoOf(await clinic.actor('staff')));
    record.about({ patientIds, entity: { type: 'Payment', id: newId() } });
    // Not known whether it was kept, it is tried again.
    for (let attempt = 1; attempt <= 2; attempt += 1) {
      await clinic.db.run((tx) => tx.$executeRaw(record.statement() ?? Prisma.empty));
      record.settled(false);
    }
    await sealAll(database);
    const entries = await trailOf(database, clinic.id);
    expect(entries.map((entry) => entry.patient_ids.length)).toEqual([500, 500, 201]);
    expect(entries.flatMap((entry) => entry.patient_ids).toSorted()).toEqual(patientIds.toSorted());
    const details = entries.map(({ detail, action }) => ({ detail, action }));
    const more = { detail: { continues: entries[0]?.id }, action: 'payment.export' };
    expect(details).toEqual([{ ...more, detail: null }, more, more]);
    expect(await verifyTrail(clinic.db)).toMatchObject({ intact: true, entries: 3, unsealed: 0 });
  });

  it('carries the time of its id, whatever the server would have it say', async () => {
    const [id = ''] = await write(1);
    const [entry] = await trailOf(database, clinic.id);
    expect(entry?.at.getTime()).toBe(Number.parseInt(id.replaceAll('-', '').slice(0, 12), 16));
    expect(Math.abs(Date.now() - (entry?.at.getTime() ?? 0))).toBeLessThan(60_000);
  });

  it('cannot be changed or taken away while it waits for its seal', async () => {
    const [id] = await write(1);
    for (const statement of [
      `update audit_unsealed set entry = '{}'`,
      'delete from audit_unsealed',
      'truncate audit_unsealed',
    ]) {
      const server = await clinic.db.run((tx) => tx.$executeRawUnsafe(statement)).catch(databaseFault);
      expect({ statement, server }).toMatchObject({ server: { sqlState: '42501' } });
      const superuser = await database.sql(statement).catch(databaseFault);
      expect({ statement, superuser }).toMatchObject({ superuser: { sqlState: '23000' } });
    }
    await sealAll(database);
    expect(await trailOf(database, clinic.id)).toMatchObject([{ id }]);
  });

  it('reads the same before its seal and after it', async () => {
    const record = openRecord(clinic.id, { ...occasion, asked: { id: 'asked' } }, nameless);
    record.about({ patientIds: [clinic.patientId] });
    await clinic.db.writeIf(() => record.failure('NOT_FOUND', 'refused'));
    await write(1);
    const before = await trailOf(database, clinic.id);
    expect(await sealAll(database)).toBe(2);
    const after = await trailOf(database, clinic.id);
    expect(before).toHaveLength(2);
    const inOrder = (rows: typeof before) => rows.map((row) => ({ ...row, patient_ids: row.patient_ids.toSorted() }));
    expect(inOrder(before)).toEqual(inOrder(after));
  });

  it('stays where it is, is told of and holds up no other, when its result, actor or record cannot be', async () => {
    const good = { actor_kind: 'system', actor_roles: [], action: 'a.b', purpose: 'TREAT', result: 'success' };
    const bad = [
      { ...good, code: 'NOT_FOUND' },
      { ...good, result: 'refused' },
      { ...good, result: 'lost' },
      { ...good, actor_kind: 'person' },
      { ...good, actor_kind: 'ghost' },
      { ...good, actor_roles: 'doctor' },
      { ...good, entity_id: 'x' },
      { ...good, action: null },
      'text',
    ];
    for (const entry of [...bad, good]) {
      await clinic.db.run(
        (tx) =>
          tx.$executeRaw`insert into audit_unsealed values (${clinic.id}::uuid, ${newId()}::uuid, null, '{}', ${JSON.stringify(entry)}::jsonb)`,
      );
    }
    expect(await sealAll(database)).toBe(1);
    const late = await verifyTrail(clinic.db, { now: Date.now() + 61_000 });
    expect(late).toMatchObject({ intact: false, entries: 10, unsealed: 9, faultCount: 9 });
    await asSuperuser(new URL(database.superUrl).pathname.slice(1), (client) =>
      client.query(
        'alter table audit_unsealed disable trigger all; delete from audit_unsealed; alter table audit_unsealed enable always trigger audit_unsealed_append_only; alter table audit_unsealed enable always trigger audit_unsealed_only_sealed',
      ),
    );
  });
});

/** As the role that owns the tables and migrates, in the clinic, so that it sees the rows. */
async function asOwner(statement: string): Promise<unknown> {
  const { Client } = await import('pg');
  const client = new Client({ connectionString: database.ownerUrl });
  await client.connect();
  try {
    await client.query(`select set_config('app.tenant_id', $1, false)`, [clinic.id]);
    return await client.query(statement);
  } finally {
    await client.end();
  }
}

describe('the chain', () => {
  it('holds each entry once, in the order of the ids, per clinic, however many seal at once', async () => {
    const other = await createTenant(database);
    const [mine, theirs] = await Promise.all([write(25), write(10, other)]);
    const sealers = Array.from({ length: 4 }, () => new AuditSealer({ database: database.database, logger }));
    await Promise.all(sealers.map((sealer) => sealer.sealNow()));
    await sealAll(database);
    for (const [tenant, ids] of [
      [clinic, mine],
      [other, theirs],
    ] as const) {
      const seals = await database.sql<{ position: string; entry_id: string }>(
        'select position, entry_id from audit_seal where tenant_id = $1 order by position',
        [tenant.id],
      );
      expect(seals.map((seal) => Number(seal.position))).toEqual(ids.map((_, index) => index + 1));
      expect(seals.map((seal) => seal.entry_id)).toEqual(ids);
      expect(await verifyTrail(tenant.db)).toMatchObject({ intact: true, entries: ids.length, unsealed: 0 });
    }
  });

  it('goes on where it ended, and takes in whoever commits late', async () => {
    const record = openRecord(clinic.id, occasion, nameless);
    const early = record.statement() ?? Prisma.empty;
    await write(3);
    expect(await sealAll(database)).toBe(3);
    await clinic.db.run((tx) => tx.$executeRaw(early));
    expect(await sealAll(database)).toBe(1);
    expect(await sealAll(database)).toBe(0);
    expect(await verifyTrail(clinic.db)).toMatchObject({
      intact: true,
      entries: 4,
      unsealed: 0,
      head: { position: 4 },
    });
  });

  it('is sealed by a worker within about a second, without being asked', async () => {
    const sealer = new AuditSealer({ database: database.database, logger });
    sealer.start();
    try {
      await write(2);
      const isSealed = async () => (await verifyTrail(clinic.db)).unsealed === 0;
      await until('both entries are sealed', isSealed);
    } finally {
      await sealer.stop();
    }
    expect(await verifyTrail(clinic.db)).toMatchObject({ intact: true, entries: 2 });
  });

  it('cannot be written by the server itself, nor can a lasting entry, and an id that comes again is sealed no second time', async () => {
    const [id = ''] = await write(1);
    await sealAll(database);
    const forged = clinic.db.run(
      (tx) => tx.$executeRaw`insert into audit_seal values (${clinic.id}::uuid, 2, ${newId()}::uuid, 'x'::bytea)`,
    );
    expect(databaseFault(await forged.catch((error: unknown) => error))?.sqlState).toBe('42501');
    const lasting = clinic.db.run(
      (tx) => tx.$executeRaw`insert into audit_entry select * from audit_entry where id = ${id}::uuid`,
    );
    expect(databaseFault(await lasting.catch((error: unknown) => error))?.sqlState).toBe('42501');
    await clinic.db.run(
      (tx) =>
        tx.$executeRaw`insert into audit_unsealed select tenant_id, id, actor_id, patient_ids,
          jsonb_build_object('actor_kind', actor_kind, 'actor_roles', actor_roles, 'action', 'a.b', 'purpose', purpose, 'result', 'success')
          from audit_trail where id = ${id}::uuid`,
    );
    expect(await sealAll(database)).toBe(1);
    expect(await verifyTrail(clinic.db)).toMatchObject({ intact: true, entries: 1, head: { position: 1 } });
  });

  it('answers the sealer of no clinic and tells it nothing but a number', async () => {
    await write(2);
    const rows = await withoutTenant_forNamedJob(
      database.prisma,
      'seal-audit',
      (tx) => tx.$queryRaw`select * from audit_seal_pending(1::int)`,
    );
    expect(rows).toEqual([{ audit_seal_pending: 1 }]);
  });
});

describe('the verifier', () => {
  let ids: string[];
  beforeEach(async () => {
    ids = await write(9);
    await sealAll(database);
  });

  it('finds nothing where nothing was done', async () => {
    const result = await verifyTrail(clinic.db, { batch: 4 });
    expect(result).toMatchObject({ intact: true, entries: 9, unsealed: 0, faultCount: 0, head: { position: 9 } });
  });

  const faults = async (options = {}) => (await verifyTrail(clinic.db, { batch: 4, ...options })).faults;

  it.each([
    ['action', `'meeting.list'`],
    ['patient_ids', `array[gen_random_uuid()]`],
    ['actor_id', 'gen_random_uuid()'],
    ['at', `at + interval '1 millisecond'`],
    ['address', 'null'],
    ['entity_id', `entity_id || ' '`],
    ['detail', `'{}'::jsonb`],
    ['digest', `sha256('another')`],
  ])('names the one entry whose %s was altered, and no other', async (column, value) => {
    await tamper([`update audit_entry set ${column} = ${value} where id = $1`, [at(ids, 5)]]);
    expect(await faults()).toEqual([{ kind: 'entry_altered', entryId: at(ids, 5), position: 6 }]);
  });

  it('is not deceived by a digest that was made to fit', async () => {
    const digest = `digest = sha256(convert_to(array[tenant_id::text, id::text, (extract(epoch from at) * 1000)::bigint::text,
      actor_kind, actor_id::text, actor_roles::text, action, purpose, result, code, patient_ids::text, entity_type, entity_id,
      request_id, address, user_agent, route, detail::text]::text, 'UTF8'))`;
    const id = at(ids, 3);
    await tamper(
      [`update audit_entry set action = 'meeting.list' where id = $1`, [id]],
      [`update audit_entry set ${digest} where id = $1`, [id]],
    );
    expect(await faults()).toEqual([{ kind: 'seal_broken', entryId: id, position: 4 }]);
  });

  it('names an entry that was deleted, and a place whose seal was deleted with it', async () => {
    await tamper(['delete from audit_entry where id = $1', [at(ids, 2)]]);
    expect(await faults()).toEqual([{ kind: 'entry_missing', entryId: at(ids, 2), position: 3 }]);
    await tamper(['delete from audit_seal where entry_id = $1', [at(ids, 2)]]);
    expect(await faults()).toEqual([{ kind: 'seal_missing', entryId: null, position: 3 }]);
  });

  it('names both of a swapped pair', async () => {
    await tamper(
      ['update audit_seal set position = -position where tenant_id = $1 and position in (4, 7)', [clinic.id]],
      [
        'update audit_seal set position = case position when -4 then 7 else 4 end where tenant_id = $1 and position < 0',
        [clinic.id],
      ],
    );
    const found = await faults();
    expect(found).toContainEqual({ kind: 'seal_broken', entryId: at(ids, 6), position: 4 });
    expect(found).toContainEqual({ kind: 'seal_broken', entryId: at(ids, 3), position: 7 });
  });

  it('names an entry that was slipped in, which no seal knows', async () => {
    await tamper(['delete from audit_seal where entry_id = $1', [at(ids, 8)]]);
    expect(await faults()).toEqual([{ kind: 'entry_unsealed', entryId: at(ids, 8), position: null }]);
  });

  it('names an entry that has waited for its seal for more than a minute', async () => {
    const [late] = await write(1);
    expect(await faults()).toEqual([]);
    const later = await faults({ now: Date.now() + 61_000 });
    expect(later).toEqual([{ kind: 'entry_unsealed', entryId: late, position: null }]);
    await sealAll(database);
    expect(await faults({ now: Date.now() + 61_000 })).toEqual([]);
  });

  it('finds by a head that was kept elsewhere that the end was cut off or the chain was made anew', async () => {
    const { head } = await verifyTrail(clinic.db);
    expect(await faults({ expected: head })).toEqual([]);
    await write(2);
    await sealAll(database);
    expect(await faults({ expected: head })).toEqual([]);
    await tamper(
      ['delete from audit_seal where tenant_id = $1 and position >= 9', [clinic.id]],
      ['delete from audit_entry where tenant_id = $1 and id >= $2', [clinic.id, at(ids, 8)]],
    );
    expect(await faults()).toEqual([]);
    expect(await faults({ expected: head })).toEqual([{ kind: 'head_unknown', entryId: null, position: 9 }]);
  });

  it('looks at one clinic alone', async () => {
    const other = await createTenant(database);
    await write(1, other);
    await tamper([`update audit_entry set action = 'meeting.list' where id = $1`, [at(ids, 0)]]);
    expect(await verifyTrail(other.db)).toMatchObject({ intact: true, entries: 1 });
  });
});

describe('what a transaction carries', () => {
  const open = () => openAudit(database.database, occasion, logger);
  const patients: Reads<{ patientId: string }> = Prisma.sql`select id as "patientId" from patient order by id`;

  it('is gone with it, and then a refusal stands there alone', async () => {
    const audit = open();
    const db = audit.tenantDb(clinic.id, await clinic.actor('doctor'));
    const refusal = new AppError('MEETING_NOT_FOUND');
    const work = db.run(async () => {
      db.about({ patientIds: [clinic.patientId], entity: { type: 'Meeting', id: newId() } });
      throw refusal;
    });
    await expect(work).rejects.toBe(refusal);
    expect(await trailOf(database, clinic.id)).toEqual([]);
    await audit.failed(refusal);
    expect(await trailOf(database, clinic.id)).toMatchObject([
      { result: 'refused', code: 'MEETING_NOT_FOUND', patient_ids: [clinic.patientId] },
    ]);
  });

  it('is one entry, whichever of several transactions comes first, by every way', async () => {
    const actor = await clinic.actor('doctor');
    const rename = Prisma.sql`update patient set name = 'x', updated_at = now() where id = ${clinic.patientId}::uuid`;
    const ways = [
      (db: typeof clinic.db) => db.run((tx) => tx.patient.count()),
      (db: typeof clinic.db) => db.decide(Prisma.sql`select 1`, () => ({ writes: [rename], answer: null })),
      (db: typeof clinic.db) =>
        db.writeIf((beside) => Prisma.sql`with changed as (${rename} returning id) ${beside} select id from changed`),
      (db: typeof clinic.db) => db.readAbout(patients),
    ];
    for (const [index, way] of ways.entries()) {
      const audit = open();
      const db = audit.tenantDb(clinic.id, actor);
      await way(db);
      expect(await trailOf(database, clinic.id)).toHaveLength(index + 1);
      await Promise.all(ways.map((another) => another(db)));
      await audit.succeeded();
      await audit.failed(new AppError('INTERNAL'));
      expect(await trailOf(database, clinic.id)).toHaveLength(index + 1);
    }
  });

  it('names whose data a read found, with those who were named before it', async () => {
    const audit = open();
    const db = audit.tenantDb(clinic.id, await clinic.actor('doctor'));
    const named = newId();
    db.about({ patientIds: [named, clinic.patientId] });
    const found = await db.readAbout(patients);
    expect(found.length).toBeGreaterThan(0);
    const [entry] = await trailOf(database, clinic.id);
    expect(entry?.patient_ids.toSorted()).toEqual(
      [...new Set([named, ...found.map(({ patientId }) => patientId)])].toSorted(),
    );
  });

  it('is there for a read that found nobody, unless only what is found counts', async () => {
    const nobody: Reads<{ patientId: string }> = Prisma.sql`
      select id as "patientId" from patient where id = ${newId()}::uuid`;
    const audit = open();
    const db = audit.tenantDb(clinic.id, await clinic.actor('doctor'));
    expect(await db.readAbout(nobody, 'found')).toEqual([]);
    expect(await trailOf(database, clinic.id)).toEqual([]);
    await db.readAbout(nobody);
    expect(await trailOf(database, clinic.id)).toMatchObject([{ result: 'success', patient_ids: [] }]);
  });

  it('is nothing where a write found nothing to write, until the request is over', async () => {
    const audit = open();
    const db = audit.tenantDb(clinic.id, await clinic.actor('doctor'));
    const nobody = Prisma.sql`update patient set name = 'x' where id = ${newId()}::uuid returning id`;
    const wrote = await db.writeIf(
      (beside) => Prisma.sql`with changed as (${nobody}) ${beside} select id from changed`,
    );
    expect(wrote).toBe(false);
    expect(await trailOf(database, clinic.id)).toEqual([]);
    await audit.succeeded();
    expect(await trailOf(database, clinic.id)).toMatchObject([{ result: 'success' }]);
  });

  it('says refused when the work is kept and the caller is not served', async () => {
    const audit = open();
    const db = audit.tenantDb(clinic.id, await clinic.actor('patient'));
    await db.run(async () => db.refused('NOT_ASSIGNED'));
    await audit.failed(new AppError('NOT_ASSIGNED'));
    expect(await trailOf(database, clinic.id)).toMatchObject([{ result: 'refused', code: 'NOT_ASSIGNED' }]);
  });

  it('is not sealed a second time when a commit was kept and nobody heard', async () => {
    const record = openRecord(clinic.id, occasion, nameless);
    await clinic.db.run((tx) => tx.$executeRaw(record.statement() ?? Prisma.empty));
    await clinic.db.writeIf(() => record.failure('UNAVAILABLE', 'failed'));
    await sealAll(database);
    expect(await trailOf(database, clinic.id)).toMatchObject([{ result: 'success' }]);
  });

  it('leaves nothing of what an unknown person did in a clinic that they merely named', async () => {
    const audit = open();
    await audit.tenantDb(clinic.id).run((tx) => tx.patient.count());
    await audit.failed(new AppError('UNAUTHENTICATED'));
    expect(audit.hasTenant).toBe(false);
    expect(await trailOf(database, clinic.id)).toEqual([]);
  });
});

describe('a commit', () => {
  const commitOf = (...work: string[]) =>
    clinic.db.run(async (tx) => {
      // The tests' own server is told to wait for no disk.
      await tx.$executeRaw`set local synchronous_commit = on`;
      for (const statement of work) await tx.$executeRawUnsafe(statement);
      const record = openRecord(clinic.id, occasion, nameless);
      await tx.$executeRaw(record.statement() ?? Prisma.empty);
      const [row] = await tx.$queryRaw<{ setting: string }[]>`select current_setting('synchronous_commit') as setting`;
      return row?.setting;
    });

  it('waits for the disk when something was changed, and not for the entry of a look alone', async () => {
    expect(await commitOf()).toBe('off');
    expect(await commitOf('select name from patient')).toBe('off');
    expect(await commitOf(`update patient set name = 'x', updated_at = now()`)).toBe('on');
    expect(await commitOf()).toBe('off');
  });
});
