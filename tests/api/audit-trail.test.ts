/** The trail as the clinic's officers read, export and verify it. */
import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { type AuditEntryView, AuditPage, Verification } from '../../src/records/audit/schema.ts';
import { asSuperuser } from '../support/database.ts';
import { type LiveServer, startLive, unknownId } from '../support/live.ts';
import type { TestPerson, TestTenant } from '../support/tenant.ts';
import { sealAll, trailOf } from '../support/trail.ts';
import { until } from '../support/until.ts';

let live: LiveServer;
let clinic: TestTenant;
beforeAll(async () => {
  live = await startLive();
});
afterAll(() => live[Symbol.asyncDispose]());
beforeEach(async () => {
  clinic = await live.tenant();
});

const get = (path: string, person: TestPerson = 'admin') => live.rest(clinic, person, 'GET', path);
async function page(query = ''): Promise<AuditPage> {
  const answer = await get(`/admin/audit${query}`);
  expect(answer.status).toBe(200);
  return AuditPage.parse(answer.json);
}
/** Without the looks at the trail themselves. */
const found = async (query: string): Promise<AuditEntryView[]> =>
  (await page(query)).items.filter(({ action }) => action !== 'audit.read');

describe('the list', () => {
  it('says who did what, whose data it was, when, from where, why and whether it worked', async () => {
    const meeting = await live.meeting(clinic);
    await get(`/meetings/${meeting.id}`, 'patient2');
    const [refused, made] = await found('');
    const { patient2, admin } = clinic.users;
    expect(refused).toMatchObject({
      actor: { kind: 'person', id: patient2.id, name: patient2.displayName, roles: ['patient'] },
      action: 'meeting.read',
      purpose: 'TREAT',
      result: 'refused',
      code: 'MEETING_NOT_FOUND',
      patientIds: [clinic.patientId],
      entity: { type: 'Meeting', id: meeting.id },
      route: 'GET /meetings/:id',
      address: expect.stringMatching(/127\.0\.0\.1$/),
    });
    expect(made).toMatchObject({
      actor: { id: admin.id, name: admin.displayName },
      action: 'meeting.create',
      result: 'success',
      code: null,
      entity: { type: 'Meeting', id: meeting.id },
    });
    expect(Date.parse(refused?.at ?? '')).toBeGreaterThanOrEqual(Date.parse(made?.at ?? ''));
  });

  it('finds by each filter what the others leave out, and by several together', async () => {
    const meeting = await live.meeting(clinic);
    await get(`/meetings/${meeting.id}`, 'doctor');
    await get(`/meetings/${meeting.id}`, 'doctor2');
    await get('/meetings', 'patient2');
    const { doctor, doctor2, admin } = clinic.users;
    const actions = async (query: string) => (await found(query)).map(({ action, result }) => `${action} ${result}`);
    expect(await actions(`?actorId=${doctor.id}`)).toEqual(['meeting.read success']);
    expect(await actions(`?patientId=${clinic.patientId}&actorId=${doctor2.id}`)).toEqual(['meeting.read refused']);
    expect(await actions('?action=meeting.list')).toEqual(['meeting.list success']);
    expect(await actions('?result=refused')).toEqual(['meeting.read refused']);
    expect(await actions('?result=failed')).toEqual([]);
    expect(await actions(`?entityType=Meeting&entityId=${meeting.id}`)).toEqual([
      'meeting.read refused',
      'meeting.read success',
      'meeting.create success',
    ]);
    expect(await actions(`?actorId=${admin.id}&action=meeting.create`)).toEqual(['meeting.create success']);
    const [last] = await found('');
    const at = last?.at ?? '';
    const before = await found(`?to=${at}`);
    const after = await found(`?from=${at}`);
    expect(before.every((entry) => entry.at < at)).toBe(true);
    expect(after.every((entry) => entry.at >= at)).toBe(true);
    expect(before.length + after.length).toBe(4);
    expect((await get('/admin/audit?action=Robert%27)')).status).toBe(422);
    expect((await get('/admin/audit?cursor=x')).status).toBe(422);
  });

  it('goes on from a cursor without gap or repetition, whatever is added meanwhile', async () => {
    for (let n = 0; n < 7; n += 1) await get('/meetings', 'doctor');
    const seen: string[] = [];
    let cursor: string | null = '';
    while (cursor !== null) {
      const { items, nextCursor }: AuditPage = await page(
        `?action=meeting.list&limit=3${cursor && `&cursor=${cursor}`}`,
      );
      seen.push(...items.map(({ id }) => id));
      cursor = nextCursor;
      await get('/meetings', 'doctor');
    }
    const all = (await trailOf(live.db, clinic.id)).filter(({ action }) => action === 'meeting.list');
    expect(seen).toEqual(
      all
        .slice(0, 7)
        .map(({ id }) => id)
        .toReversed(),
    );
    const other = await page('?action=meeting.list&limit=3');
    expect((await get(`/admin/audit?action=meeting.read&cursor=${other.nextCursor}`)).status).toBe(422);
  });

  it('is of one clinic, for those with the scope, and a look at it stands in it', async () => {
    const other = await live.tenant();
    await live.rest(other, 'doctor', 'GET', '/meetings');
    expect((await found('')).map(({ action }) => action)).toEqual([]);
    for (const person of ['doctor', 'staff', 'patient', 'lab'] as const) {
      for (const path of ['/admin/audit', '/admin/audit/export.csv', '/admin/audit/verify']) {
        expect((await get(path, person)).status).toBe(403);
      }
    }
    await page(`?patientId=${clinic.patientId}`);
    const looks = (await trailOf(live.db, clinic.id)).filter(
      ({ action, result }) => action === 'audit.read' && result === 'success',
    );
    expect(looks.map(({ patient_ids }) => patient_ids)).toEqual([[], [clinic.patientId]]);
  });
});

describe('the export', () => {
  it('has every entry of the filters once, in batches, and stands in the trail before its first byte', async () => {
    const [first] = await trailAfter(() => get('/meetings', 'doctor'));
    await until('it is sealed', async () => (await live.db.sql('select from audit_unsealed')).length === 0);
    await live.db.sql(
      `insert into audit_entry (id, tenant_id, actor_kind, actor_id, actor_roles, action, purpose, result, patient_ids, digest, at)
       select gen_random_uuid(), tenant_id, actor_kind, actor_id, actor_roles, action, purpose, result, patient_ids, digest, at
       from audit_entry, generate_series(1, 1200) where id = $1`,
      [first?.id],
    );
    const { text } = await get('/admin/audit/export.csv?action=meeting.list');
    const [head, ...lines] = text.trimEnd().split('\n');
    expect(head).toBe(
      'id,at,actorKind,actorId,actorName,actorRoles,action,purpose,result,code,patientIds,entityType,entityId,requestId,address,userAgent,route',
    );
    expect(new Set(lines.map((line) => line.slice(0, 36))).size).toBe(1_201);
    const exports = (await trailOf(live.db, clinic.id)).filter(({ action }) => action === 'audit.export');
    expect(exports).toMatchObject([{ result: 'success', purpose: 'SYSADMIN' }]);
  });
});

async function trailAfter(work: () => Promise<unknown>) {
  const before = (await trailOf(live.db, clinic.id)).length;
  await work();
  return (await trailOf(live.db, clinic.id)).slice(before);
}

/** One row, by somebody who may do everything and hides it. */
async function alter(id: string | undefined): Promise<void> {
  await asSuperuser(new URL(live.db.superUrl).pathname.slice(1), async (client) => {
    await client.query('alter table audit_entry disable trigger all');
    await client.query(`update audit_entry set result = 'success', code = null where id = $1`, [id]);
    await client.query('alter table audit_entry enable trigger all');
  });
}

const verify = async (query = '') => Verification.parse((await get(`/admin/audit/verify${query}`)).json);

describe('the verification', () => {
  it('is good as long as nothing was touched, and then names the entry', async () => {
    const [refused] = await trailAfter(() => get(`/meetings/${unknownId()}`, 'doctor'));
    await get('/meetings', 'doctor');
    await until('both are sealed', async () => (await verify()).head);
    await sealAll(live.db);
    const before = await verify();
    expect(before).toMatchObject({ intact: true, faultCount: 0, faults: [] });
    const kept = `?head=${before.head?.position}:${before.head?.hash}`;
    expect(await verify(kept)).toMatchObject({ intact: true });
    await alter(refused?.id);
    const after = await verify(kept);
    expect(after).toMatchObject({
      intact: false,
      faultCount: 1,
      faults: [{ kind: 'entry_altered', entryId: refused?.id }],
    });
    expect((await get('/admin/audit/verify?head=1:xyz')).status).toBe(422);
  });

  it('is a command too, which ends with 1 and says which entry', async () => {
    const [refused] = await trailAfter(() => get(`/meetings/${unknownId()}`, 'doctor'));
    await sealAll(live.db);
    const env = { PATH: process.env['PATH'], DATABASE_URL: live.db.appUrl, DATABASE_OWNER_URL: live.db.ownerUrl };
    const run = (...args: string[]) =>
      promisify(execFile)(
        process.execPath,
        ['--disable-warning=ExperimentalWarning', 'scripts/verify-audit.ts', '--clinic', clinic.slug, ...args],
        { env },
      );
    const { stdout } = await run();
    expect(stdout).toMatch(/^1 entries, 0 of them not sealed yet, 0 faults\.\nHead: 1:[0-9a-f]{64}\n$/);
    const head = stdout.split('Head: ')[1]?.trim() ?? '';
    await run('--head', head);
    await alter(refused?.id);
    const failure = (await run('--head', head).catch((error: unknown) => error)) as { code: number; stderr: string };
    expect(failure.code).toBe(1);
    expect(failure.stderr).toContain(`entry altered: entry ${refused?.id}, position 1`);
    const unknown = (await run('--clinic', 'nowhere').catch((error: unknown) => error)) as {
      code: number;
      stderr: string;
    };
    expect(unknown).toMatchObject({ code: 1, stderr: 'There is no such clinic.\n' });
  }, 180_000);
});

describe('signing in', () => {
  const login = async (body: object) => {
    const answer = await fetch(`${live.url}/api/v1/auth/login`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify(body),
    });
    return answer.status;
  };

  it('leaves one entry: by the person when it worked, about their account when it did not, and none of nobody', async () => {
    const { id, email } = clinic.users.staff;
    expect(await login({ email, password: 'Test-Password-1' })).toBe(200);
    expect(await login({ email, password: 'not it' })).toBe(401);
    expect(await login({ email: 'nobody@test.example', password: 'not it', tenant: clinic.slug })).toBe(401);
    expect(await trailOf(live.db, clinic.id)).toMatchObject([
      {
        action: 'auth.login',
        result: 'success',
        actor_kind: 'person',
        actor_id: id,
        entity_type: 'User',
        entity_id: id,
      },
      {
        action: 'auth.login',
        result: 'refused',
        actor_kind: 'anonymous',
        actor_id: null,
        entity_id: id,
        code: 'INVALID_CREDENTIALS',
      },
    ]);
  });

  it('leaves a refusal in every clinic that has the account, where no clinic was named', async () => {
    const other = await live.tenant();
    const { email } = clinic.users.lab;
    await live.db.sql('update app_user set email = $1 where id = $2', [email, other.users.lab.id]);
    expect(await login({ email, password: 'not it' })).toBe(401);
    for (const tenant of [clinic, other]) {
      expect(await trailOf(live.db, tenant.id)).toMatchObject([
        { action: 'auth.login', result: 'refused', entity_id: tenant.users.lab.id },
      ]);
    }
  });
});

it('an export of meetings names everybody in it, not only those of the first page', async () => {
  const meeting = await live.meeting(clinic);
  await live.db.sql(
    `insert into meeting (id, tenant_id, doctor_id, patient_id, scheduled_at, next_deadline_at, snapshot)
     select gen_random_uuid(), tenant_id, doctor_id, patient_id, scheduled_at + make_interval(mins => n), next_deadline_at, snapshot
     from meeting, generate_series(1, 600) n where id = $1`,
    [meeting.id],
  );
  const last = `insert into meeting (id, tenant_id, doctor_id, patient_id, scheduled_at, next_deadline_at, snapshot)
    select gen_random_uuid(), tenant_id, doctor_id, $2, scheduled_at - interval '1 day', next_deadline_at, snapshot from meeting where id = $1`;
  await live.db.sql(last, [meeting.id, clinic.patient2Id]);
  const entries = await trailAfter(() => get('/meetings/export.csv'));
  expect(entries).toMatchObject([{ action: 'meeting.export', result: 'success' }]);
  expect(entries[0]?.patient_ids.toSorted()).toEqual([clinic.patientId, clinic.patient2Id].toSorted());
});
