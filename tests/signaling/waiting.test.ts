/** signaling/SPEC.md, WT: the waiting room and the doctor's queue. */
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { type LiveServer, startLive } from '../support/live.ts';
import { until } from '../support/until.ts';

let live: LiveServer;
beforeAll(async () => {
  live = await startLive();
});
afterAll(async () => {
  await live[Symbol.asyncDispose]();
});

describe('the waiting room', () => {
  it('[WT1][WT4] keeps the order of arrival and tells the doctor who waits, since when and for what', async () => {
    const clinic = await live.tenant();
    const scheduledAt = live.clock.now().toISOString();
    const ids: string[] = [];
    for (const patientId of [clinic.patientId, clinic.patient2Id]) {
      const body = { doctorId: clinic.doctorId, patientId, scheduledAt, reason: 'Follow-up' };
      ids.push(((await live.rest(clinic, 'staff', 'POST', '/meetings', body)).json as { id: string }).id);
    }
    const [first = '', second = ''] = ids;
    await using doctor = await live.socket(clinic, 'doctor');
    expect(await doctor.call('queue:watch', {})).toEqual({ waiting: [] });
    await using one = await live.socket(clinic, 'patient');
    await using two = await live.socket(clinic, 'patient2');
    expect((await one.call('meeting:wait', { meetingId: first })).position).toBe(1);
    expect((await two.call('meeting:wait', { meetingId: second })).position).toBe(2);
    const queue = await doctor.next('queue:changed', (fact) => 'waiting' in fact && fact.waiting.length === 2);
    expect('waiting' in queue && queue.waiting.map((entry) => entry.meetingId)).toEqual([first, second]);
    expect('waiting' in queue && queue.waiting[0]).toMatchObject({
      patientId: clinic.patientId,
      reason: 'Follow-up',
      since: expect.any(String),
    });
    await doctor.call('meeting:start', { meetingId: first });
    await two.next('queue:changed', (fact) => 'position' in fact && fact.position === 1);
  });

  it('[WT2] keeps the place through a lost socket and another device, until they leave it', async () => {
    const clinic = await live.tenant();
    const { id: meetingId } = await live.meeting(clinic);
    const patient = await live.socket(clinic, 'patient');
    const { meeting } = await patient.call('meeting:wait', { meetingId });
    patient.cut();
    await using doctor = await live.socket(clinic, 'doctor');
    expect((await doctor.call('queue:watch', {})).waiting).toHaveLength(1);
    await using phone = await live.socket(clinic, 'patient');
    const again = await phone.call('meeting:wait', { meetingId });
    expect(again.meeting.waitingSince).toBe(meeting.waitingSince);
    await phone.call('meeting:leave', {});
    await until('the queue is empty', async () => (await doctor.call('queue:watch', {})).waiting.length === 0);
  });

  it('[WT3] tells every socket of the patient that the doctor has started', async () => {
    const clinic = await live.tenant();
    const { id: meetingId } = await live.meeting(clinic);
    await using laptop = await live.socket(clinic, 'patient');
    await using phone = await live.socket(clinic, 'patient');
    await laptop.call('meeting:wait', { meetingId });
    await using doctor = await live.socket(clinic, 'doctor');
    await doctor.call('meeting:start', { meetingId });
    await laptop.next('meeting:started', ({ meeting }) => meeting.id === meetingId);
    await phone.next('meeting:started', ({ meeting }) => meeting.id === meetingId);
  });

  it('is for the assigned patient alone', async () => {
    const clinic = await live.tenant();
    const other = await live.tenant();
    const { id: meetingId } = await live.meeting(clinic);
    await using patient2 = await live.socket(clinic, 'patient2');
    expect(await patient2.refusal('meeting:wait', { meetingId })).toBe('NOT_ASSIGNED');
    await using stranger = await live.socket(other, 'patient');
    expect(await stranger.refusal('meeting:wait', { meetingId })).toBe('MEETING_NOT_FOUND');
  });

  it('closes with a meeting that nobody started: cancelled as no_show, and who waited is told', async () => {
    const clinic = await live.tenant();
    const { id: meetingId } = await live.meeting(clinic);
    await using patient = await live.socket(clinic, 'patient');
    await patient.call('meeting:wait', { meetingId });
    await live.forward(31 * 60);
    const { meeting } = await patient.next('meeting:ended', (fact) => fact.meeting.id === meetingId);
    expect(meeting).toMatchObject({ status: 'cancelled', endReason: 'no_show' });
  });
});
