/** Looking for meetings: filters, orders, pages that stay right while rows come in, and the export. */
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { Meeting } from '../../signaling/protocol/index.ts';
import { exportMeetings } from '../../src/meetings/export-csv.ts';
import { meetingRoutes } from '../../src/meetings/index.ts';
import { MeetingFilters, MeetingPage } from '../../src/meetings/schema.ts';
import { type MeetingDesk, openDesk } from '../support/meeting-desk.ts';
import { type ServedApp, serveApp } from '../support/serve-app.ts';
import type { TestPerson, TestTenant } from '../support/tenant.ts';

let desk: MeetingDesk;
let app: ServedApp;
let tenant: TestTenant;
/** What was made, oldest time first: 12 scheduled, of which some were held and some cancelled. */
const made: string[] = [];

beforeAll(async () => {
  desk = await openDesk();
  app = await serveApp({ routes: meetingRoutes({ ...desk.deps, nodeId: () => null }), database: desk.deps.database });
  tenant = await desk.tenant();
  const other = await desk.tenant();
  await desk.schedule(other);
  for (let i = 0; i < 12; i += 1) made.push(await desk.schedule(tenant, i * 86_400));
  // Held: the first four, for 100, 200, 200 and 300 seconds.
  for (const [i, seconds] of [100, 200, 200, 300].entries()) {
    const id = made[i] ?? '';
    await desk.gate.start(await tenant.actor('doctor'), id, desk.nodeId);
    desk.clock.forward(seconds);
    await desk.gate.end(await tenant.actor('doctor'), id, desk.nodeId);
    desk.clock.forward(86_400 - seconds);
  }
  await call('admin', 'POST', `/meetings/${made[11]}/cancel`, { reason: 'Away' });
});
afterAll(async () => {
  await app[Symbol.asyncDispose]();
  await desk[Symbol.asyncDispose]();
});

const call = async (person: TestPerson, method: string, path: string, body?: unknown, clinic = tenant) =>
  app.call(method, path, { token: await clinic.token(person), ...(body !== undefined && { body }) });

async function page(person: TestPerson, query: string, clinic = tenant): Promise<MeetingPage> {
  const answer = await call(person, 'GET', `/meetings?${query}`, undefined, clinic);
  if (answer.status !== 200) throw new Error(`GET /meetings?${query} answered ${answer.status} ${answer.text}`);
  return MeetingPage.parse(answer.json);
}

const ids = ({ items }: { items: readonly Meeting[] }) => items.map(({ id }) => id);
/** The numbers of meetings in the order in which they were made. */
const numbers = (found: { items: readonly Meeting[] }) => ids(found).map((id) => made.indexOf(id));

/** All pages of a list; `between` runs after each. */
async function pages(query: string, between: (turn: number) => Promise<unknown> = async () => {}): Promise<Meeting[]> {
  const found: Meeting[] = [];
  let cursor: string | null = '';
  for (let turn = 0; cursor !== null; turn += 1) {
    const next: MeetingPage = await page('admin', cursor ? `${query}&cursor=${cursor}` : query);
    found.push(...next.items);
    cursor = next.nextCursor;
    await between(turn);
  }
  return found;
}

describe('GET /meetings', () => {
  it('gives the latest first, all of this clinic and none of another', async () => {
    expect(numbers(await page('admin', ''))).toEqual([11, 10, 9, 8, 7, 6, 5, 4, 3, 2, 1, 0]);
  });

  it('gives doctors and patients their own', async () => {
    expect(await page('doctor', '')).toMatchObject({ items: { length: 12 } });
    expect(await page('patient', '')).toMatchObject({ items: { length: 12 } });
    expect(await page('doctor2', '')).toEqual({ items: [], nextCursor: null });
    expect(await page('patient2', `patientId=${tenant.patientId}`)).toEqual({ items: [], nextCursor: null });
    expect(await call('lab', 'GET', '/meetings')).toMatchObject({ status: 403 });
  });

  it.each([
    ['status=ended', [3, 2, 1, 0]],
    ['status=cancelled', [11]],
    ['endReason=doctor_ended', [3, 2, 1, 0]],
    ['endReason=no_show', []],
    ['minDurationSeconds=200', [3, 2, 1]],
    ['from=2026-11-23T10:00:00.000Z&to=2026-11-25T10:00:00.000Z', [3, 2]],
    ['from=2026-11-30T15:30:00%2B05:30&status=scheduled', [10, 9]],
  ])('filters by %s', async (query, expected) => {
    expect(numbers(await page('admin', query))).toEqual(expected);
  });

  it('filters by doctor and by patient', async () => {
    expect(await page('admin', `doctorId=${tenant.doctorId}&limit=200`)).toMatchObject({ items: { length: 12 } });
    expect(await page('admin', `doctorId=${tenant.doctor2Id}`)).toMatchObject({ items: { length: 0 } });
    expect(await page('admin', `patientId=${tenant.patient2Id}`)).toMatchObject({ items: { length: 0 } });
  });

  it.each([
    ['scheduledAt', [0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11]],
    ['startedAt', [0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11]],
    ['-startedAt', [3, 2, 1, 0, 11, 10, 9, 8, 7, 6, 5, 4]],
    ['durationSeconds', [0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11]],
    ['-durationSeconds', [3, 2, 1, 0, 11, 10, 9, 8, 7, 6, 5, 4]],
  ])('sorts by %s, those without a value last, and pages through it in every step size', async (sort, expected) => {
    expect(numbers(await page('admin', `sort=${sort}`))).toEqual(expected);
    for (const limit of [1, 2, 3, 5, 12]) {
      expect(numbers({ items: await pages(`sort=${sort}&limit=${limit}`) })).toEqual(expected);
    }
  });

  it('neither repeats nor loses a meeting while others are made between two pages', async () => {
    const added: string[] = [];
    const found = await pages('limit=3', async (turn) => {
      // One before and one after where the reader stands.
      added.push(await desk.schedule(tenant, 40 * 86_400 + turn), await desk.schedule(tenant, -86_400 - turn));
    });
    const old = ids({ items: found }).filter((id) => made.includes(id));
    expect(old).toEqual(made.toReversed());
    expect(new Set(ids({ items: found })).size).toBe(found.length);
    await desk.db.sql('delete from meeting where id = any($1)', [added]);
  });

  it.each([
    'limit=0',
    'limit=201',
    'limit=x',
    'sort=name',
    'status=gone',
    'from=yesterday',
    'cursor=x',
    'whatever=1',
    'minDurationSeconds=-1',
  ])('refuses %s', async (query) => {
    const answer = await call('admin', 'GET', `/meetings?${query}`);
    expect([answer.status, (answer.json as { code: string }).code]).toEqual([422, 'INVALID_INPUT']);
  });

  it('takes a cursor only for the list that gave it', async () => {
    const { nextCursor } = await page('admin', 'limit=2');
    const other = await desk.tenant();
    for (const query of [
      `sort=scheduledAt&cursor=${nextCursor}`,
      `status=ended&cursor=${nextCursor}`,
      `cursor=${nextCursor?.slice(0, -2)}`,
    ]) {
      expect(await call('admin', 'GET', `/meetings?${query}`)).toMatchObject({ status: 422 });
    }
    expect(await call('doctor', 'GET', `/meetings?cursor=${nextCursor}`)).toMatchObject({ status: 422 });
    expect(await call('admin', 'GET', `/meetings?cursor=${nextCursor}`, undefined, other)).toMatchObject({
      status: 422,
    });
    expect(await call('admin', 'GET', `/meetings?limit=5&cursor=${nextCursor}`)).toMatchObject({ status: 200 });
  });

  it('refuses a forged cursor of the right list with a key of the wrong kind', async () => {
    const { nextCursor } = await page('admin', 'limit=2');
    const cursor = JSON.parse(Buffer.from(nextCursor ?? '', 'base64url').toString()) as object;
    for (const key of [5, 'x', null, '0000-01-01T00:00:00.000Z', { a: 1 }]) {
      const forged = Buffer.from(JSON.stringify({ ...cursor, key })).toString('base64url');
      expect(await call('admin', 'GET', `/meetings?cursor=${forged}`)).toMatchObject({ status: 422 });
    }
  });
});

describe('GET /meetings/export.csv', () => {
  it('is for staff and admins, takes the same filters, and says what it is', async () => {
    const answer = await call('staff', 'GET', '/meetings/export.csv?status=ended&sort=scheduledAt');
    expect(answer.status).toBe(200);
    expect(answer.headers.get('content-type')).toBe('text/csv; charset=utf-8');
    expect(answer.headers.get('content-disposition')).toMatch(/^attachment; filename="meetings-\d{4}-\d\d-\d\d\.csv"$/);
    const [head, ...lines] = answer.text.trimEnd().split('\n');
    expect(head).toBe(
      'id,status,doctorId,doctorName,patientId,patientName,appointmentId,reason,scheduledAt,startedAt,endedAt,durationSeconds,endReason,createdAt',
    );
    expect(lines.map((line) => line.split(',')[0])).toEqual(made.slice(0, 4));
    expect(await call('doctor', 'GET', '/meetings/export.csv')).toMatchObject({ status: 403 });
    expect(await call('admin', 'GET', '/meetings/export.csv?limit=5')).toMatchObject({ status: 422 });
  });

  it('makes no cell that a spreadsheet would run', async () => {
    const clinic = await desk.tenant();
    const { doctorId, patientId } = clinic;
    const reason = '=HYPERLINK("http://example.org","a, b")';
    const scheduledAt = desk.clock.now().toISOString();
    await call('admin', 'POST', '/meetings', { doctorId, patientId, scheduledAt, reason }, clinic);
    const { text } = await call('admin', 'GET', '/meetings/export.csv', undefined, clinic);
    expect(text).toContain('"\'=HYPERLINK(""http://example.org"",""a, b"")"');
  });

  it('streams thousands of meetings, reads only as fast as it is read, and stops when the reader goes', async () => {
    const clinic = await desk.tenant();
    const first = await desk.schedule(clinic);
    await desk.db.sql(
      `insert into meeting (id, tenant_id, doctor_id, patient_id, scheduled_at, next_deadline_at, snapshot)
       select gen_random_uuid(), tenant_id, doctor_id, patient_id, scheduled_at + make_interval(mins => n / 3), next_deadline_at, snapshot
       from meeting, generate_series(1, 4999) n where id = $1`,
      [first],
    );
    const { text } = await call('admin', 'GET', '/meetings/export.csv', undefined, clinic);
    const lines = text.trimEnd().split('\n').slice(1);
    expect(lines).toHaveLength(5000);
    expect(new Set(lines.map((line) => line.slice(0, 36))).size).toBe(5000);

    let batches = 0;
    const db: typeof clinic.db = {
      ...clinic.db,
      run: (work, options) => ((batches += 1), clinic.db.run(work, options)),
      decide: (read, decide) => ((batches += 1), clinic.db.decide(read, decide)),
    };
    const actor = await clinic.actor('admin');
    const stream = exportMeetings(db, actor, MeetingFilters.parse({}));
    const reader = stream[Symbol.asyncIterator]();
    await reader.next();
    await reader.next();
    // Ten batches hold all of them; a reader that has taken two chunks has caused one or two.
    expect(batches).toBeLessThanOrEqual(2);
    await reader.return?.();
    expect(stream.destroyed).toBe(true);
  });

  it('breaks off when the database fails, so that half a file is not taken for a whole one', async () => {
    const actor = await tenant.actor('admin');
    let calls = 0;
    const db = {
      ...tenant.db,
      run: () => {
        calls += 1;
        return Promise.reject(new Error('The connection is gone.'));
      },
    };
    const stream = exportMeetings(db, actor, MeetingFilters.parse({}));
    await expect(stream.toArray()).rejects.toThrow('The connection is gone.');
    expect(calls).toBe(1);
  });
});
