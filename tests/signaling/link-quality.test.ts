/** What clients report of their connections: told to the room, kept with the meeting, read over REST. */
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { type LiveServer, startLive } from '../support/live.ts';
import type { TestTenant } from '../support/tenant.ts';
import { until } from '../support/until.ts';

const well = {
  roundTripMs: 40,
  jitterMs: 5,
  lossUp: 0.015,
  lossDown: 0,
  upKbps: 800,
  downKbps: 700,
  frozenMs: 0,
  way: 'udp',
} as const;

describe('the quality of a connection', () => {
  let live: LiveServer;
  let clinic: TestTenant;
  beforeAll(async () => {
    live = await startLive();
    clinic = await live.tenant();
  });
  afterAll(() => live[Symbol.asyncDispose]());

  const qualityOf = async (meetingId: string, person: 'admin' | 'patient2' = 'admin') =>
    live.rest(clinic, person, 'GET', `/meetings/${meetingId}/quality`);

  it('is told to both sides, and kept for each stay once it is over', async () => {
    const { id: meetingId } = await live.meeting(clinic);
    await using doctor = await live.socket(clinic, 'doctor');
    const patient = await live.socket(clinic, 'patient');
    await doctor.call('meeting:start', { meetingId });
    expect(await patient.refusal('media:report', well)).toBe('NOT_JOINED');
    const { self } = await patient.call('meeting:join', { meetingId });
    await patient.call('media:report', well);
    const told = { participantId: self.id, score: 4, soundFirst: false };
    expect(await doctor.next('media:score')).toEqual(told);
    expect(await patient.next('media:score')).toEqual(told);
    patient.close();

    const kept = await until('the stay is kept', async () => {
      const { json } = await qualityOf(meetingId);
      return (json as { participants: unknown[] }).participants.length > 0 ? json : undefined;
    });
    expect(kept).toMatchObject({
      participants: [
        {
          participantId: self.id,
          role: 'patient',
          name: clinic.users.patient.displayName,
          reconnects: 0,
          stays: [
            { way: 'udp', scoreAverage: 4, scoreWorst: 4, scores: [4], lossUp: { average: 0.015, worst: 0.015 } },
          ],
        },
      ],
    });

    await using again = await live.socket(clinic, 'patient');
    await again.call('meeting:join', { meetingId });
    await again.call('media:report', { ...well, lossUp: 0.3 });
    await again.call('meeting:leave', {});
    again.close();
    await until('the second stay is kept', async () => {
      const { json } = await qualityOf(meetingId);
      return (json as { participants: { reconnects: number }[] }).participants[0]?.reconnects === 1;
    });
  });

  it('is nobody else’s to read', async () => {
    const { id: meetingId } = await live.meeting(clinic);
    expect((await qualityOf(meetingId, 'patient2')).status).toBe(404);
    expect(await qualityOf(meetingId)).toMatchObject({ status: 200, json: { participants: [] } });
  });

  it('is not taken from figures that cannot be', async () => {
    const { id: meetingId } = await live.meeting(clinic);
    await using doctor = await live.socket(clinic, 'doctor');
    await doctor.call('meeting:start', { meetingId });
    for (const wrong of [{ lossUp: 1.5 }, { roundTripMs: -1 }, { frozenMs: 1e9 }, { upKbps: 1e9 }])
      expect(await doctor.refusal('media:report', { ...well, ...wrong })).toBe('INVALID_CALL');
  });
});
