/** What comes after a visit: the next appointment, the rating, the doctor's note. */
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { makeBookable, timeAhead } from '../support/bookable.ts';
import { type LiveServer, startLive } from '../support/live.ts';
import type { TestTenant } from '../support/tenant.ts';

let live: LiveServer;
beforeAll(async () => {
  live = await startLive();
});
afterAll(() => live[Symbol.asyncDispose]());

/** A visit that took place and is over. */
async function over(clinic: TestTenant): Promise<string> {
  const { id: meetingId } = await live.meeting(clinic);
  await using doctor = await live.socket(clinic, 'doctor');
  await doctor.call('meeting:start', { meetingId });
  await doctor.call('meeting:end', {});
  return meetingId;
}

describe('a rating', () => {
  it('is the patient’s, once, and changeable for a day', async () => {
    const clinic = await live.tenant();
    const path = `/meetings/${await over(clinic)}`;
    const after = async () => (await live.rest(clinic, 'patient', 'GET', `${path}/after`)).json;
    expect(await after()).toMatchObject({ rating: null, mayRate: true, next: null });
    const first = await live.rest(clinic, 'patient', 'PUT', `${path}/rating`, { stars: 2, words: ' Late. ' });
    expect(first).toMatchObject({ status: 200, json: { stars: 2, words: 'Late.' } });
    live.clock.forward(3_600);
    const changed = await live.rest(clinic, 'patient', 'PUT', `${path}/rating`, { stars: 4 });
    const { ratedAt, changeableUntil } = first.json as Record<string, string>;
    expect(changed.json).toEqual({ stars: 4, words: null, ratedAt, changeableUntil });
    live.clock.forward(86_400);
    expect((await live.rest(clinic, 'patient', 'PUT', `${path}/rating`, { stars: 1 })).status).toBe(409);
    expect(await after()).toMatchObject({ rating: { stars: 4 }, mayRate: false });
    expect((await live.rest(clinic, 'doctor', 'GET', `${path}/after`)).json).toMatchObject({ rating: null });
  });

  it('is not for others, not for visits that did not take place, and of one to five stars', async () => {
    const clinic = await live.tenant();
    const path = `/meetings/${await over(clinic)}/rating`;
    const status = async (person: 'doctor' | 'patient2' | 'patient', at: string, body: unknown) =>
      (await live.rest(clinic, person, 'PUT', at, body)).status;
    expect(await status('doctor', path, { stars: 5 })).toBe(403);
    expect(await status('patient2', path, { stars: 5 })).toBe(404);
    for (const stars of [0, 6, 2.5, '5']) expect(await status('patient', path, { stars })).toBe(422);
    const planned = await live.meeting(clinic);
    expect(await status('patient', `/meetings/${planned.id}/rating`, { stars: 5 })).toBe(409);
  });

  it('is shown to doctors only in whole fives that cannot change any more, and of their own visits', async () => {
    const clinic = await live.tenant();
    const own = async (person: 'doctor' | 'admin' = 'doctor') =>
      (await live.rest(clinic, person, 'GET', '/ratings')).json;
    const none = { count: 0, average: null, stars: null };
    const five = { count: 5, average: 4.6, stars: [0, 0, 0, 2, 3] };
    const rate = async (stars: number) =>
      live.rest(clinic, 'patient', 'PUT', `/meetings/${await over(clinic)}/rating`, { stars });
    for (const stars of [5, 4, 4, 5]) await rate(stars);
    expect(await own('admin')).toEqual({ count: 4, average: null, stars: null });
    await rate(5);
    expect(await own('admin')).toEqual(five);
    // Those of today and yesterday wait: a patient might still change one, and be told by it.
    expect(await own()).toEqual(none);
    live.clock.forward(2 * 86_400);
    expect(await own()).toEqual(five);
    await rate(1);
    live.clock.forward(2 * 86_400);
    // Asked before and after, by whatever months: the sixth is not told.
    expect(await own('admin')).toMatchObject({ count: 6 });
    const asked = await Promise.all(
      [1, 2, 3, 36].map((months) => live.rest(clinic, 'doctor', 'GET', `/ratings?months=${months}`)),
    );
    for (const { json } of asked) expect([none, five]).toContainEqual(json);
    expect(await own()).toEqual(five);
    const byMonth = (await live.rest(clinic, 'doctor', 'GET', '/ratings/by-month')).json as {
      items: { count: number }[];
    };
    expect(byMonth.items.map(({ count }) => count)).toEqual([5]);
    const of = (doctorId: string) => `/ratings?doctorId=${doctorId}`;
    expect((await live.rest(clinic, 'staff', 'GET', of(clinic.doctor2Id))).json).toEqual(none);
    expect((await live.rest(clinic, 'doctor2', 'GET', of(clinic.doctorId))).status).toBe(403);
    expect((await live.rest(clinic, 'patient', 'GET', '/ratings')).status).toBe(403);
    const other = await live.tenant();
    expect((await live.rest(other, 'admin', 'GET', of(clinic.doctorId))).json).toEqual(none);
  });

  it('is counted by month and doctor in the clinic’s calendar, and its words are for the clinic alone', async () => {
    const clinic = await live.tenant();
    const read = async (person: 'doctor' | 'doctor2' | 'staff', path: string) =>
      (await live.rest(clinic, person, 'GET', path)).json;
    const month = () =>
      new Intl.DateTimeFormat('en-CA', { timeZone: 'Asia/Kolkata', year: 'numeric', month: '2-digit' }).format(
        live.clock.now(),
      );
    const said = async (words: string, stars: number) => {
      const meetingId = await over(clinic);
      await live.rest(clinic, 'patient', 'PUT', `/meetings/${meetingId}/rating`, { stars, words });
      return meetingId;
    };
    const early = month();
    const first = await said('Late.', 2);
    live.clock.forward(32 * 86_400);
    const second = await said('Kind.', 5);
    const doctor = { doctorId: clinic.doctorId, doctorName: clinic.users.doctor.displayName };
    const months = [month(), early].map((one) => ({ month: one, ...doctor, count: 1, average: null }));
    expect(await read('staff', '/ratings/by-month')).toEqual({ items: months });
    expect(await read('doctor', '/ratings/by-month')).toEqual({ items: [] });
    expect(await read('staff', '/ratings/by-month?months=1')).toEqual({ items: months.slice(0, 1) });
    expect(await read('doctor2', '/ratings/by-month')).toEqual({ items: [] });
    expect(await read('staff', '/ratings?months=1')).toMatchObject({ count: 1 });

    type Page = { items: { meetingId: string }[]; nextCursor: string | null };
    const newest = (await read('staff', '/ratings/comments?limit=1')) as Page;
    expect(newest.items).toMatchObject([{ meetingId: second, stars: 5, words: 'Kind.', ...doctor }]);
    const next = (await read('staff', `/ratings/comments?limit=1&cursor=${newest.nextCursor}`)) as Page;
    expect(next).toMatchObject({ items: [{ meetingId: first, stars: 2, words: 'Late.' }], nextCursor: null });
    expect((await live.rest(clinic, 'doctor', 'GET', '/ratings/comments')).status).toBe(403);
    expect(await read('staff', `/meetings/${first}/after`)).toMatchObject({ rating: { stars: 2 }, mayRate: false });
  });
});

it('both are told of the next appointment, the doctor of those with themself', async () => {
  const clinic = await live.tenant();
  const meetingId = await over(clinic);
  const { serviceId, doctorId: practitionerId, patientId } = await makeBookable(clinic);
  const startsAt = timeAhead(live.clock.now(), 3).toISOString();
  const visit = { practitionerId, patientId, serviceId, modality: 'video', startsAt };
  await live.rest(clinic, 'patient', 'POST', '/appointments', visit);
  const next = { startsAt, practitionerName: clinic.users.doctor.displayName, modality: 'video' };
  for (const person of ['patient', 'doctor', 'staff'] as const) {
    expect((await live.rest(clinic, person, 'GET', `/meetings/${meetingId}/after`)).json).toMatchObject({ next });
  }
  const { id } = await live
    .rest(clinic, 'admin', 'POST', '/meetings', {
      doctorId: clinic.doctor2Id,
      patientId,
      scheduledAt: live.clock.now().toISOString(),
    })
    .then(({ json }) => json as { id: string });
  expect((await live.rest(clinic, 'doctor2', 'GET', `/meetings/${id}/after`)).json).toMatchObject({ next: null });
});

describe('the doctor’s note', () => {
  it('is saved while it is written, keeps what stood for a while, and is locked by signing', async () => {
    const clinic = await live.tenant();
    const path = `/meetings/${await over(clinic)}/note`;
    const save = (text: string, version: number) => live.rest(clinic, 'doctor', 'PUT', path, { text, version });
    expect((await live.rest(clinic, 'doctor', 'GET', path)).json).toMatchObject({
      text: '',
      version: 0,
      signedAt: null,
    });
    expect((await save('Re', 0)).json).toMatchObject({ version: 1 });
    expect((await save('Rest', 1)).json).toMatchObject({ version: 2 });
    expect((await save('Rest', 2)).json).toMatchObject({ version: 2 });
    expect((await save('Lost', 1)).status).toBe(409);
    live.clock.forward(600);
    expect((await save('Rest, and drink.', 2)).json).toMatchObject({ version: 3 });
    expect((await live.rest(clinic, 'doctor', 'POST', `${path}/sign`, { version: 2 })).status).toBe(409);
    const signed = await live.rest(clinic, 'doctor', 'POST', `${path}/sign`, { version: 3 });
    expect(signed).toMatchObject({ status: 200, json: { text: 'Rest, and drink.', signedAt: expect.any(String) } });
    expect((await live.rest(clinic, 'doctor', 'POST', `${path}/sign`, { version: 3 })).json).toEqual(signed.json);
    expect((await save('No.', 3)).status).toBe(409);
    const versions = await live.rest(clinic, 'doctor', 'GET', `${path}/versions`);
    expect(versions.json).toMatchObject({
      items: [
        { version: 3, text: 'Rest, and drink.' },
        { version: 2, text: 'Rest' },
      ],
    });
    await expect(live.db.sql(`update visit_note set text = 'x' where signed_at is not null`)).rejects.toThrow('signed');
  });

  it('is written by one of two who save at once; the other is told', async () => {
    const clinic = await live.tenant();
    const path = `/meetings/${await over(clinic)}/note`;
    const both = await Promise.all(
      ['One.', 'Two.'].map((text) => live.rest(clinic, 'doctor', 'PUT', path, { text, version: 0 })),
    );
    expect(both.map(({ status }) => status).toSorted((a, b) => a - b)).toEqual([200, 409]);
  });

  it('is read by the treating doctor and by who may read all, and by nobody else', async () => {
    const clinic = await live.tenant();
    const path = `/meetings/${await over(clinic)}/note`;
    await live.rest(clinic, 'doctor', 'PUT', path, { text: 'Rest.', version: 0 });
    const statuses: Record<string, number> = {};
    for (const person of ['doctor', 'admin', 'patient', 'staff', 'doctor2', 'patient2', 'lab'] as const) {
      statuses[person] = (await live.rest(clinic, person, 'GET', path)).status;
    }
    expect(statuses).toEqual({
      doctor: 200,
      admin: 200,
      patient: 403,
      staff: 403,
      doctor2: 404,
      patient2: 404,
      lab: 403,
    });
    expect((await live.rest(clinic, 'admin', 'PUT', path, { text: 'No.', version: 1 })).status).toBe(403);
    const planned = await live.meeting(clinic);
    const early = await live.rest(clinic, 'doctor', 'PUT', `/meetings/${planned.id}/note`, { text: 'x', version: 0 });
    expect(early.status).toBe(409);
  });
});
