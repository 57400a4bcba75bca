/** signaling/SPEC.md, WT5 to WT12: the order of the queue, what is known of who waits, and what is written meanwhile. */
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { Meeting, WaitingEntry } from '../../signaling/protocol/index.ts';
import { openAppointmentDesk, timeAhead } from '../support/bookable.ts';
import { type LiveServer, startLive, unknownId } from '../support/live.ts';
import type { SocketClient } from '../support/socket-client.ts';
import type { TestPerson, TestTenant } from '../support/tenant.ts';
import { until } from '../support/until.ts';

let live: LiveServer;
beforeAll(async () => {
  live = await startLive();
});
afterAll(async () => {
  await live[Symbol.asyncDispose]();
});

const inMinutes = (minutes: number) => new Date(live.clock.now().getTime() + minutes * 60_000).toISOString();

async function plan(clinic: TestTenant, person: 'patient' | 'patient2', minutes = 0): Promise<string> {
  const body = {
    doctorId: clinic.doctorId,
    patientId: person === 'patient' ? clinic.patientId : clinic.patient2Id,
    scheduledAt: inMinutes(minutes),
  };
  return ((await live.rest(clinic, 'staff', 'POST', '/meetings', body)).json as Meeting).id;
}

interface Scene extends AsyncDisposable {
  clinic: TestTenant;
  first: string;
  second: string;
  sockets: Record<'doctor' | 'patient' | 'patient2' | 'staff', SocketClient>;
}

/** Two patients wait for one doctor, the first one due before the second. */
async function scene(): Promise<Scene> {
  const clinic = await live.tenant();
  const [first, second] = [await plan(clinic, 'patient', -5), await plan(clinic, 'patient2', 10)];
  const open = (person: TestPerson) => live.socket(clinic, person);
  const sockets = {
    doctor: await open('doctor'),
    patient: await open('patient'),
    patient2: await open('patient2'),
    staff: await open('staff'),
  };
  await sockets.patient2.call('meeting:wait', { meetingId: second });
  await sockets.patient.call('meeting:wait', { meetingId: first });
  const close = async () => Object.values(sockets).forEach((socket) => socket.close());
  return { clinic, first, second, sockets, [Symbol.asyncDispose]: close };
}

const queueOf = async (doctor: SocketClient): Promise<WaitingEntry[]> => (await doctor.call('queue:watch', {})).waiting;
const order = async (doctor: SocketClient) => (await queueOf(doctor)).map(({ meetingId }) => meetingId);

/** Visits of this doctor that are over, so that something is known of their pace. */
async function pastVisits(clinic: TestTenant, minutes: readonly number[]): Promise<void> {
  for (const [index, lasted] of minutes.entries()) {
    const meetingId = await plan(clinic, 'patient2', -10 - index);
    const start = live.clock.now().getTime() - (10 + index) * 60_000;
    // Lived through, it would move the clock of all these tests. Not so long ago that the clock gives the visit up first.
    await live.db.sql(
      `update meeting set status = 'ended', started_at = $2, ended_at = $3, duration_seconds = $4, end_reason = 'doctor_ended',
         next_deadline_at = null, version = version + 1 where id = $1`,
      [meetingId, new Date(start), new Date(start + lasted * 60_000), lasted * 60],
    );
  }
}

describe('the order of the queue', () => {
  it('[WT5] lets who is due come before who came early, and keeps both places through a server that starts anew', async () => {
    await using scenery = await scene();
    const { clinic, first, second, sockets } = scenery;
    expect(await order(sockets.doctor)).toEqual([first, second]);
    await sockets.patient2.next('queue:changed', (fact) => 'position' in fact && fact.position === 2);
    // Another server on the same rows, as after a restart.
    await using again = await startLive({ db: live.db });
    await using doctor = await again.socket(clinic, 'doctor');
    expect(await order(doctor)).toEqual([first, second]);
    await using patient2 = await again.socket(clinic, 'patient2');
    expect(await patient2.call('meeting:wait', { meetingId: second })).toMatchObject({ position: 2 });
  });

  it('[WT6] is changed by the doctor or the front desk with a reason, told to all, noted in the timeline without it, and undone by leaving', async () => {
    await using scenery = await scene();
    const { clinic, first, second, sockets } = scenery;
    const reason = 'Has a fever';
    expect(await sockets.doctor.call('queue:move', { meetingId: second, position: 1, reason })).toEqual({
      position: 1,
    });
    expect(await order(sockets.doctor)).toEqual([second, first]);
    expect((await queueOf(sockets.doctor)).map(({ moved }) => moved)).toEqual([true, false]);
    await sockets.patient.next('queue:changed', (fact) => 'position' in fact && fact.position === 2);
    const timeline = await live.rest(clinic, 'admin', 'GET', `/meetings/${second}/timeline`);
    expect(timeline.text).not.toContain(reason);
    expect((timeline.json as { items: unknown[] }).items.at(-1)).toMatchObject({
      type: 'moved',
      actorRole: 'doctor',
      detail: { fromPosition: 2, position: 1 },
    });
    expect(await sockets.staff.call('queue:move', { meetingId: second, position: 9, reason })).toEqual({ position: 2 });
    await sockets.doctor.call('queue:move', { meetingId: second, position: 1, reason });
    await sockets.patient2.call('meeting:leave', {});
    await sockets.patient2.call('meeting:wait', { meetingId: second });
    expect(await order(sockets.doctor)).toEqual([first, second]);
  });

  it('[WT6] is not changed by anybody else, nor for a meeting that nobody waits for or that has begun', async () => {
    await using scenery = await scene();
    const { clinic, first, second, sockets } = scenery;
    const to = { position: 1, reason: 'Because' };
    await using doctor2 = await live.socket(clinic, 'doctor2');
    expect(await doctor2.refusal('queue:move', { meetingId: second, ...to })).toBe('NOT_ASSIGNED');
    expect(await sockets.patient2.refusal('queue:move', { meetingId: second, ...to })).toBe('FORBIDDEN');
    const nobody = await plan(clinic, 'patient');
    expect(await sockets.doctor.refusal('queue:move', { meetingId: nobody, ...to })).toBe('INVALID_CALL');
    expect(await sockets.doctor.refusal('queue:move', { meetingId: unknownId(), ...to })).toBe('MEETING_NOT_FOUND');
    await sockets.doctor.call('meeting:start', { meetingId: first });
    expect(await sockets.doctor.refusal('queue:move', { meetingId: first, ...to })).toBe('MEETING_ACTIVE');
    expect(await order(sockets.doctor)).toEqual([second]);
  });

  it('[WT6] comes out whole when everybody moves everybody at once', async () => {
    await using scenery = await scene();
    const { first, second, sockets } = scenery;
    const moves = Array.from({ length: 12 }, (_, index) => {
      const from = index % 2 === 0 ? sockets.doctor : sockets.staff;
      return from.ask('queue:move', { meetingId: index % 3 === 0 ? first : second, position: 1, reason: 'Because' });
    });
    for (const answer of await Promise.all(moves)) expect(answer.ok).toBe(true);
    expect((await order(sockets.doctor)).toSorted()).toEqual([first, second].toSorted());
  });
});

describe('the estimate', () => {
  it('[WT7] is unknown while too little is known, and given with “busy” once it is', async () => {
    const clinic = await live.tenant();
    const [first, second] = [await plan(clinic, 'patient', -5), await plan(clinic, 'patient2', -4)];
    await using doctor = await live.socket(clinic, 'doctor');
    await using patient = await live.socket(clinic, 'patient');
    await using patient2 = await live.socket(clinic, 'patient2');
    await patient.call('meeting:wait', { meetingId: first });
    expect(await patient2.call('meeting:wait', { meetingId: second })).toMatchObject({
      position: 2,
      doctorBusy: false,
      estimate: null,
    });
    await pastVisits(clinic, [10, 10, 10, 10, 20]);
    await doctor.call('meeting:start', { meetingId: first });
    const busy = await patient2.next('queue:changed', (fact) => 'position' in fact && fact.doctorBusy);
    expect(busy).toMatchObject({ position: 1, estimate: { earliest: expect.any(String), latest: expect.any(String) } });
    const latest = 'position' in busy && busy.estimate ? Date.parse(busy.estimate.latest) : 0;
    expect((latest - live.clock.now().getTime()) / 60_000).toBeCloseTo(10, 0);
    await doctor.call('meeting:end', {});
    await patient2.next('queue:changed', (fact) => 'position' in fact && !fact.doctorBusy && fact.position === 1);
  });
});

describe('the device check', () => {
  it('[WT8] is shown to the doctor, kept through reloads, and told by the waiting patient alone', async () => {
    await using scenery = await scene();
    const { clinic, first, second, sockets } = scenery;
    expect((await queueOf(sockets.doctor))[0]).toMatchObject({ network: null, devices: null });
    await sockets.patient.call('queue:tell-check', { meetingId: first, network: 'fair' });
    await sockets.patient.call('queue:tell-check', { meetingId: first, devices: 'passed' });
    const told = await sockets.doctor.next(
      'queue:changed',
      (fact) => 'waiting' in fact && fact.waiting[0]?.devices === 'passed',
    );
    expect('waiting' in told && told.waiting[0]).toMatchObject({ network: 'fair', devices: 'passed' });
    await using phone = await live.socket(clinic, 'patient');
    await phone.call('meeting:wait', { meetingId: first });
    expect((await queueOf(sockets.doctor))[0]).toMatchObject({ network: 'fair', devices: 'passed' });
    expect(await sockets.patient.refusal('queue:tell-check', { meetingId: second, network: 'good' })).toBe(
      'NOT_ASSIGNED',
    );
  });
});

describe('what is written while waiting', () => {
  it('[WT9] reaches both sides and the front desk, is kept, and says what was read', async () => {
    await using scenery = await scene();
    const { clinic, first: meetingId, sockets } = scenery;
    await sockets.staff.call('queue:watch-clinic', {});
    const said = await sockets.doctor.call('queue:message', { meetingId, text: ' Two minutes. ', clientId: 'd1' });
    expect(said).toMatchObject({ from: 'doctor', text: 'Two minutes.', meetingId });
    expect(await sockets.doctor.call('queue:message', { meetingId, text: 'Other', clientId: 'd1' })).toEqual(said);
    expect((await sockets.patient.next('queue:messaged')).line).toEqual(said);
    expect((await sockets.staff.next('queue:messaged')).line).toEqual(said);
    const answer = await sockets.patient.call('queue:message', { meetingId, text: 'Thank you', clientId: 'p1' });
    await until('the doctor sees one unread line', async () => (await queueOf(sockets.doctor))[0]?.unread === 1);
    await sockets.staff.call('queue:message', { meetingId, text: 'Sorry for the wait', clientId: 's1' });
    await until('an answer of the clinic counts as read', async () => (await queueOf(sockets.doctor))[0]?.unread === 0);
    expect(await sockets.patient.call('queue:read', { meetingId, lineId: said.id })).toMatchObject({
      clinic: expect.any(String),
      patient: answer.sentAt,
    });
    // After a reload, or on another device.
    await using phone = await live.socket(clinic, 'patient');
    const { lines, read } = await phone.call('queue:messages', { meetingId });
    expect(lines.map(({ from, text }) => [from, text])).toEqual([
      ['doctor', 'Two minutes.'],
      ['patient', 'Thank you'],
      ['staff', 'Sorry for the wait'],
    ]);
    expect(read.patient).toBe(answer.sentAt);
    await phone.call('queue:read', { meetingId, lineId: lines[2]?.id ?? '' });
    const heard = await sockets.doctor.next('queue:was-read', (fact) => fact.read.patient === lines[2]?.sentAt);
    expect(heard.meetingId).toBe(meetingId);
  });

  it('[WT9] is closed to others and ends with the waiting; what was written stays readable', async () => {
    await using scenery = await scene();
    const { clinic, first: meetingId, sockets } = scenery;
    await sockets.patient.call('queue:message', { meetingId, text: 'Hello', clientId: '1' });
    for (const person of ['doctor2', 'patient2'] as const) {
      await using other = await live.socket(clinic, person);
      expect(await other.refusal('queue:messages', { meetingId })).toBe('NOT_ASSIGNED');
      expect(await other.refusal('queue:message', { meetingId, text: 'x', clientId: '1' })).toBe('NOT_ASSIGNED');
      expect(await other.refusal('queue:read', { meetingId, lineId: unknownId() })).toBe('NOT_ASSIGNED');
      expect(other.heard('queue:messaged')).toEqual([]);
    }
    await sockets.doctor.call('meeting:start', { meetingId });
    const late = { meetingId, text: 'Too late', clientId: '2' };
    expect(await sockets.patient.refusal('queue:message', late)).toBe('MEETING_ACTIVE');
    expect((await sockets.doctor.call('queue:messages', { meetingId })).lines).toHaveLength(1);
  });
});

describe('handing a visit over', () => {
  it('[WT10] takes it from one queue into the other, tells everybody, and lets the other doctor start it', async () => {
    await using scenery = await scene();
    const { clinic, first: meetingId, second, sockets } = scenery;
    await using doctor2 = await live.socket(clinic, 'doctor2');
    await doctor2.call('queue:watch', {});
    const to = { meetingId, doctorId: clinic.doctor2Id, reason: 'Emergency elsewhere' };
    const { meeting } = await sockets.doctor.call('queue:hand-over', to);
    expect(meeting).toMatchObject({ doctorId: clinic.doctor2Id, doctorName: clinic.users.doctor2.displayName });
    await doctor2.next('queue:changed', (fact) => 'waiting' in fact && fact.waiting[0]?.meetingId === meetingId);
    await sockets.doctor.next(
      'queue:changed',
      (fact) => 'waiting' in fact && fact.waiting.length === 1 && fact.waiting[0]?.meetingId === second,
    );
    await sockets.patient.next('meeting:changed', (fact) => fact.meeting.doctorId === clinic.doctor2Id);
    const timeline = await live.rest(clinic, 'admin', 'GET', `/meetings/${meetingId}/timeline`);
    expect(timeline.text).not.toContain(to.reason);
    expect((timeline.json as { items: unknown[] }).items.at(-1)).toMatchObject({
      type: 'handed_over',
      detail: { doctorId: clinic.doctor2Id },
    });
    expect(await sockets.doctor.refusal('meeting:start', { meetingId })).toBe('NOT_ASSIGNED');
    await doctor2.call('meeting:start', { meetingId });
    const { self } = await sockets.patient.call('meeting:join', { meetingId });
    expect(self.role).toBe('patient');
  });

  it('[WT10] is for the doctor of the visit and the front desk, to a doctor of the clinic, before it begins', async () => {
    await using scenery = await scene();
    const { clinic, first: meetingId, sockets } = scenery;
    const other = await live.tenant();
    const to = { meetingId, doctorId: clinic.doctor2Id, reason: 'Because' };
    await using doctor2 = await live.socket(clinic, 'doctor2');
    expect(await doctor2.refusal('queue:hand-over', to)).toBe('NOT_ASSIGNED');
    expect(await sockets.doctor.refusal('queue:hand-over', { ...to, doctorId: other.doctorId })).toBe('INVALID_CALL');
    expect(await sockets.doctor.refusal('queue:hand-over', { ...to, doctorId: clinic.patientId })).toBe('INVALID_CALL');
    expect((await sockets.staff.call('queue:hand-over', { ...to, doctorId: clinic.doctorId })).meeting.version).toBe(
      (await sockets.patient.call('meeting:wait', { meetingId })).meeting.version,
    );
    await sockets.doctor.call('meeting:start', { meetingId });
    expect(await sockets.staff.refusal('queue:hand-over', to)).toBe('MEETING_ACTIVE');
  });

  it('[WT10] takes the appointment along, and nothing moves while the other doctor is booked then', async () => {
    const desk = await openAppointmentDesk(live);
    const { clinic } = desk;
    // The next half hour, so that it may be waited for now.
    const startsAt = timeAhead(live.clock.now(), 0);
    const booked = await desk.book('staff', startsAt);
    const other = await desk.book('staff', startsAt, {
      practitionerId: clinic.doctor2Id,
      patientId: clinic.patient2Id,
    });
    const meetingId = booked.meetingId ?? '';
    await using patient = await live.socket(clinic, 'patient');
    await using staff = await live.socket(clinic, 'staff');
    await patient.call('meeting:wait', { meetingId });
    const to = { meetingId, doctorId: clinic.doctor2Id, reason: 'Ill' };
    expect(await staff.refusal('queue:hand-over', to)).toBe('SLOT_TAKEN');
    expect(await desk.read(booked.id)).toEqual(booked);
    expect((await desk.call('staff', 'GET', `/meetings/${meetingId}`)).json).toMatchObject({
      doctorId: clinic.doctorId,
    });
    await desk.act('staff', other.id, 'cancel', { code: 'prov' });
    const { meeting } = await staff.call('queue:hand-over', to);
    expect(meeting.doctorId).toBe(clinic.doctor2Id);
    const version = booked.version + 1;
    expect(await desk.read(booked.id)).toMatchObject({ practitionerId: clinic.doctor2Id, status: 'booked', version });
    const timeline = await desk.call('staff', 'GET', `/appointments/${booked.id}/timeline`);
    expect((timeline.json as { items: unknown[] }).items.at(-1)).toMatchObject({
      type: 'hand_over',
      actorRole: 'staff',
      detail: { fromId: clinic.doctorId, toId: clinic.doctor2Id },
    });
    // The first doctor's time is free for somebody else, the other one's is not.
    await desk.book('staff', startsAt, { patientId: clinic.patient2Id });
    const twice = desk.body(startsAt, { practitionerId: clinic.doctor2Id, patientId: clinic.patient2Id });
    expect((await desk.call('staff', 'POST', '/appointments', twice)).status).toBe(409);
  });

  it('[WT10] gives an appointment that two hand over at once to one of them', async () => {
    const desk = await openAppointmentDesk(live);
    const { clinic } = desk;
    const booked = await desk.book('staff', timeAhead(live.clock.now(), 0));
    const meetingId = booked.meetingId ?? '';
    await using patient = await live.socket(clinic, 'patient');
    await patient.call('meeting:wait', { meetingId });
    await using doctor = await live.socket(clinic, 'doctor');
    await using staff = await live.socket(clinic, 'staff');
    const to = { meetingId, doctorId: clinic.doctor2Id, reason: 'Ill' };
    await Promise.allSettled([doctor.call('queue:hand-over', to), staff.call('queue:hand-over', to)]);
    const { practitionerId, version } = await desk.read(booked.id);
    expect({ practitionerId, version }).toEqual({ practitionerId: clinic.doctor2Id, version: booked.version + 1 });
    const told = await desk.call('staff', 'GET', `/meetings/${meetingId}/timeline`);
    const entries = (told.json as { items: { type: string }[] }).items.filter(({ type }) => type === 'handed_over');
    expect(entries).toHaveLength(1);
  });
});

describe('the front desk', () => {
  it('[WT11] sees every queue of its clinic, hears each change, and nothing of another clinic', async () => {
    await using scenery = await scene();
    const { clinic, first, second, sockets } = scenery;
    await using elsewhere = await scene();
    const { queues } = await sockets.staff.call('queue:watch-clinic', {});
    expect(queues).toMatchObject([
      {
        doctorId: clinic.doctorId,
        doctorName: clinic.users.doctor.displayName,
        busySince: null,
        waiting: [{ meetingId: first }, { meetingId: second }],
      },
    ]);
    await elsewhere.sockets.doctor.call('meeting:start', { meetingId: elsewhere.first });
    await sockets.doctor.call('meeting:start', { meetingId: first });
    const { queue } = await sockets.staff.next('queue:updated', (fact) => fact.queue.busySince !== null);
    expect(queue).toMatchObject({ doctorId: clinic.doctorId, waiting: [{ meetingId: second }] });
    const doctors = new Set(sockets.staff.heard('queue:updated').map((fact) => fact.queue.doctorId));
    expect([...doctors]).toEqual([clinic.doctorId]);
    expect(await sockets.doctor.refusal('queue:watch-clinic', {})).toBe('FORBIDDEN');
  });

  it('reads the same over REST; a doctor the own queue, a patient none', async () => {
    await using scenery = await scene();
    const { clinic, first, second, sockets } = scenery;
    const read = async (person: TestPerson, query = '') => live.rest(clinic, person, 'GET', `/queues${query}`);
    const { queues } = await sockets.staff.call('queue:watch-clinic', {});
    expect((await read('staff')).json).toEqual({ items: queues, nextCursor: null });
    const own = (await read('doctor')).json;
    expect(own).toMatchObject({ items: [{ waiting: [{ meetingId: first }, { meetingId: second }] }] });
    expect((await read('doctor2')).json).toMatchObject({ items: [{ doctorId: clinic.doctor2Id, waiting: [] }] });
    expect((await read('doctor2', `?doctorId=${clinic.doctorId}`)).status).toBe(403);
    expect((await read('staff', `?doctorId=${clinic.doctor2Id}`)).json).toMatchObject({ items: [{ waiting: [] }] });
    expect((await read('patient')).status).toBe(403);
  });
});

describe('the clinic’s own words', () => {
  it('[WT12] come with the place, in every language that the clinic wrote them in', async () => {
    const waitingRoomText = { en: 'Tea is on the house.', hi: 'चाय तैयार है।' };
    const clinic = await live.tenant({ settings: { waitingRoomText } });
    const { id: meetingId } = await live.meeting(clinic);
    await using patient = await live.socket(clinic, 'patient');
    expect((await patient.call('meeting:wait', { meetingId })).welcome).toEqual(waitingRoomText);
  });
});
