/** The named ways around the tenant, called as the server calls them: with no tenant set. */
import { randomBytes } from 'node:crypto';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import { withoutTenant_forNamedJob } from '../../src/platform/db/scope.ts';
import { newId } from '../../src/platform/ids.ts';
import { createTestDatabase, type TestDatabase } from '../support/database.ts';
import { createTenant, type TestTenant } from '../support/tenant.ts';
import { sealAll } from '../support/trail.ts';

let database: TestDatabase;
let a: TestTenant;
let b: TestTenant;

beforeAll(async () => {
  database = await createTestDatabase();
  [a, b] = [await createTenant(database), await createTenant(database)];
});
afterAll(() => database[Symbol.asyncDispose]());

type Job = Parameters<typeof withoutTenant_forNamedJob>[1];

function call<R extends object>(job: Job, text: string, ...values: unknown[]): Promise<R[]> {
  return withoutTenant_forNamedJob(database.prisma, job, (tx) => tx.$queryRawUnsafe<R[]>(text, ...values));
}

async function addMeeting(tenant: TestTenant, columns: Record<string, unknown> = {}): Promise<string> {
  const row = {
    id: newId(),
    tenant_id: tenant.id,
    doctor_id: tenant.doctorId,
    patient_id: tenant.patientId,
    scheduled_at: new Date(),
    snapshot: {},
    ...columns,
  };
  const names = Object.keys(row);
  const places = names.map((_, i) => `$${i + 1}`).join(', ');
  await database.sql(`insert into meeting (${names.join(', ')}) values (${places})`, Object.values(row));
  return row.id;
}

const at = (minutes: number) => new Date(Date.UTC(2026, 10, 21, 12, minutes));

const addFact = async (tenant: TestTenant, key: string, topic: string) => {
  const row = await tenant.db.run((tx) =>
    tx.outbox.create({ data: { id: newId(), tenantId: tenant.id, topic, key, payload: {} } }),
  );
  return row.seq;
};

const pending = async (max = 100) =>
  (await call<{ topic: string }>('relay-outbox', 'select * from outbox_pending($1::int)', max)).map((row) => row.topic);

const register = async (ttl = 60_000) => {
  const id = newId();
  await call('node-leases', 'select node_register($1::uuid, $2::int)::text', id, ttl);
  return id;
};

const beat = async (id: string) => {
  const [row] = await call<{ alive: boolean }>('node-leases', 'select node_beat($1::uuid, 60000) as alive', id);
  return row?.alive;
};

const expired = async () =>
  (await call<{ id: string }>('node-leases', 'select * from node_expired()')).map((row) => row.id);

describe('finding a tenant', () => {
  test('by its slug, exactly', async () => {
    expect(await call('find-tenant', 'select * from find_tenant($1)', a.slug)).toEqual([{ id: a.id }]);
    expect(await call('find-tenant', 'select * from find_tenant($1)', a.slug.toUpperCase())).toEqual([]);
    expect(await call('find-tenant', 'select * from find_tenant($1)', 'nowhere')).toEqual([]);
  });
});

describe('finding who signs in', () => {
  test('finds the address in every tenant that has it, whatever its case, accents included', async () => {
    const email = `ÉLODIE@two-clinics.example`;
    await database.sql('update app_user set email = $1 where id = any ($2)', [
      email,
      [a.users.doctor.id, b.users.staff.id],
    ]);
    const found = await call('find-login', 'select * from find_login($1::citext)', 'élodie@Two-Clinics.example');
    expect(found).toEqual(
      [
        { tenant_id: a.id, user_id: a.users.doctor.id },
        { tenant_id: b.id, user_id: b.users.staff.id },
      ].toSorted((x, y) => (x.tenant_id < y.tenant_id ? -1 : 1)),
    );
  });

  test('does not find an account that was switched off', async () => {
    await database.sql('update app_user set is_active = false where id = $1', [a.users.lab.id]);
    expect(await call('find-login', 'select * from find_login($1::citext)', a.users.lab.email)).toEqual([]);
  });
});

describe('deadlines', () => {
  beforeEach(() => database.sql('delete from meeting'));

  test('come from all tenants, the most overdue first, no more than asked for', async () => {
    const third = await addMeeting(a, { next_deadline_at: at(3) });
    const first = await addMeeting(b, { next_deadline_at: at(1) });
    const second = await addMeeting(a, { next_deadline_at: at(2) });
    await addMeeting(b, { next_deadline_at: at(9) });
    await addMeeting(b);
    const due = (max: number) =>
      call<{ meeting_id: string }>('claim-deadlines', 'select * from due_meetings($1, $2::int)', at(3), max);
    expect(await due(10)).toEqual([
      { tenant_id: b.id, meeting_id: first },
      { tenant_id: a.id, meeting_id: second },
      { tenant_id: a.id, meeting_id: third },
    ]);
    expect(await due(2)).toHaveLength(2);
    expect(await call('claim-deadlines', 'select next_meeting_deadline() as at')).toEqual([{ at: at(1) }]);
  });

  test('are none when no meeting has one', async () => {
    await addMeeting(a);
    expect(await call('claim-deadlines', 'select next_meeting_deadline() as at')).toEqual([{ at: null }]);
  });
});

describe('what the clock owes appointments', () => {
  async function addAppointment(tenant: TestTenant, minute: number, holdUntil: Date | null): Promise<string> {
    const [id, serviceId] = [newId(), newId()];
    const code = { codeSystem: 'http://snomed.info/sct', code: newId(), name: 'Visit', durationMinutes: 5 };
    const price = { priceMinor: 0, currency: 'INR' };
    const { doctorId: practitionerId, patientId } = tenant;
    const [startsAt, endsAt] = [at(minute), at(minute + 5)];
    await tenant.db.run(async (tx) => {
      const own = { tenantId: tenant.id };
      await tx.service.create({ data: { id: serviceId, ...own, ...code, ...price, modality: 'both' } });
      const who = { practitionerId, patientId, serviceId, createdById: tenant.users.staff.id };
      const when = { startsAt, endsAt, busyFrom: startsAt, busyUntil: endsAt, holdUntil };
      const status = holdUntil ? 'pending' : 'booked';
      await tx.appointment.create({ data: { id, ...own, ...who, ...when, ...price, modality: 'video', status } });
    });
    return id;
  }

  async function addReminder(tenant: TestTenant, appointmentId: string, dueAt: Date, state: 'pending' | 'sent') {
    const id = newId();
    const data = { id, tenantId: tenant.id, appointmentId, dueAt, state, minutesBefore: state === 'sent' ? 1 : 2 };
    await tenant.db.run((tx) => tx.appointmentReminder.create({ data }));
    return id;
  }

  const due = (now: Date, max = 10) =>
    call('claim-appointments', 'select * from due_appointments($1::timestamptz, $2::int)', now, max);
  const next = async () => {
    const [row] = await call<{ at: Date | null }>('claim-appointments', 'select next_appointment_deadline() as at');
    return row?.at;
  };

  test('gives offers that have run out, reminders that are due and visits to be closed, of every tenant, the most overdue first', async () => {
    expect(await next()).toBeNull();
    const offer = await addAppointment(a, 100, at(20));
    const booked = await addAppointment(b, 200, null);
    const reminder = await addReminder(b, booked, at(10), 'pending');
    await addReminder(b, booked, at(5), 'sent');
    expect(await next()).toEqual(at(10));
    expect(await due(at(9))).toEqual([]);
    const first = { tenant_id: b.id, kind: 'reminder', id: reminder };
    const second = { tenant_id: a.id, kind: 'offer', id: offer };
    expect(await due(at(20))).toEqual([first, second]);
    expect(await due(at(20), 1)).toEqual([first]);
    await database.sql('update appointment set close_at = $2 where id = $1', [booked, at(1)]);
    expect(await next()).toEqual(at(1));
    expect(await due(at(1))).toEqual([{ tenant_id: b.id, kind: 'close', id: booked }]);
    await database.sql('update appointment set close_at = null where id = $1', [booked]);
  });
});

describe('the outbox', () => {
  beforeEach(() => database.sql('delete from outbox'));

  test('shows facts of all tenants in order and takes none', async () => {
    const key = newId();
    await addFact(a, key, 'one');
    await addFact(b, newId(), 'two');
    await addFact(a, key, 'three');
    expect(await pending()).toEqual(['one', 'two', 'three']);
    expect(await pending(2)).toEqual(['one', 'two']);
    expect(await pending()).toEqual(['one', 'two', 'three']);
  });

  test('shows a new fact although its rounded time, or a clock set back, puts it into the future', async () => {
    const seq = await addFact(a, newId(), 'new');
    await database.sql(
      `update outbox set created_at = now() + interval '1 minute', available_at = now() + interval '1 minute' where seq = $1`,
      [seq],
    );
    expect(await pending()).toEqual(['new']);
  });

  test('forgets what was delivered and says how many', async () => {
    const seqs = [await addFact(a, newId(), 'one'), await addFact(b, newId(), 'two')];
    await addFact(b, newId(), 'three');
    const done = await call('relay-outbox', 'select outbox_done($1::bigint[]) as n', seqs);
    expect(done).toEqual([{ n: 2 }]);
    expect(await pending()).toEqual(['three']);
    expect(await call('relay-outbox', 'select outbox_done($1::bigint[]) as n', seqs)).toEqual([{ n: 0 }]);
  });

  test('holds back a fact that failed together with the later ones of its key, and no other', async () => {
    const key = newId();
    const first = await addFact(a, key, 'first');
    await addFact(a, key, 'second');
    await addFact(a, newId(), 'elsewhere');
    await addFact(b, key, 'the same key in another tenant');
    await call('relay-outbox', 'select outbox_retry($1::bigint, 60000)::text', first);
    await addFact(a, key, 'third');
    expect(await pending()).toEqual(['elsewhere', 'the same key in another tenant']);
    await database.sql(`update outbox set available_at = now() - interval '1 minute' where seq = $1`, [first]);
    expect(await pending()).toEqual(['first', 'second', 'elsewhere', 'the same key in another tenant', 'third']);
    const [row] = await database.sql('select attempts from outbox where seq = $1', [first]);
    expect(row).toEqual({ attempts: 1 });
  });
});

const endLease = (id: string) =>
  database.sql(`update node set lease_until = now() - interval '1 ms' where id = $1`, [id]);

describe('nodes', () => {
  beforeEach(async () => {
    await database.sql('delete from meeting_room');
    await database.sql('delete from meeting');
    await database.sql('delete from node');
  });

  test('live as long as they beat', async () => {
    const id = await register(1);
    await endLease(id);
    expect(await expired()).toEqual([id]);
    const other = await register();
    expect(await beat(other)).toBe(true);
    const [row] = await database.sql(
      "select lease_until > now() + interval '50 s' as renewed from node where id = $1",
      [other],
    );
    expect(row).toEqual({ renewed: true });
    expect(await expired()).toEqual([id]);
  });

  test('cannot come back once their lease has run out, nor once they are forgotten', async () => {
    const id = await register();
    await endLease(id);
    expect(await beat(id)).toBe(false);
    await call('node-leases', 'select node_forget($1::uuid)::text', id);
    expect(await beat(id)).toBe(false);
    expect(await expired()).toEqual([]);
  });

  test('are all taken for dead but one, where only one process can reach the database', async () => {
    const [old, older, self] = [await register(), await register(), await register()];
    expect(await call('node-leases', 'select node_expire_others($1::uuid) as n', self)).toEqual([{ n: 2 }]);
    expect((await expired()).toSorted()).toEqual([old, older].toSorted());
    expect(await beat(self)).toBe(true);
  });

  test('lead to the active meetings that they hold a seat of, in all tenants', async () => {
    const [node, other] = [await register(), await register()];
    const active = { status: 'active', started_at: new Date() };
    const one = await addMeeting(a, { ...active, doctor_node_id: node, patient_node_id: node });
    const two = await addMeeting(b, { ...active, doctor_node_id: other, patient_node_id: node });
    await addMeeting(b, { ...active, doctor_node_id: other });
    await addMeeting(a);
    const found = await call('node-leases', 'select * from meetings_of_node($1::uuid)', node);
    expect(found).toHaveLength(2);
    expect(found).toEqual(
      expect.arrayContaining([
        { tenant_id: a.id, meeting_id: one },
        { tenant_id: b.id, meeting_id: two },
      ]),
    );
  });

  test('that a seat names and nobody knows are expired as well', async () => {
    const node = await register();
    const ghost = newId();
    await addMeeting(a, { status: 'active', started_at: new Date(), doctor_node_id: node, patient_node_id: ghost });
    expect(await expired()).toEqual([ghost]);
  });
});

test('answers that are over are forgotten in all tenants, no more at once than asked for, and no others', async () => {
  const keep = (tenant: TestTenant, minutes: number) =>
    tenant.db.run((tx) => {
      const [id, expiresAt] = [randomBytes(32), new Date(Date.now() + minutes * 60_000)];
      const row = { tenantId: tenant.id, id, request: id, answer: id, status: 201, expiresAt };
      return tx.idempotencyRecord.create({ data: row, select: { id: true } });
    });
  for (const tenant of [a, b]) await Promise.all([-60, -1, 60].map((minutes) => keep(tenant, minutes)));
  const forget = () => call('forget-answers', 'select idempotency_forget(3) as n');
  expect([await forget(), await forget(), await forget()]).toEqual([[{ n: 3 }], [{ n: 1 }], [{ n: 0 }]]);
  expect(await database.sql('select count(*)::int as n from idempotency_record')).toEqual([{ n: 2 }]);
});

describe('rooms of meetings', () => {
  let meetingId: string;
  beforeEach(async () => {
    await database.sql('delete from meeting_room');
    await database.sql('delete from meeting');
    await database.sql('delete from node');
    meetingId = await addMeeting(a, { status: 'active', started_at: new Date() });
  });

  const claim = async (caller: string, more: { node?: string; deposed?: [node: string, epoch: number] } = {}) => {
    const [node, epoch] = more.deposed ?? [null, null];
    const values = [a.id, meetingId, caller, more.node ?? caller, node, epoch];
    const rows = await call<{ holder: string; holding: number }>(
      'node-leases',
      'select * from room_claim($1::uuid, $2::uuid, $3::uuid, $4::uuid, $5::uuid, $6::int)',
      ...values,
    );
    return rows.map(({ holder, holding }) => [holder, holding]);
  };

  test('are held by the first that claims one, as long as its lease lasts', async () => {
    const [first, second] = [await register(), await register()];
    expect(await claim(first)).toEqual([[first, 1]]);
    expect(await claim(second)).toEqual([[first, 1]]);
    expect(await claim(first)).toEqual([[first, 1]]);
    await endLease(first);
    expect(await claim(second)).toEqual([[second, 2]]);
    const held = { tenant_id: a.id, meeting_id: meetingId, epoch: 2 };
    const ofSecond = () => call('node-leases', 'select * from rooms_of_node($1::uuid)', second);
    expect(await ofSecond()).toEqual([{ ...held, is_over: false }]);
    await database.sql(
      "update meeting set status = 'ended', end_reason = 'doctor_ended', ended_at = now(), duration_seconds = 0 where id = $1::uuid",
      [meetingId],
    );
    expect(await ofSecond()).toEqual([{ ...held, is_over: true }]);
  });

  test('say how far their meetings have come, and nothing of those that there are not', async () => {
    expect(await call('node-leases', 'select * from meeting_versions($1::uuid[])', [meetingId, newId()])).toEqual([
      { id: meetingId, version: 1 },
    ]);
  });

  test('give nothing to a node whose own lease has run out, whomever it calls dead', async () => {
    const [living, thawed] = [await register(), await register()];
    expect(await claim(living)).toEqual([[living, 1]]);
    await endLease(thawed);
    expect(await claim(thawed, { deposed: [living, 1] })).toEqual([]);
    expect(await claim(living)).toEqual([[living, 1]]);
  });

  test('are taken from a holder once, by whoever finds that holding dead first', async () => {
    const [dead, one, other] = [await register(), await register(), await register()];
    await claim(dead);
    const claims = await Promise.all([claim(one, { deposed: [dead, 1] }), claim(other, { deposed: [dead, 1] })]);
    expect(claims[0]).toEqual(claims[1]);
    expect([[[one, 2]], [[other, 2]]]).toContainEqual(claims[0]);
  });

  test('may be claimed for a node that has less to do, and are given back by their present holder alone', async () => {
    const [busy, idle] = [await register(), await register()];
    expect(await claim(busy, { node: idle })).toEqual([[idle, 1]]);
    const release = (node: string, epoch: number) =>
      call(
        'node-leases',
        'select room_release($1::uuid, $2::uuid, $3::uuid, $4::int)::text',
        a.id,
        meetingId,
        node,
        epoch,
      );
    await release(busy, 1);
    await release(idle, 2);
    expect(await claim(busy)).toEqual([[idle, 1]]);
    await release(idle, 1);
    expect(await claim(busy)).toEqual([[busy, 2]]);
  });

  test('are not held of a meeting that does not go on', async () => {
    const node = await register();
    meetingId = await addMeeting(a);
    expect(await claim(node)).toEqual([]);
  });
});

describe('what was revoked', () => {
  const revoke = (tenant: TestTenant, minutes: number, lastsMinutes: number) =>
    tenant.db.run((tx) => {
      const at = new Date(Date.now() + minutes * 60_000);
      const until = new Date(at.getTime() + lastsMinutes * 60_000);
      const row = { id: newId(), tenantId: tenant.id, kind: 'user' as const, subjectId: newId(), at, until };
      return tx.revocation.create({ data: row, select: { subjectId: true } });
    });
  const since = async (minutes: number) =>
    (
      await call<{ subject_id: string }>(
        'read-revocations',
        'select * from revocations_since($1)',
        new Date(Date.now() + minutes * 60_000),
      )
    ).map((row) => row.subject_id);

  test('is listed for all tenants from then on, as long as it matters', async () => {
    await database.sql('delete from revocation');
    const [old, ofA, ofB] = [await revoke(a, -20, 31), await revoke(a, -5, 31), await revoke(b, -5, 31)];
    const over = await revoke(b, -40, 31);
    expect((await since(-60)).toSorted()).toEqual([old, ofA, ofB].map((row) => row.subjectId).toSorted());
    expect((await since(-10)).toSorted()).toEqual([ofA, ofB].map((row) => row.subjectId).toSorted());
    expect(await since(-60)).not.toContain(over.subjectId);
  });

  test('is forgotten when it is over, with tokens that have run out and sign-ins that nobody uses', async () => {
    await database.sql('delete from revocation');
    await revoke(a, -40, 31);
    const current = await revoke(b, -1, 31);
    const day = 86_400_000;
    const add = (tenant: TestTenant, daysAgo: number) =>
      tenant.db.run(async (tx) => {
        const own = { tenantId: tenant.id, userId: tenant.users.doctor.id };
        const at = new Date(Date.now() - daysAgo * day);
        const [id, expiresAt] = [newId(), new Date(at.getTime() + 7 * day)];
        await tx.session.create({ data: { id, ...own, lastUsedAt: at, address: '192.0.2.1', userAgent: '' } });
        await tx.refreshToken.create({ data: { id, ...own, familyId: id, hash: randomBytes(32), expiresAt } });
      });
    for (const tenant of [a, b]) for (const daysAgo of [0, 6, 9, 100]) await add(tenant, daysAgo);
    const forget = () => call('forget-sign-ins', 'select forget_sign_ins(90) as n');
    // One revocation; of each tenant two tokens and one sign-in.
    expect([await forget(), await forget()]).toEqual([[{ n: 7 }], [{ n: 0 }]]);
    expect(await database.sql('select subject_id from revocation')).toEqual([{ subject_id: current.subjectId }]);
    expect(await database.sql('select count(*)::int as n from session')).toEqual([{ n: 6 }]);
    expect(await database.sql('select count(*)::int as n from refresh_token')).toEqual([{ n: 4 }]);
  });

  test('takes a sign-in of the last eight days from nobody, whatever is asked', async () => {
    const before = await database.sql('select count(*)::int as n from session');
    await call('forget-sign-ins', 'select forget_sign_ins(0)');
    const [{ n } = { n: 0 }] = await database.sql<{ n: number }>(
      `select count(*)::int as n from session where last_used_at > now() - interval '8 days'`,
    );
    expect(n).toBe(4);
    expect(before).toEqual([{ n: 6 }]);
  });
});

describe('waiting mail', () => {
  beforeEach(() => database.sql('delete from outgoing_mail'));

  const addMail = async (tenant: TestTenant, minutes: number, done = false) => {
    const id = newId();
    const state = done ? { gaveUpAt: at(minutes) } : { sealed: Buffer.from('sealed') };
    await tenant.db.run((tx) =>
      tx.outgoingMail.create({ data: { id, tenantId: tenant.id, availableAt: at(minutes), ...state } }),
    );
    return id;
  };
  const claim = async (minutes: number, max: number) =>
    (await call<{ id: string }>('send-mail', 'select * from claim_mail($1, $2::int, 60000)', at(minutes), max)).map(
      ({ id }) => id,
    );

  test('comes from all tenants when it is due, the longest waiting first, and for a while to one alone', async () => {
    const second = await addMail(a, 2);
    const first = await addMail(b, 1);
    await addMail(a, 9);
    await addMail(b, 1, true);
    expect(await claim(3, 1)).toEqual([first]);
    expect(await claim(3, 10)).toEqual([second]);
    expect(await claim(3, 10)).toEqual([]);
    expect((await claim(4, 10)).toSorted()).toEqual([first, second].toSorted());
    const [row] = await database.sql('select attempts, available_at from outgoing_mail where id = $1', [first]);
    expect(row).toEqual({ attempts: 2, available_at: at(5) });
  });

  test('that somebody is claiming is not waited for', async () => {
    const [held, free] = [await addMail(a, 1), await addMail(b, 2)];
    await a.db.run(async (tx) => {
      await tx.$queryRaw`select 1 from outgoing_mail where id = ${held}::uuid for update`;
      expect(await claim(3, 10)).toEqual([free]);
    });
  });

  test('is counted: what waits, what was put off, what was given up within a day, and since when the oldest waits', async () => {
    await addMail(a, 1);
    await addMail(b, 1);
    await addMail(b, 1, true);
    await claim(3, 1);
    await database.sql(`update outgoing_mail set gave_up_at = now() where gave_up_at is not null`);
    await database.sql(`update outgoing_mail set created_at = $1 where sealed is not null`, [at(0)]);
    expect(await call('measure-lag', 'select * from mail_lag()')).toEqual([
      { waiting: 2, retried: 1, given_up: 1, oldest: at(0) },
    ]);
    await database.sql('delete from outgoing_mail');
    expect(await call('measure-lag', 'select * from mail_lag()')).toEqual([
      { waiting: 0, retried: 0, given_up: 0, oldest: null },
    ]);
  });

  test('is forgotten once it is done and old, and never while it waits', async () => {
    await addMail(a, 1, true);
    const kept = [await addMail(b, 8, true), await addMail(a, 1)];
    expect(await call('send-mail', 'select forget_mail($1) as n', at(5))).toEqual([{ n: 1 }]);
    const rows = await database.sql<{ id: string }>('select id from outgoing_mail');
    expect(rows.map(({ id }) => id).toSorted()).toEqual(kept.toSorted());
  });
});

describe('keys of services', () => {
  const addKey = async (prefix: string, columns: Record<string, unknown> = {}) => {
    const row = {
      id: newId(),
      tenant_id: a.id,
      name: 'Voice',
      prefix,
      hash: Buffer.alloc(32, prefix),
      scopes: ['slots:read'],
      created_by: a.users.admin.id,
      expires_at: new Date(Date.now() + 60_000),
      ...columns,
    };
    const names = Object.keys(row);
    const places = names.map((_, i) => `$${i + 1}`).join(', ');
    await database.sql(`insert into api_key (${names.join(', ')}) values (${places})`, Object.values(row));
    return row;
  };
  const find = (prefix: string) => call('find-api-key', 'select * from find_api_key($1)', prefix);

  test('are found by their prefix, with what is needed to check them and no more', async () => {
    const { id, hash, scopes, expires_at } = await addKey('aaaaaaaaaaaa');
    expect(await find('aaaaaaaaaaaa')).toEqual([
      { tenant_id: a.id, id, hash: new Uint8Array(hash), scopes, expires_at },
    ]);
    for (const other of ['aaaaaaaaaaab', 'AAAAAAAAAAAA', '', '%']) expect(await find(other)).toEqual([]);
  });

  test('are not found once they are revoked or over', async () => {
    await addKey('bbbbbbbbbbbb', { revoked_at: new Date() });
    const past = { created_at: new Date(Date.now() - 120_000), expires_at: new Date(Date.now() - 1_000) };
    await addKey('cccccccccccc', past);
    expect([await find('bbbbbbbbbbbb'), await find('cccccccccccc')]).toEqual([[], []]);
  });

  test('have a prefix that is theirs alone, in all clinics, and an end within a year', async () => {
    const { prefix } = await addKey('dddddddddddd');
    const own = { tenant_id: b.id, created_by: b.users.admin.id };
    await expect(addKey(prefix, own)).rejects.toMatchObject({ constraint: 'api_key_prefix_key' });
    const late = { expires_at: new Date(Date.now() + 400 * 86_400_000) };
    await expect(addKey('eeeeeeeeeeee', late)).rejects.toMatchObject({ constraint: 'api_key_expires_at_check' });
  });
});

describe('how the installation is', () => {
  test('nodes, with their leases, the oldest first', async () => {
    await database.sql('delete from node');
    const [first, second] = [await register(), await register()];
    const rows = await call<{ id: string; lease_until: Date }>('show-status', 'select * from node_list()');
    expect(rows.map(({ id }) => id)).toEqual([first, second]);
    expect(rows[0]?.lease_until.getTime()).toBeGreaterThan(Date.now());
  });

  test('facts that wait, in all clinics together', async () => {
    await database.sql('delete from outbox');
    expect(await call('show-status', 'select * from outbox_lag()')).toEqual([{ waiting: 0, retried: 0, oldest: null }]);
    const first = await addFact(a, newId(), 'one');
    await addFact(b, newId(), 'two');
    await call('relay-outbox', 'select outbox_retry($1::bigint, 60000)::text', first);
    const [{ created_at: oldest } = {}] = await database.sql('select created_at from outbox where seq = $1', [first]);
    expect(await call('show-status', 'select * from outbox_lag()')).toEqual([{ waiting: 2, retried: 1, oldest }]);
  });

  test('entries of the audit trail that wait for their seal, and since when', async () => {
    await sealAll(database);
    expect(await call('show-status', 'select * from audit_seal_lag()')).toEqual([{ waiting: 0, oldest: null }]);
    // 2026-01-02T03:15:35.758Z in the first 48 bits of the id.
    await database.sql(`insert into audit_unsealed values ($1, $2, null, '{}', '{}'), ($3, $4, null, '{}', '{}')`, [
      a.id,
      newId(),
      b.id,
      '019b7cb4-16ce-7000-8000-000000000000',
    ]);
    const [lag] = await call<{ waiting: number; oldest: Date }>('show-status', 'select * from audit_seal_lag()');
    expect(lag).toEqual({ waiting: 2, oldest: new Date(Number.parseInt('019b7cb416ce', 16)) });
  });

  test('migrations, each once, in order', async () => {
    const rows = await call<{ name: string }>('show-status', 'select name from applied_migrations()');
    const all = await database.sql<{ name: string }>(
      'select migration_name as name from _prisma_migrations order by 1',
    );
    expect(rows).toEqual(all);
    expect(rows.length).toBeGreaterThan(2);
  });
});
