/** A clinic's backup of an older version, restored and served by this one (docs/OPERATIONS.md, "A new version"). */
import { execFile } from 'node:child_process';
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { promisify } from 'node:util';
import { gunzipSync } from 'node:zlib';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { asSuperuser, createTestDatabase, type TestDatabase } from '../support/database.ts';
import { type LiveServer, startLive } from '../support/live.ts';
import { compileCache } from '../support/process.ts';
import { call } from '../support/serve-app.ts';
import { SocketClient } from '../support/socket-client.ts';
import { until } from '../support/until.ts';

const root = path.resolve(import.meta.dirname, '../..');
/**
 * The demo clinic after a morning on the version with these migrations, as its server and `pg_dump --inserts` left it: six
 * visits that are over, two in progress, one that somebody waits for, bookings, and entries of the audit trail that wait for
 * their seal, since the server was killed. tests/support/backups/README.md says how it was made.
 */
const backup = gunzipSync(readFileSync(path.join(root, 'tests/support/backups/sixteen-migrations.sql.gz'))).toString();
/** What was encrypted there opens with it. */
const ENCRYPTION_KEY = 'a key of this test of no use to anybody at all';

interface Visit {
  id: string;
  status: string;
  started_at: Date | null;
  ended_at: Date | null;
  duration_seconds: number | null;
  end_reason: string | null;
  reason: string | null;
}

describe('a clinic that was served by a version of sixteen migrations', () => {
  let database: TestDatabase;
  let live: LiveServer;
  let before: { visits: Visit[]; people: number; appointments: unknown[]; unsealed: number };
  let head: { position: string; hash: string };

  const visits = () =>
    database.sql<Visit>(
      `select id, status, started_at, ended_at, duration_seconds, end_reason, reason from meeting order by id`,
    );
  const appointments = () => database.sql('select id, starts_at, price_minor, patient_id from appointment order by id');
  const people = async () => (await database.sql('select id from app_user')).length;

  beforeAll(async () => {
    database = await createTestDatabase({ migrated: false });
    const { pathname } = new URL(database.superUrl);
    await asSuperuser(pathname.slice(1), (client) => client.query(backup));
    const [sealed] = await database.sql<{ position: string; hash: string }>(
      `select position::text, encode(hash, 'hex') as hash from audit_seal s join tenant t on t.id = s.tenant_id
       where t.slug = 'demo' order by s.position desc limit 1`,
    );
    if (!sealed) throw new Error('The backup has no audit trail.');
    head = sealed;
    const unsealed = (await database.sql('select from audit_unsealed')).length;
    before = { visits: await visits(), people: await people(), appointments: await appointments(), unsealed };
    const env = { PATH: process.env['PATH'], NODE_COMPILE_CACHE: compileCache, DATABASE_OWNER_URL: database.ownerUrl };
    await promisify(execFile)(
      process.execPath,
      ['--disable-warning=ExperimentalWarning', path.join(root, 'prisma/migrate.ts'), 'deploy'],
      { env },
    );
    live = await startLive({ db: database, env: { ENCRYPTION_KEY } });
  });
  afterAll(async () => {
    await live?.[Symbol.asyncDispose]();
    await database?.[Symbol.asyncDispose]();
  });

  async function signIn(local: string): Promise<{ token: string; practitionerId: string; patientId: string }> {
    const body = { email: `${local}@demo.clinic`, password: 'Housecall-Demo-1', tenant: 'demo' };
    const { json } = await call(`${live.url}/api/v1/auth/login`, 'POST', { body });
    const { accessToken: token, user } = json as {
      accessToken: string;
      user: { practitionerId: string; patientId: string };
    };
    return { token, ...user };
  }

  it('has all its people, bookings and visits, and those that are over as they were', async () => {
    expect(await people()).toBe(before.people);
    expect(await appointments()).toEqual(before.appointments);
    const now = new Map((await visits()).map((visit) => [visit.id, visit]));
    const over = before.visits.filter(({ status }) => status === 'ended');
    expect(over.length).toBeGreaterThanOrEqual(6);
    expect(over.map(({ id }) => now.get(id))).toEqual(over);
    const { token } = await signIn('admin');
    const { json } = await call(`${live.url}/api/v1/meetings?status=ended&limit=100`, 'GET', { token });
    const shown = (json as { items: { id: string }[] }).items.map(({ id }) => id);
    expect(over.filter(({ id }) => !shown.includes(id))).toEqual([]);
  });

  it('has the visits settled that were in progress, each once', async () => {
    const open = before.visits.filter(({ status }) => status === 'active').map(({ id }) => id);
    expect(open).toHaveLength(2);
    // Longer than any window and than the longest visit, also when the backup is of the same day.
    await live.forward(5 * 3_600);
    const settled = await until('they are over', async () => {
      const now = (await visits()).filter(({ id }) => open.includes(id));
      return now.every(({ status }) => status === 'ended') ? now : undefined;
    });
    for (const { started_at, ended_at, duration_seconds } of settled)
      expect(duration_seconds).toBe(Math.floor(((ended_at?.getTime() ?? 0) - (started_at?.getTime() ?? 0)) / 1_000));
    const ends = await database.sql(
      `select meeting_id as id, count(*)::int as times from meeting_event
       where meeting_id = any ($1::uuid[]) and detail ? 'endReason' group by 1 order by 1`,
      [open],
    );
    expect(ends).toEqual(open.toSorted().map((id) => ({ id, times: 1 })));
  });

  it('has an audit trail that is whole, with what waited for its seal', async () => {
    expect(before.unsealed).toBeGreaterThan(0);
    const { token } = await signIn('admin');
    const at = `${live.url}/api/v1/admin/audit/verify?head=${head.position}:${head.hash}`;
    const trail = (await call(at, 'GET', { token })).json as { intact: boolean; entries: number };
    expect(trail).toMatchObject({ intact: true });
    expect(trail.entries).toBeGreaterThanOrEqual(Number(head.position) + 1);
  });

  it('holds a new visit', async () => {
    const [staff, doctor, patient] = await Promise.all(['staff', 'doctor', 'patient'].map(signIn));
    if (!staff || !doctor || !patient) throw new Error('Nobody signed in.');
    const body = {
      doctorId: doctor.practitionerId,
      patientId: patient.patientId,
      scheduledAt: live.clock.now().toISOString(),
    };
    const made = await call(`${live.url}/api/v1/meetings`, 'POST', { token: staff.token, body });
    const { id: meetingId } = made.json as { id: string };
    await using waiting = await SocketClient.connect(live.url, patient.token);
    await waiting.call('meeting:wait', { meetingId });
    await using desk = await SocketClient.connect(live.url, doctor.token);
    await desk.call('meeting:start', { meetingId });
    await waiting.call('meeting:join', { meetingId });
    await desk.call('meeting:end', {});
    expect((await waiting.next('meeting:ended')).meeting).toMatchObject({ id: meetingId, endReason: 'doctor_ended' });
  });
});
