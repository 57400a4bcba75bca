/** Consents over REST (N1), and consent to being seen at a distance (L1) up to the door of the visit. */
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { Meeting } from '../../signaling/protocol/index.ts';
import { ageOn, localDay } from '../../src/meetings/law/age.ts';
import { makeBookable, timeAhead } from '../support/bookable.ts';
import { type LiveServer, startLive } from '../support/live.ts';
import type { TestTenant } from '../support/tenant.ts';
import { until } from '../support/until.ts';

let live: LiveServer;
beforeAll(async () => {
  live = await startLive();
});
afterAll(() => live[Symbol.asyncDispose]());

type Json = Record<string, unknown> & { id: string };
const text = { policyId: 'teleconsultation-1', language: 'hi' };
const india = { country: 'IN' } as const;

function agreement(clinic: TestTenant, more: object = {}) {
  const { patientId } = clinic;
  return { patientId, purpose: 'TREAT', scope: ['records-sharing'], grantedBy: 'The patient', ...more };
}

async function sheetOf(clinic: TestTenant, meeting: Meeting, person: 'patient' | 'doctor' = 'patient') {
  const { json } = await live.rest(clinic, person, 'GET', `/meetings/${meeting.id}/sheet`);
  return json as { consent: Json; identity: Json | null; patient: Json; practitioner: Json };
}

describe('a consent', () => {
  it('is granted, read with its history, listed, and revoked once', async () => {
    const clinic = await live.tenant();
    const given = await live.rest(clinic, 'patient', 'POST', '/consents', agreement(clinic, { policyId: 'sharing-2' }));
    expect(given).toMatchObject({ status: 201, json: { status: 'active', policyId: 'sharing-2', revokedAt: null } });
    const { id } = given.json as Json;
    const no = { reason: 'Moved away.', notes: 'By telephone.' };
    const revoked = await live.rest(clinic, 'staff', 'POST', `/consents/${id}/revoke`, no);
    expect(revoked).toMatchObject({ status: 200, json: { status: 'inactive', revokeReason: no.reason } });
    expect(await live.rest(clinic, 'staff', 'POST', `/consents/${id}/revoke`, no)).toMatchObject({ status: 409 });
    const read = await live.rest(clinic, 'patient', 'GET', `/consents/${id}`);
    expect(read.json).toMatchObject({
      revokeNotes: no.notes,
      history: [
        { type: 'granted', actorId: clinic.users.patient.id },
        { type: 'revoked', actorId: clinic.users.staff.id },
      ],
    });
    const other = (await live.rest(clinic, 'staff', 'POST', '/consents', agreement(clinic))).json as Json;
    const path = `/patients/${clinic.patientId}/consents`;
    expect((await live.rest(clinic, 'patient', 'GET', path)).json).toMatchObject({ items: [{ id: other.id }, { id }] });
    const active = await live.rest(clinic, 'doctor', 'GET', `${path}?status=active`);
    expect((active.json as { items: Json[] }).items.map((one) => one.id)).toEqual([other.id]);
  });

  it('holds until it expires, and its history says when that was', async () => {
    const clinic = await live.tenant();
    const expiresAt = new Date(live.clock.now().getTime() + 3_600_000).toISOString();
    const given = await live.rest(clinic, 'patient', 'POST', '/consents', agreement(clinic, { expiresAt }));
    const { id } = given.json as Json;
    await live.forward(3_600);
    expect((await live.rest(clinic, 'patient', 'GET', `/consents/${id}`)).json).toMatchObject({
      status: 'inactive',
      history: [{ type: 'granted' }, { type: 'expired', at: expiresAt, actorId: null }],
    });
    const late = await live.rest(clinic, 'patient', 'POST', `/consents/${id}/revoke`, { reason: 'Late.' });
    expect(late.status).toBe(409);
    const past = await live.rest(clinic, 'patient', 'POST', '/consents', agreement(clinic, { expiresAt }));
    expect(past.json).toMatchObject({ status: 422, errors: [{ path: 'expiresAt' }] });
  });

  it('is nobody’s business but the patient’s and the clinic’s', async () => {
    const clinic = await live.tenant();
    const other = await live.tenant();
    const { id } = (await live.rest(clinic, 'patient', 'POST', '/consents', agreement(clinic))).json as Json;
    const status = async (...[tenant, person, method, path, body]: Parameters<typeof live.rest>) =>
      (await live.rest(tenant, person, method, path, body)).status;
    expect(await status(clinic, 'patient2', 'GET', `/consents/${id}`)).toBe(404);
    expect(await status(clinic, 'patient2', 'POST', `/consents/${id}/revoke`, { reason: 'x' })).toBe(404);
    expect(await status(clinic, 'patient2', 'GET', `/patients/${clinic.patientId}/consents`)).toBe(404);
    expect(await status(clinic, 'patient2', 'POST', '/consents', agreement(clinic))).toBe(403);
    expect(await status(clinic, 'lab', 'GET', `/consents/${id}`)).toBe(403);
    expect(await status(other, 'admin', 'GET', `/consents/${id}`)).toBe(404);
    expect(await status(other, 'admin', 'POST', '/consents', agreement(clinic))).toBe(422);
  });
});

describe('a clinic under India’s guidelines', () => {
  it('[JN9] lets a visit that somebody else arranged begin the moment the patient agrees, and not before', async () => {
    const clinic = await live.tenant({ settings: india });
    const meeting = await live.meeting(clinic);
    const { id: meetingId } = meeting;
    await using doctor = await live.socket(clinic, 'doctor');
    await using patient = await live.socket(clinic, 'patient');
    expect(await doctor.refusal('meeting:start', { meetingId })).toBe('CONSENT_REQUIRED');
    await patient.call('meeting:wait', { meetingId });
    expect((await sheetOf(clinic, meeting)).consent).toMatchObject({ isMissing: true, form: null });
    const given = await live.rest(clinic, 'patient', 'POST', `/meetings/${meetingId}/consent`, text);
    expect(given).toMatchObject({ status: 200, json: { consent: { isMissing: false, form: 'explicit' } } });
    await doctor.call('meeting:start', { meetingId });
    await patient.call('meeting:join', { meetingId });
    const timeline = await live.rest(clinic, 'staff', 'GET', `/meetings/${meetingId}/timeline`);
    const types = (timeline.json as { items: { type: string; detail: object }[] }).items.map(({ type }) => type);
    expect(types).toEqual(['start_refused', 'waited', 'consented', 'start', 'join']);
    const list = await live.rest(clinic, 'staff', 'GET', `/patients/${clinic.patientId}/consents`);
    expect(list.json).toMatchObject({ items: [{ meetingId, ...text, scope: ['teleconsultation'], status: 'active' }] });
  });

  it('takes the patient’s own booking for consent, and the desk’s not', async () => {
    const clinic = await live.tenant({ settings: india });
    const { serviceId, doctorId: practitionerId, patientId } = await makeBookable(clinic);
    const visit = { practitionerId, patientId, serviceId, modality: 'video' };
    for (const [person, days, form] of [
      ['patient', 3, 'implied'],
      ['staff', 4, null],
    ] as const) {
      const startsAt = timeAhead(live.clock.now(), days).toISOString();
      const booked = await live.rest(clinic, person, 'POST', '/appointments', { ...visit, startsAt });
      const { meetingId } = booked.json as { meetingId: string };
      const { json } = await live.rest(clinic, 'doctor', 'GET', `/meetings/${meetingId}/sheet`);
      expect(json).toMatchObject({ consent: { form, isMissing: form === null } });
    }
  });

  it('closes the visit again when the consent is revoked before it, and not for one given since', async () => {
    const clinic = await live.tenant({ settings: india });
    const meeting = await live.meeting(clinic);
    const path = `/meetings/${meeting.id}/consent`;
    await live.rest(clinic, 'patient', 'POST', path, text);
    await live.rest(clinic, 'patient', 'POST', path, text);
    const list = await live.rest(clinic, 'patient', 'GET', `/patients/${clinic.patientId}/consents`);
    const { items } = list.json as { items: Json[] };
    expect(items).toHaveLength(1);
    await live.rest(clinic, 'patient', 'POST', `/consents/${items[0]?.id}/revoke`, { reason: 'Rather on site.' });
    await until('the consent is gone', async () => (await sheetOf(clinic, meeting)).consent['isMissing'] === true);
    await using doctor = await live.socket(clinic, 'doctor');
    expect(await doctor.refusal('meeting:start', { meetingId: meeting.id })).toBe('CONSENT_REQUIRED');
    await live.rest(clinic, 'patient', 'POST', path, text);
    await doctor.call('meeting:start', { meetingId: meeting.id });
  });

  it('hears agreement from the patient alone, to a text that was shown', async () => {
    const clinic = await live.tenant({ settings: india });
    const { id } = await live.meeting(clinic);
    const path = `/meetings/${id}/consent`;
    expect((await live.rest(clinic, 'doctor', 'POST', path, text)).status).toBe(403);
    expect((await live.rest(clinic, 'patient2', 'POST', path, text)).status).toBe(404);
    const unknown = { ...text, language: 'tlh' };
    expect((await live.rest(clinic, 'patient', 'POST', path, unknown)).json).toMatchObject({
      status: 422,
      errors: [{ path: 'policyId' }],
    });
    await live.rest(clinic, 'staff', 'POST', `/meetings/${id}/cancel`, { reason: 'Moved.' });
    expect((await live.rest(clinic, 'patient', 'POST', path, text)).json).toMatchObject({ code: 'MEETING_CANCELLED' });
  });
});

describe('other clinics', () => {
  it('take coming to the visit for consent where no law asks for words, and keep it', async () => {
    const clinic = await live.tenant();
    const meeting = await live.meeting(clinic);
    await using doctor = await live.socket(clinic, 'doctor');
    await using patient = await live.socket(clinic, 'patient');
    await doctor.call('meeting:start', { meetingId: meeting.id });
    expect((await sheetOf(clinic, meeting)).consent).toMatchObject({ form: null, isMissing: false });
    await patient.call('meeting:join', { meetingId: meeting.id });
    expect((await sheetOf(clinic, meeting)).consent).toMatchObject({ form: 'implied', isMissing: false });
  });

  it('may ask always, also who booked for themself', async () => {
    const clinic = await live.tenant({ settings: { teleconsultationConsent: 'explicit' } });
    const { serviceId, doctorId: practitionerId, patientId } = await makeBookable(clinic);
    const startsAt = timeAhead(live.clock.now(), 3).toISOString();
    const visit = { practitionerId, patientId, serviceId, modality: 'video', startsAt };
    const { json } = await live.rest(clinic, 'patient', 'POST', '/appointments', visit);
    const sheet = await live.rest(clinic, 'patient', 'GET', `/meetings/${(json as Json)['meetingId'] as string}/sheet`);
    expect(sheet.json).toMatchObject({ consent: { form: 'implied', isMissing: true } });
  });

  it('do not hold up who is in the visit already when the clinic begins to ask', async () => {
    const clinic = await live.tenant();
    const { id: meetingId } = await live.meeting(clinic);
    await using doctor = await live.socket(clinic, 'doctor');
    await doctor.call('meeting:start', { meetingId });
    await using patient = await live.socket(clinic, 'patient');
    await patient.call('meeting:join', { meetingId });
    const settings = { teleconsultationConsent: 'explicit' };
    expect((await live.rest(clinic, 'admin', 'PATCH', '/admin/tenant', { settings })).status).toBe(200);
    await patient.call('meeting:leave', {});
    await patient.call('meeting:join', { meetingId });
    await doctor.call('meeting:start', { meetingId });
  });
});

describe('the doctor', () => {
  it('is shown with their registration, and makes sure once of who the patient is', async () => {
    const clinic = await live.tenant();
    await live.db.sql(`update practitioner set registration_number = 'MCI-1', qualification = 'MBBS' where id = $1`, [
      clinic.doctorId,
    ]);
    const meeting = await live.meeting(clinic);
    expect((await sheetOf(clinic, meeting)).practitioner).toMatchObject({
      registrationNumber: 'MCI-1',
      qualification: 'MBBS',
    });
    const path = `/meetings/${meeting.id}/identity`;
    expect((await live.rest(clinic, 'doctor2', 'POST', path, {})).status).toBe(404);
    expect((await live.rest(clinic, 'patient', 'POST', path, {})).status).toBe(403);
    const first = await live.rest(clinic, 'doctor', 'POST', path, {});
    expect(first).toMatchObject({ status: 200, json: { identity: { ageYears: null, guardian: null } } });
    live.clock.forward(60);
    expect((await live.rest(clinic, 'doctor', 'POST', path, {})).json).toEqual(first.json);
  });

  it('needs a guardian by for a minor, and so does the minor’s consent', async () => {
    const clinic = await live.tenant({ settings: india });
    const meeting = await live.meeting(clinic);
    const born = `${live.clock.now().getUTCFullYear() - 10}-01-01`;
    const record = `/patients/${clinic.patientId}`;
    expect((await live.rest(clinic, 'patient', 'PATCH', record, { birthDate: born })).status).toBe(403);
    expect((await live.rest(clinic, 'staff', 'PATCH', record, { birthDate: '2199-01-01' })).status).toBe(422);
    const kept = await live.rest(clinic, 'staff', 'PATCH', record, { birthDate: born });
    expect(kept.json).toMatchObject({ birthDate: born, guardian: null });
    const refusal = { status: 422, errors: [{ path: 'guardian' }] };
    const [identity, consent] = [`/meetings/${meeting.id}/identity`, `/meetings/${meeting.id}/consent`];
    expect((await live.rest(clinic, 'doctor', 'POST', identity, {})).json).toMatchObject(refusal);
    expect((await live.rest(clinic, 'patient', 'POST', consent, text)).json).toMatchObject(refusal);
    const guardian = { name: 'Sita Iyer', relation: 'mother' };
    expect((await live.rest(clinic, 'patient', 'POST', consent, { ...text, guardian })).status).toBe(200);
    expect((await sheetOf(clinic, meeting, 'doctor')).patient).toMatchObject({ isMinor: true, guardian });
    expect((await live.rest(clinic, 'doctor', 'POST', identity, { guardian })).json).toMatchObject({
      identity: { ageYears: 10, guardian },
    });
  });
});

it('counts age in whole years by the clinic’s calendar', () => {
  const at = new Date('2026-11-22T19:00:00Z');
  expect(localDay(at, 'Asia/Kolkata')).toBe('2026-11-23');
  expect(localDay(at, 'America/New_York')).toBe('2026-11-22');
  expect(ageOn('2008-11-23', '2026-11-22')).toBe(17);
  expect(ageOn('2008-11-23', '2026-11-23')).toBe(18);
  expect(ageOn('2008-02-29', '2026-02-28')).toBe(17);
  expect(ageOn(null, '2026-02-28')).toBeNull();
});
