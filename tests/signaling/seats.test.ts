/** signaling/SPEC.md, JN5, RC, CB: seats, drops, returns, ends. */
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { Meeting } from '../../signaling/protocol/index.ts';
import { type LiveServer, startLive } from '../support/live.ts';
import type { SocketClient } from '../support/socket-client.ts';
import type { TestTenant } from '../support/tenant.ts';
import { until } from '../support/until.ts';

let live: LiveServer;
let clinic: TestTenant;
beforeAll(async () => {
  live = await startLive();
  clinic = await live.tenant();
});
afterAll(async () => {
  await live[Symbol.asyncDispose]();
});

interface Consultation extends Disposable {
  meetingId: string;
  doctor: SocketClient;
  patient: SocketClient;
  tenant: TestTenant;
}

/** A meeting with both in it. */
async function consultation(tenant: TestTenant = clinic): Promise<Consultation> {
  const { id: meetingId } = await live.meeting(tenant);
  const [doctor, patient] = [await live.socket(tenant, 'doctor'), await live.socket(tenant, 'patient')];
  await doctor.call('meeting:start', { meetingId });
  await patient.call('meeting:join', { meetingId });
  await doctor.next('participant:joined');
  const dispose = () => [doctor, patient].forEach((socket) => socket.close());
  return { meetingId, doctor, patient, tenant, [Symbol.dispose]: dispose };
}

/** Persons hear of all their meetings, also of the one before. */
const of = (call: { meetingId: string }) => (fact: { meeting: Meeting }) => fact.meeting.id === call.meetingId;

async function read(tenant: TestTenant, meetingId: string): Promise<Meeting> {
  return (await live.rest(tenant, 'admin', 'GET', `/meetings/${meetingId}`)).json as Meeting;
}

async function timeline(tenant: TestTenant, meetingId: string): Promise<string[]> {
  const { json } = await live.rest(tenant, 'admin', 'GET', `/meetings/${meetingId}/timeline`);
  return (json as { items: { type: string }[] }).items.map((entry) => entry.type);
}

describe('a second tab', () => {
  it('[JN5] takes the seat; the first hears seat:taken, is closed, and its disconnect changes nothing', async () => {
    using call = await consultation();
    const { meetingId, patient, doctor } = call;
    await using second = await live.socket(clinic, 'patient');
    const gone = patient.closed();
    await second.call('meeting:join', { meetingId });
    expect(await patient.next('seat:taken')).toEqual({ meetingId });
    expect(await gone).toBe('io server disconnect');
    const before = await read(clinic, meetingId);
    // The doctor's own change comes after whatever the old socket's end might have written.
    await doctor.call('chat:send', { text: 'Still there?', clientId: 'c1' });
    await second.next('chat:sent');
    expect(await read(clinic, meetingId)).toMatchObject({
      status: 'active',
      reconnectDeadline: null,
      version: before.version,
    });
    expect((await timeline(clinic, meetingId)).filter((type) => type === 'drop')).toEqual([]);
  });

  it('[JN5] of the doctor does not end the meeting', async () => {
    using call = await consultation();
    await using second = await live.socket(clinic, 'doctor');
    await second.call('meeting:start', { meetingId: call.meetingId });
    await call.doctor.next('seat:taken');
    await second.call('chat:send', { text: 'I am here now.', clientId: 'c1' });
    await call.patient.next('chat:sent');
    expect((await read(clinic, call.meetingId)).status).toBe('active');
  });

  it('[JN5] leaves no ghost, whichever way two tabs race', async () => {
    using call = await consultation();
    const tabs = await Promise.all(Array.from({ length: 5 }, () => live.socket(clinic, 'patient')));
    await Promise.all(tabs.map((tab) => tab.ask('meeting:join', { meetingId: call.meetingId })));
    await until('one tab is left', () => tabs.filter((tab) => tab.socket.connected).length === 1);
    const winner = tabs.find((tab) => tab.socket.connected);
    await call.doctor.call('chat:send', { text: 'Who is it?', clientId: 'race' });
    await winner?.next('chat:sent');
    expect((await read(clinic, call.meetingId)).reconnectDeadline).toBeNull();
    for (const tab of tabs) tab.close();
  });
});

describe('the patient', () => {
  it('[RC1][RC2] drops, the window opens, and returns inside it', async () => {
    using call = await consultation();
    const { meetingId, doctor } = call;
    call.patient.cut();
    const { participant, deadline } = await doctor.next('participant:dropped');
    expect(participant).toMatchObject({ role: 'patient', presence: 'away', deadline });
    const wait = Date.parse(deadline) - live.clock.now().getTime();
    expect(wait).toBeGreaterThan(290_000);
    expect(wait).toBeLessThanOrEqual(300_000);
    expect((await read(clinic, meetingId)).reconnectDeadline).toBe(deadline);
    await live.forward(290);
    await using again = await live.socket(clinic, 'patient');
    await again.call('meeting:join', { meetingId });
    await doctor.next('participant:returned', (fact) => fact.participant.role === 'patient');
    await live.forward(20);
    expect(await read(clinic, meetingId)).toMatchObject({ status: 'active', reconnectDeadline: null });
  });

  it('[RC1] who leaves by themselves may come back as well', async () => {
    using call = await consultation();
    await call.patient.call('meeting:leave', {});
    await call.doctor.next('participant:dropped');
    expect(await call.patient.refusal('chat:send', { text: 'x', clientId: '1' })).toBe('NOT_JOINED');
    await call.patient.call('meeting:join', { meetingId: call.meetingId });
    await call.doctor.next('participant:returned');
  });

  it('[RC3] who does not return in time ends the meeting with patient_timeout, at the deadline', async () => {
    using call = await consultation();
    call.patient.cut();
    const { deadline } = await call.doctor.next('participant:dropped');
    await live.forward(400);
    const { meeting } = await call.doctor.next('meeting:ended', of(call));
    expect(meeting).toMatchObject({ status: 'ended', endReason: 'patient_timeout', endedAt: deadline });
    await using again = await live.socket(clinic, 'patient');
    expect(await again.refusal('meeting:join', { meetingId: call.meetingId })).toBe('MEETING_ENDED');
  });

  it('[RC1] has the window that the clinic has set', async () => {
    const strict = await live.tenant({ settings: { reconnectWindowSeconds: 30 } });
    using call = await consultation(strict);
    call.patient.cut();
    const { deadline } = await call.doctor.next('participant:dropped');
    expect(Date.parse(deadline) - live.clock.now().getTime()).toBeLessThanOrEqual(30_000);
  });

  it('cannot end the meeting', async () => {
    using call = await consultation();
    expect(await call.patient.refusal('meeting:end', {})).toBe('FORBIDDEN');
    expect((await live.rest(clinic, 'patient', 'POST', `/meetings/${call.meetingId}/end`)).status).toBe(403);
    expect((await read(clinic, call.meetingId)).status).toBe('active');
  });
});

describe('the doctor', () => {
  it('[RC4] who is disconnected ends the meeting at once with doctor_disconnected', async () => {
    using call = await consultation();
    call.doctor.cut();
    const { meeting } = await call.patient.next('meeting:ended', of(call));
    expect(meeting).toMatchObject({ endReason: 'doctor_disconnected', reconnectDeadline: null });
    expect(meeting.durationSeconds).toBeGreaterThanOrEqual(0);
  });

  it('[RC4] has the grace that the clinic has set, and only then is it over', async () => {
    const kind = await live.tenant({ settings: { doctorGraceSeconds: 60 } });
    using call = await consultation(kind);
    call.doctor.cut();
    await call.patient.next('participant:dropped', ({ participant }) => participant.role === 'doctor');
    expect((await read(kind, call.meetingId)).status).toBe('active');
    const again = await live.socket(kind, 'doctor');
    await again.call('meeting:start', { meetingId: call.meetingId });
    await call.patient.next('participant:returned');
    again.cut();
    await call.patient.next('participant:dropped');
    await live.forward(61);
    expect((await call.patient.next('meeting:ended', of(call))).meeting.endReason).toBe('doctor_disconnected');
  });

  it('ends the meeting for all; nobody has a seat any more', async () => {
    using call = await consultation();
    const { meeting } = await call.doctor.call('meeting:end', {});
    expect(meeting).toMatchObject({ status: 'ended', endReason: 'doctor_ended' });
    await call.patient.next('meeting:ended', of(call));
    await until(
      'the room is closed',
      async () => !(await call.patient.ask('chat:send', { text: 'x', clientId: '1' })).ok,
    );
    expect(await call.patient.refusal('chat:send', { text: 'x', clientId: '2' })).toBe('NOT_JOINED');
    expect(await call.patient.refusal('meeting:join', { meetingId: call.meetingId })).toBe('MEETING_ENDED');
    expect(await call.doctor.refusal('meeting:start', { meetingId: call.meetingId })).toBe('MEETING_ENDED');
  });

  it('ends it while the patient reconnects', async () => {
    using call = await consultation();
    call.patient.cut();
    await call.doctor.next('participant:dropped');
    await call.doctor.call('meeting:end', {});
    expect(await read(clinic, call.meetingId)).toMatchObject({
      status: 'ended',
      endReason: 'doctor_ended',
      reconnectDeadline: null,
    });
    await live.forward(400);
    expect(await read(clinic, call.meetingId)).toMatchObject({ endReason: 'doctor_ended' });
  });
});

describe('a meeting', () => {
  it('that is active cannot be cancelled', async () => {
    using call = await consultation();
    const answer = await live.rest(clinic, 'doctor', 'POST', `/meetings/${call.meetingId}/cancel`, {
      reason: 'Changed my mind',
    });
    expect(answer).toMatchObject({ status: 409, json: { code: 'MEETING_ACTIVE' } });
    expect((await read(clinic, call.meetingId)).status).toBe('active');
  });

  it('that is cancelled tells who waits, and is never joined', async () => {
    const { id: meetingId } = await live.meeting(clinic);
    await using patient = await live.socket(clinic, 'patient');
    await patient.call('meeting:wait', { meetingId });
    await live.rest(clinic, 'staff', 'POST', `/meetings/${meetingId}/cancel`, { reason: 'The doctor is ill' });
    const { meeting } = await patient.next('meeting:ended', (fact) => fact.meeting.id === meetingId);
    expect(meeting).toMatchObject({ status: 'cancelled', endReason: 'cancelled' });
    expect(await patient.refusal('meeting:join', { meetingId })).toBe('MEETING_CANCELLED');
  });

  it('that an admin ends by REST closes the room', async () => {
    using call = await consultation();
    await live.rest(clinic, 'admin', 'POST', `/meetings/${call.meetingId}/end`);
    expect((await call.doctor.next('meeting:ended', of(call))).meeting.endReason).toBe('admin_ended');
    await call.patient.next('meeting:ended', of(call));
  });

  it('[CB1] leaves no room behind', async () => {
    const alone = await startLive();
    try {
      const tenant = await alone.tenant();
      const { id: meetingId } = await alone.meeting(tenant);
      const doctor = await alone.socket(tenant, 'doctor');
      await doctor.call('meeting:start', { meetingId });
      expect(alone.server.counts()).toEqual({ sockets: 1, rooms: 1 });
      doctor.close();
      await until('room and socket are gone', () => {
        const { sockets, rooms } = alone.server.counts();
        return sockets === 0 && rooms === 0;
      });
    } finally {
      await alone[Symbol.asyncDispose]();
    }
  });

  it('keeps a repeated chat line once', async () => {
    using call = await consultation();
    const first = await call.patient.call('chat:send', { text: 'Hello', clientId: 'once' });
    const second = await call.patient.call('chat:send', { text: 'Hello', clientId: 'once' });
    expect(second.id).toBe(first.id);
    expect((await call.doctor.next('chat:sent')).text).toBe('Hello');
  });
});

describe('a drop that the database does not take at once', () => {
  it('[RC1] is tried again, and leaves no ghost', async () => {
    using call = await consultation();
    // Every change of a meeting fails for a while, like a database in trouble.
    await live.db.sql(
      `create or replace function deny_update() returns trigger language plpgsql as $$ begin raise exception 'no'; end $$`,
    );
    await live.db.sql(`create trigger deny before update on meeting for each row execute function deny_update()`);
    call.patient.cut();
    await until('the socket is gone', () => live.server.counts().sockets === 1);
    await live.db.sql('drop trigger deny on meeting');
    await call.doctor.next('participant:dropped', ({ participant }) => participant.role === 'patient');
    expect((await read(clinic, call.meetingId)).reconnectDeadline).not.toBeNull();
  });
});

describe('somebody who comes back too late', () => {
  it('[RC5] hears how the meeting ended before they are refused', async () => {
    using call = await consultation();
    call.patient.cut();
    await call.doctor.next('participant:dropped');
    await live.forward(301);
    await using again = await live.socket(clinic, 'patient');
    expect(await again.refusal('meeting:join', { meetingId: call.meetingId })).toBe('MEETING_ENDED');
    const [ended] = again.heard('meeting:ended');
    expect(ended?.meeting).toMatchObject({ id: call.meetingId, endReason: 'patient_timeout' });
  });

  it('was told how long the place is kept', async () => {
    const strict = await live.tenant({ settings: { reconnectWindowSeconds: 45, doctorGraceSeconds: 7 } });
    const { id: meetingId } = await live.meeting(strict);
    await using doctor = await live.socket(strict, 'doctor');
    expect((await doctor.call('meeting:start', { meetingId })).returnWindowSeconds).toBe(7);
    await using patient = await live.socket(strict, 'patient');
    expect((await patient.call('meeting:join', { meetingId })).returnWindowSeconds).toBe(45);
  });
});
