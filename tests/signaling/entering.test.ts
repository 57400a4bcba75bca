/** signaling/SPEC.md, SC and JN: who gets in, and when. */

import { setTimeout as pause } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { createTokens, scopesOf } from '../../src/identity/index.ts';
import { type LiveServer, startLive, unknownId } from '../support/live.ts';
import { SocketClient } from '../support/socket-client.ts';
import { createTenant, type TestTenant, testJwt } from '../support/tenant.ts';
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

describe('the handshake', () => {
  it.each([
    ['no token', ''],
    ['a token that is none', 'x.y.z'],
  ])('[SC1] is refused with UNAUTHENTICATED for %s', async (_, token) => {
    await expect(SocketClient.connect(live.url, token)).rejects.toMatchObject({ data: { code: 'UNAUTHENTICATED' } });
  });

  it('[SC1] works over polling as well', async () => {
    const meeting = await live.meeting(clinic);
    await using doctor = await SocketClient.connect(live.url, await clinic.token('doctor'), {
      transports: ['polling'],
    });
    expect((await doctor.call('meeting:start', { meetingId: meeting.id })).meeting.status).toBe('active');
  });
});

describe('a call', () => {
  it('[SC3] with a name nobody knows answers INVALID_CALL', async () => {
    await using socket = await live.socket(clinic, 'doctor');
    expect(await socket.refusal('meeting:explode' as 'meeting:end', {})).toBe('INVALID_CALL');
  });

  it.each([
    ['no payload', undefined],
    ['a string', 'x'],
    ['an id that is none', { meetingId: 'x' }],
    ['a field too many', { meetingId: '01890000-0000-7000-8000-000000000000', more: 1 }],
  ])('[SC3] with %s answers INVALID_CALL and the socket lives on', async (_, payload) => {
    await using socket = await live.socket(clinic, 'doctor');
    expect(await socket.refusal('meeting:join', payload as { meetingId: string })).toBe('INVALID_CALL');
    expect(await socket.refusal('meeting:end', {})).toBe('NOT_JOINED');
  });

  it('[SC3] never repeats what was sent', async () => {
    await using socket = await live.socket(clinic, 'doctor');
    const answer = await socket.ask('meeting:join', { meetingId: 'marked-value' });
    expect(JSON.stringify(answer)).not.toContain('marked-value');
  });

  it('[SC4] without the scope answers FORBIDDEN', async () => {
    const meeting = await live.meeting(clinic);
    await using patient = await live.socket(clinic, 'patient');
    expect(await patient.refusal('meeting:start', { meetingId: meeting.id })).toBe('FORBIDDEN');
    await using lab = await live.socket(clinic, 'lab');
    expect(await lab.refusal('meeting:join', { meetingId: meeting.id })).toBe('FORBIDDEN');
  });

  it('[SC5] beyond 64 unanswered ones answers RATE_LIMITED, and the others are answered', async () => {
    await using socket = await live.socket(clinic, 'doctor');
    const answers = await Promise.all(Array.from({ length: 200 }, () => socket.ask('queue:watch', {})));
    const refused = answers.filter((answer) => !answer.ok && answer.error.code === 'RATE_LIMITED');
    expect(refused.length).toBeGreaterThan(0);
    expect(answers.filter((answer) => answer.ok).length).toBeGreaterThanOrEqual(64);
  });

  it('[SC6] refreshes the session with a token of the same person and no other', async () => {
    await using socket = await live.socket(clinic, 'doctor');
    const { expiresAt } = await socket.call('session:refresh', { token: await clinic.token('doctor') });
    expect(Date.parse(expiresAt)).toBeGreaterThan(Date.now());
    expect(await socket.refusal('session:refresh', { token: await clinic.token('doctor2') })).toBe('FORBIDDEN');
    expect(await socket.refusal('session:refresh', { token: 'x' })).toBe('UNAUTHENTICATED');
  });
});

describe('starting and joining', () => {
  it('[JN3] tells an early patient that the meeting has not started, and lets them in by the start', async () => {
    const { id: meetingId } = await live.meeting(clinic);
    await using patient = await live.socket(clinic, 'patient');
    expect(await patient.refusal('meeting:join', { meetingId })).toBe('MEETING_NOT_STARTED');
    expect(await patient.call('meeting:wait', { meetingId })).toMatchObject({ position: expect.any(Number) });
    await using doctor = await live.socket(clinic, 'doctor');
    const started = await doctor.call('meeting:start', { meetingId });
    expect(started).toMatchObject({
      meeting: { id: meetingId, roomId: meetingId, status: 'active' },
      self: { role: 'doctor', presence: 'present' },
      participants: [{ role: 'patient', presence: 'absent' }],
      media: { kind: 'p2p' },
    });
    await patient.next('meeting:started', ({ meeting }) => meeting.id === meetingId);
    const joined = await patient.call('meeting:join', { meetingId });
    expect(joined.participants).toEqual([expect.objectContaining({ role: 'doctor', presence: 'present' })]);
    await doctor.next('participant:joined', ({ participant }) => participant.role === 'patient');
  });

  it('[JN2] refuses a start more than earlyStartMinutes before the time with TOO_EARLY', async () => {
    const { id: meetingId } = await live.meeting(clinic, new Date(live.clock.now().getTime() + 31 * 60_000));
    await using doctor = await live.socket(clinic, 'doctor');
    expect(await doctor.refusal('meeting:start', { meetingId })).toBe('TOO_EARLY');
  });

  it.each(['doctor2', 'patient2', 'staff', 'admin'] as const)(
    '[JN4] keeps %s of the same clinic out',
    async (person) => {
      const { id: meetingId } = await live.meeting(clinic);
      await using doctor = await live.socket(clinic, 'doctor');
      await using other = await live.socket(clinic, person);
      expect(['NOT_ASSIGNED', 'FORBIDDEN']).toContain(await other.refusal('meeting:start', { meetingId }));
      await doctor.call('meeting:start', { meetingId });
      expect(['NOT_ASSIGNED', 'FORBIDDEN']).toContain(await other.refusal('meeting:join', { meetingId }));
    },
  );

  it('[JN4] answers another tenant with MEETING_NOT_FOUND, as for an id that nobody has', async () => {
    const other = await createTenant(live.db);
    const { id: meetingId } = await live.meeting(clinic);
    await using stranger = await live.socket(other, 'doctor');
    expect(await stranger.refusal('meeting:start', { meetingId })).toBe('MEETING_NOT_FOUND');
    expect(await stranger.refusal('meeting:join', { meetingId })).toBe('MEETING_NOT_FOUND');
    expect(await stranger.refusal('meeting:join', { meetingId: unknownId() })).toBe('MEETING_NOT_FOUND');
  });

  it('[JN2] makes one start of two starts at once', async () => {
    const { id: meetingId } = await live.meeting(clinic);
    await using one = await live.socket(clinic, 'doctor');
    await using two = await live.socket(clinic, 'doctor');
    const answers = await Promise.all([
      one.ask('meeting:start', { meetingId }),
      two.ask('meeting:start', { meetingId }),
    ]);
    expect(answers.every((answer) => answer.ok)).toBe(true);
    const { json } = await live.rest(clinic, 'doctor', 'GET', `/meetings/${meetingId}/timeline`);
    const entries = (json as { items: { type: string }[] }).items.map((entry) => entry.type);
    expect(entries.filter((type) => type === 'start')).toHaveLength(1);
  });

  it('[CL14] does not take the going of a doctor who was kept waiting for their seat for leaving', async () => {
    const strict = await live.tenant({ settings: { doctorGraceSeconds: 0 } });
    const { id: meetingId } = await live.meeting(strict);
    await strict.db.run(async (tx) => {
      await tx.$queryRaw`select id from meeting where id = ${meetingId}::uuid for update`;
      await using doctor = await live.socket(strict, 'doctor');
      doctor.ask('meeting:start', { meetingId }).catch(() => undefined);
      // As long as it takes to be called long.
      await pause(2_100);
      doctor.close();
    });
    const found = await until('the start is kept, and the seat lost', async () => {
      const { json } = await live.rest(strict, 'doctor', 'GET', `/meetings/${meetingId}`);
      const meeting = json as { status: string; reconnectDeadline: string | null };
      return meeting.reconnectDeadline || meeting.status === 'ended' ? meeting : undefined;
    });
    expect(found.status).toBe('active');
  });

  it('[JN6] keeps a socket to one meeting at a time', async () => {
    const [first, second] = [await live.meeting(clinic), await live.meeting(clinic)];
    await using doctor = await live.socket(clinic, 'doctor');
    await doctor.call('meeting:start', { meetingId: first.id });
    expect(await doctor.refusal('meeting:start', { meetingId: second.id })).toBe('INVALID_CALL');
    expect((await doctor.call('meeting:join', { meetingId: first.id })).meeting.id).toBe(first.id);
  });

  it('[SC1] refuses a token that has run out', async () => {
    const anHourAgo = { now: () => new Date(Date.now() - 3_600_000) };
    const { id: userId } = clinic.users.doctor;
    const subject = {
      ...clinic.users.doctor,
      userId,
      tenantId: clinic.id,
      roles: ['doctor'] as const,
      scopes: scopesOf(['doctor']),
      sessionId: unknownId(),
    };
    const { token } = await createTokens({ ...testJwt, clock: anHourAgo }).issueAccess(subject);
    await expect(SocketClient.connect(live.url, token)).rejects.toMatchObject({ data: { code: 'UNAUTHENTICATED' } });
  });
});
