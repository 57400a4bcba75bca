/** Everybody who has no business in a meeting, with every id of it in hand, at every call and route there is. */
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { CallErrorCode, CallName, Meeting } from '../../signaling/protocol/index.ts';
import { newId } from '../../src/platform/ids.ts';
import { type LiveServer, startLive } from '../support/live.ts';
import { recordedAudio, recordedCapabilities, recordedVideo } from '../support/media-recorded.ts';
import type { SocketClient } from '../support/socket-client.ts';
import type { TestPerson, TestTenant } from '../support/tenant.ts';

let live: LiveServer;
let clinic: TestTenant;
let other: TestTenant;
beforeAll(async () => {
  live = await startLive({ env: { MEDIA_ENGINE: 'auto', MEDIA_PORT: '0' } });
  clinic = await live.tenant({ settings: { doctorGraceSeconds: 300 } });
  other = await live.tenant();
});
afterAll(async () => {
  await live[Symbol.asyncDispose]();
});

const strangers: readonly [string, () => TestTenant, TestPerson, 'same clinic' | 'another clinic'][] = [
  ['another doctor', () => clinic, 'doctor2', 'same clinic'],
  ['another patient', () => clinic, 'patient2', 'same clinic'],
  ['staff', () => clinic, 'staff', 'same clinic'],
  ['the admin', () => clinic, 'admin', 'same clinic'],
  ['the lab', () => clinic, 'lab', 'same clinic'],
  ["another clinic's doctor", () => other, 'doctor', 'another clinic'],
  ["another clinic's patient", () => other, 'patient', 'another clinic'],
  ["another clinic's admin", () => other, 'admin', 'another clinic'],
];

/** A meeting with both in it. */
async function consultation(): Promise<{ meetingId: string; doctor: SocketClient; patient: SocketClient }> {
  const { id: meetingId } = await live.meeting(clinic);
  const [doctor, patient] = [await live.socket(clinic, 'doctor'), await live.socket(clinic, 'patient')];
  await doctor.call('meeting:start', { meetingId });
  await patient.call('meeting:join', { meetingId });
  return { meetingId, doctor, patient };
}

async function read(meetingId: string): Promise<Meeting> {
  return (await live.rest(clinic, 'admin', 'GET', `/meetings/${meetingId}`)).json as Meeting;
}

describe.each(strangers)('%s', (_who, tenant, person, from) => {
  it('comes into no meeting that goes on, hears nothing of it and changes nothing in it', async () => {
    const { meetingId, doctor, patient } = await consultation();
    const before = await read(meetingId);
    await using stranger = await live.socket(tenant(), person);
    const allowed: CallErrorCode[] = ['FORBIDDEN', from === 'same clinic' ? 'NOT_ASSIGNED' : 'MEETING_NOT_FOUND'];
    for (const name of ['meeting:wait', 'meeting:start', 'meeting:join'] as const) {
      for (const id of [meetingId, meetingId.toUpperCase()]) {
        expect(allowed).toContain(await stranger.refusal(name, { meetingId: id }));
      }
    }
    for (const [name, input] of callsWith(meetingId)) {
      expect(['NOT_JOINED', 'FORBIDDEN']).toContain(await stranger.refusal(name, input as never));
    }
    await doctor.call('chat:send', { text: 'Between us.', clientId: 'a' });
    await patient.next('chat:sent');
    await stranger.ask('queue:watch', {});
    expect(stranger.heard('chat:sent')).toEqual([]);
    expect(stranger.heard('meeting:changed')).toEqual([]);
    expect(await read(meetingId)).toEqual(before);
    doctor.close();
    patient.close();
  });

  it('finds it in no list, and reads, cancels or ends it by REST only where the role allows', async () => {
    const { id } = await live.meeting(clinic);
    const isDesk = from === 'same clinic' && (person === 'staff' || person === 'admin');
    const get = async (path: string) => live.rest(tenant(), person, 'GET', path);
    const tenantWide = person === 'lab' ? 403 : isDesk ? 200 : 404;
    expect((await get(`/meetings/${id}`)).status).toBe(tenantWide);
    expect((await get(`/meetings/${id}/timeline`)).status).toBe(tenantWide);
    const both = `doctorId=${clinic.doctorId}&patientId=${clinic.patientId}`;
    for (const query of ['', `?${both}`, `?doctorId=${clinic.doctorId}`, '?limit=200&sort=scheduledAt']) {
      expect((await get(`/meetings${query}`)).text.includes(id)).toBe(isDesk);
    }
    expect((await get('/meetings/export.csv')).text.includes(id)).toBe(isDesk);
    if (isDesk) return;
    const before = await read(id);
    for (const [verb, body] of [
      ['cancel', { reason: 'Mine now.' }],
      ['end', undefined],
    ] as const) {
      const answer = await live.rest(tenant(), person, 'POST', `/meetings/${id}/${verb}`, body);
      expect([403, 404]).toContain(answer.status);
    }
    const stolen = { doctorId: clinic.doctorId, patientId: clinic.patientId, scheduledAt: new Date().toISOString() };
    expect([403, 422]).toContain((await live.rest(tenant(), person, 'POST', '/meetings', stolen)).status);
    expect(await read(id)).toEqual(before);
  });
});

/** Every call that needs a seat, with somebody else's ids. */
function callsWith(id: string): [CallName, unknown][] {
  return [
    ['meeting:leave', {}],
    ['meeting:end', {}],
    ['media:create-transport', { direction: 'send' }],
    ['media:produce', { transportId: id, kind: 'audio', source: 'microphone', rtpParameters: recordedAudio() }],
    ['media:consume', { transportId: id, producerId: id, rtpCapabilities: recordedCapabilities }],
    ['media:restart-ice', { transportId: id }],
    ['media:report-stall', { participantId: clinic.patientId, attempt: 1 }],
    ['media:resume', { consumerId: id }],
    ['media:prefer-layer', { consumerId: id, spatialLayer: 0 }],
    ['media:close-producer', { producerId: id }],
    ['media:set-sending', { audio: true, video: true }],
    ['signal:send', { to: clinic.patientId, candidate: null }],
    ['chat:send', { text: 'Let me in.', clientId: newId() }],
  ];
}

describe('the other one in the same meeting, and those in another', () => {
  it('get nowhere with transports, producers and consumers that are not theirs', async () => {
    const one = await consultation();
    const joined = await one.doctor.call('meeting:join', { meetingId: one.meetingId });
    if (joined.media.kind === 'p2p') return;
    const { transport: send } = await one.doctor.call('media:create-transport', { direction: 'send' });
    const { transport: recv } = await one.doctor.call('media:create-transport', { direction: 'recv' });
    const media = { transportId: send.id, kind: 'video', source: 'camera', rtpParameters: recordedVideo() } as const;
    const { producerId } = await one.doctor.call('media:produce', media);
    const { transport: sends } = await one.patient.call('media:create-transport', { direction: 'send' });
    const sound = {
      transportId: sends.id,
      kind: 'audio',
      source: 'microphone',
      rtpParameters: recordedAudio(),
    } as const;
    const { producerId: soundId } = await one.patient.call('media:produce', sound);
    const consumed = { transportId: recv.id, producerId: soundId, rtpCapabilities: recordedCapabilities };
    const { id: consumerId } = await one.doctor.call('media:consume', consumed);

    const two = await secondMeeting();
    const { transport: theirs } = await two.call('media:create-transport', { direction: 'recv' });
    const { fingerprints } = send.dtlsParameters;
    for (const intruder of [one.patient, two]) {
      const attempts: [CallName, unknown][] = [
        ['media:connect-transport', { transportId: send.id, dtlsParameters: { role: 'client', fingerprints } }],
        ['media:restart-ice', { transportId: send.id }],
        ['media:produce', { ...media, rtpParameters: recordedVideo() }],
        ['media:consume', { ...consumed, producerId }],
        ['media:resume', { consumerId }],
        ['media:prefer-layer', { consumerId, spatialLayer: 0 }],
        ['media:close-producer', { producerId }],
      ];
      for (const [name, input] of attempts) expect(await intruder.refusal(name, input as never)).toBe('INVALID_CALL');
    }
    // A producer of another room, into a transport of one's own.
    const foreign = { transportId: theirs.id, producerId, rtpCapabilities: recordedCapabilities };
    expect(await two.refusal('media:consume', foreign)).toBe('INVALID_CALL');
    // Nothing of it was touched.
    await one.doctor.call('media:resume', { consumerId });
    await one.doctor.call('media:close-producer', { producerId });
    for (const socket of [one.doctor, one.patient, two]) socket.close();
  });

  it('speak and signal in their own meeting only', async () => {
    const one = await consultation();
    const two = await secondMeeting();
    await two.call('chat:send', { text: 'In the second.', clientId: 'x' });
    const signalled = await two.ask('signal:send', { to: clinic.patientId, candidate: null });
    expect(signalled.ok ? 'nobody there' : signalled.error.code).toMatch(/^(nobody there|INVALID_CALL)$/);
    await one.doctor.call('chat:send', { text: 'In the first.', clientId: 'y' });
    await one.patient.next('chat:sent');
    expect(one.patient.heard('chat:sent').map(({ text }) => text)).toEqual(['In the first.']);
    expect(one.patient.heard('signal:received')).toEqual([]);
    for (const socket of [one.doctor, one.patient, two]) socket.close();
  });
});

/** Doctor2 alone in a meeting with patient2. */
async function secondMeeting(): Promise<SocketClient> {
  const answer = await live.rest(clinic, 'admin', 'POST', '/meetings', {
    doctorId: clinic.doctor2Id,
    patientId: clinic.patient2Id,
    scheduledAt: live.clock.now().toISOString(),
  });
  const doctor2 = await live.socket(clinic, 'doctor2');
  await doctor2.call('meeting:start', { meetingId: (answer.json as Meeting).id });
  return doctor2;
}
