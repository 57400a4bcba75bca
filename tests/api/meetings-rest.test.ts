/** Meetings over REST: scheduling, reading, ending, cancelling, the timeline. */
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { Meeting } from '../../signaling/protocol/index.ts';
import { meetingRoutes } from '../../src/meetings/index.ts';
import { type TimelineEntry, TimelinePage } from '../../src/meetings/schema.ts';
import { newId } from '../../src/platform/ids.ts';
import { type MeetingDesk, openDesk } from '../support/meeting-desk.ts';
import { type ServedApp, serveApp } from '../support/serve-app.ts';
import type { TestPerson, TestTenant } from '../support/tenant.ts';

let desk: MeetingDesk;
let app: ServedApp;
let tenant: TestTenant;
beforeAll(async () => {
  desk = await openDesk();
  app = await serveApp({ routes: meetingRoutes({ ...desk.deps, nodeId: () => null }), database: desk.deps.database });
  tenant = await desk.tenant();
});
afterAll(async () => {
  await app[Symbol.asyncDispose]();
  await desk[Symbol.asyncDispose]();
});

const as = async (person: TestPerson, method: string, path: string, body?: unknown, clinic = tenant) =>
  app.call(method, path, { token: await clinic.token(person), ...(body !== undefined && { body }) });
const code = ({ json }: { json: unknown }) => (json as { code: string }).code;
const faults = ({ json }: { json: unknown }) => (json as { errors: { path: string }[] }).errors.map(({ path }) => path);
const input = (changes: object = {}) => ({
  doctorId: tenant.doctorId,
  patientId: tenant.patientId,
  scheduledAt: desk.clock.now().toISOString(),
  ...changes,
});
const timeline = async (person: TestPerson, id: string, query = '') =>
  TimelinePage.parse((await as(person, 'GET', `/meetings/${id}/timeline${query}`)).json);
const start = async (id: string) => desk.gate.start(await tenant.actor('doctor'), id, desk.nodeId);

describe('POST /meetings', () => {
  it.each(['doctor', 'staff', 'admin'] as const)(
    'schedules a meeting for the %s and tells it as a fact',
    async (person) => {
      const reason = 'Tooth ache';
      const answer = await as(person, 'POST', '/meetings', input({ reason, scheduledAt: '2026-11-21T20:30:00+05:30' }));
      expect(answer.status).toBe(201);
      const meeting = Meeting.parse(answer.json);
      expect(meeting).toEqual({
        ...meeting,
        roomId: meeting.id,
        status: 'scheduled',
        doctorName: tenant.users.doctor.displayName,
        patientName: tenant.users.patient.displayName,
        appointmentId: null,
        reason,
        scheduledAt: '2026-11-21T15:00:00.000Z',
        version: 1,
      });
      expect((await as('patient', 'GET', `/meetings/${meeting.id}`)).json).toEqual(meeting);
      expect(await desk.facts(meeting.id)).toMatchObject([{ tenantId: tenant.id, meeting, effects: [] }]);
      expect((await desk.row(meeting.id)).next_deadline_at).toEqual(new Date('2026-11-21T15:30:00.000Z'));
    },
  );

  it('is not for patients, nor for one doctor in the name of another', async () => {
    expect(await as('patient', 'POST', '/meetings', input())).toMatchObject({ status: 403 });
    expect(await as('doctor', 'POST', '/meetings', input({ doctorId: tenant.doctor2Id }))).toMatchObject({
      status: 403,
    });
    expect(await as('admin', 'POST', '/meetings', input({ doctorId: tenant.doctor2Id }))).toMatchObject({
      status: 201,
    });
  });

  it('names doctor and patient that are not of this clinic, and does not repeat them', async () => {
    const other = await desk.tenant();
    const answer = await as('admin', 'POST', '/meetings', input({ doctorId: other.doctorId, patientId: newId() }));
    expect(answer.status).toBe(422);
    expect(faults(answer)).toEqual(['doctorId', 'patientId']);
    expect(answer.text).not.toContain(other.doctorId);
  });

  it.each([
    ['more than a day ago', '2026-11-20T09:59:59.000Z'],
    ['beyond ten years', '2040-01-01T00:00:00.000Z'],
    ['in no year of ours', '0000-01-01T00:00:00.000Z'],
    ['on no day', '2026-02-30T10:00:00.000Z'],
    ['not an instant', 'tomorrow'],
    ['without an offset', '2026-11-21T10:00:00'],
  ])('refuses a time %s', async (_what, scheduledAt) => {
    const answer = await as('admin', 'POST', '/meetings', input({ scheduledAt }));
    expect([answer.status, faults(answer)]).toEqual([422, ['scheduledAt']]);
  });

  it('refuses what it does not know', async () => {
    expect(await as('admin', 'POST', '/meetings', input({ status: 'active' }))).toMatchObject({ status: 422 });
    expect(await as('admin', 'POST', '/meetings', input({ reason: ' ' }))).toMatchObject({ status: 422 });
  });
});

describe('GET /meetings/{id}', () => {
  it('shows a meeting to its two people, to staff and to admins, and to nobody else', async () => {
    const id = await desk.schedule(tenant);
    for (const person of ['doctor', 'patient', 'staff', 'admin'] as const) {
      expect(await as(person, 'GET', `/meetings/${id}`)).toMatchObject({ status: 200, json: { id } });
    }
    for (const person of ['doctor2', 'patient2'] as const) {
      expect(code(await as(person, 'GET', `/meetings/${id}`))).toBe('MEETING_NOT_FOUND');
    }
    expect(await as('lab', 'GET', `/meetings/${id}`)).toMatchObject({ status: 403 });
    const other = await desk.tenant();
    expect(await as('admin', 'GET', `/meetings/${id}`, undefined, other)).toMatchObject({ status: 404 });
    expect(await as('admin', 'GET', `/meetings/${newId()}`)).toMatchObject({ status: 404 });
    expect(code(await as('admin', 'GET', '/meetings/not-an-id'))).toBe('MEETING_NOT_FOUND');
  });
});

describe('POST /meetings/{id}/end', () => {
  it.each([
    ['doctor', 'doctor_ended'],
    ['staff', 'admin_ended'],
    ['admin', 'admin_ended'],
  ] as const)('by the %s ends it as %s', async (person, endReason) => {
    const id = await desk.schedule(tenant);
    expect(code(await as(person, 'POST', `/meetings/${id}/end`))).toBe('MEETING_NOT_STARTED');
    await start(id);
    desk.clock.forward(61);
    const answer = await as(person, 'POST', `/meetings/${id}/end`);
    expect(answer).toMatchObject({ status: 200, json: { status: 'ended', endReason, durationSeconds: 61 } });
    expect(await as(person, 'POST', `/meetings/${id}/end`)).toMatchObject({
      status: 409,
      json: { code: 'MEETING_ENDED' },
    });
  });

  it('is not for the patient, another doctor or another clinic', async () => {
    const id = await desk.schedule(tenant);
    await start(id);
    const other = await desk.tenant();
    expect(await as('patient', 'POST', `/meetings/${id}/end`)).toMatchObject({ status: 403 });
    expect(await as('doctor2', 'POST', `/meetings/${id}/end`)).toMatchObject({ status: 404 });
    expect(await as('admin', 'POST', `/meetings/${id}/end`, undefined, other)).toMatchObject({ status: 404 });
    expect((await desk.row(id)).status).toBe('active');
  });
});

describe('POST /meetings/{id}/cancel', () => {
  const reason = { reason: 'Not needed any more' };

  it.each(['doctor', 'patient', 'staff', 'admin'] as const)('by the %s cancels a scheduled meeting', async (person) => {
    const id = await desk.schedule(tenant, 3600);
    const answer = await as(person, 'POST', `/meetings/${id}/cancel`, reason);
    expect(answer).toMatchObject({ status: 200, json: { status: 'cancelled', endReason: 'cancelled', endedAt: null } });
    expect((await desk.timeline(id)).at(-1)).toMatchObject({ type: 'cancel', actorRole: person });
    expect(code(await as(person, 'POST', `/meetings/${id}/cancel`, reason))).toBe('MEETING_CANCELLED');
  });

  it('is refused once the meeting is active, with 409 MEETING_ACTIVE', async () => {
    const id = await desk.schedule(tenant);
    await start(id);
    const answer = await as('admin', 'POST', `/meetings/${id}/cancel`, reason);
    expect(answer).toMatchObject({ status: 409, json: { code: 'MEETING_ACTIVE' } });
    expect((await desk.row(id)).status).toBe('active');
  });

  it('needs a reason, and is hidden from other doctors and patients', async () => {
    const id = await desk.schedule(tenant);
    expect(await as('doctor', 'POST', `/meetings/${id}/cancel`, {})).toMatchObject({ status: 422 });
    expect(await as('doctor2', 'POST', `/meetings/${id}/cancel`, reason)).toMatchObject({ status: 404 });
    expect(await as('patient2', 'POST', `/meetings/${id}/cancel`, reason)).toMatchObject({ status: 404 });
  });
});

describe('GET /meetings/{id}/timeline', () => {
  it('tells everything in order, refusals too, and pages', async () => {
    const id = await desk.schedule(tenant);
    await desk.gate.join(await tenant.actor('patient'), id, desk.nodeId).catch(() => {});
    await desk.gate.wait(await tenant.actor('patient'), id);
    await start(id);
    const { seat } = await desk.gate.join(await tenant.actor('patient'), id, desk.nodeId);
    await desk.gate.drop(seat, 'leave', desk.nodeId);
    await desk.gate.end(await tenant.actor('doctor'), id, desk.nodeId);
    const whole = await timeline('admin', id);
    expect(whole.items.map(({ type }) => type)).toEqual(['join_refused', 'waited', 'start', 'join', 'drop', 'end']);
    expect(whole.items[4]).toMatchObject({
      actorRole: 'patient',
      actorId: tenant.patientId,
      nodeId: desk.nodeId,
      detail: { cause: 'leave' },
    });
    expect(whole.items[5]).toMatchObject({ actorRole: 'doctor', detail: { endReason: 'doctor_ended' } });
    const paged: TimelineEntry[] = [];
    let query = '?limit=2';
    for (let pages = 0; pages < 3; pages += 1) {
      const { items, nextCursor } = await timeline('admin', id, query);
      paged.push(...items);
      query = `?limit=2&cursor=${nextCursor}`;
    }
    expect(paged).toEqual(whole.items);
    const other = await desk.schedule(tenant);
    expect(await as('admin', 'GET', `/meetings/${other}/timeline${query.replace('null', 'e30')}`)).toMatchObject({
      status: 422,
    });
  });

  it('does not tell the patient of strangers at the door', async () => {
    const id = await desk.schedule(tenant);
    await desk.gate.join(await tenant.actor('patient2'), id, desk.nodeId).catch(() => {});
    await desk.gate.join(await tenant.actor('patient'), id, desk.nodeId).catch(() => {});
    expect((await timeline('doctor', id)).items).toHaveLength(2);
    expect((await timeline('patient', id)).items.map(({ detail }) => detail.code)).toEqual(['MEETING_NOT_STARTED']);
    expect(code(await as('doctor2', 'GET', `/meetings/${id}/timeline`))).toBe('MEETING_NOT_FOUND');
  });
});

describe('what must not be logged', () => {
  it('stays out of the log: names, reasons', async () => {
    await as('admin', 'POST', '/meetings', input({ reason: 'Unmistakable' }));
    expect(app.log.length).toBeGreaterThan(10);
    expect(app.logText()).not.toContain('Unmistakable');
    expect(app.logText()).not.toContain(tenant.users.patient.displayName);
  });
});
