/** Faults that the hunt found in the gateway and the rooms, each once more. */
import { EventEmitter } from 'node:events';
import { createServer } from 'node:http';
import { afterAll, beforeAll, describe, expect, it, jest } from '@jest/globals';
import { watchUnread } from '../../signaling/gateway/excess.ts';
import { accept, createSocketServer } from '../../signaling/gateway/gateway.ts';
import { calls, type Meeting } from '../../signaling/protocol/index.ts';
import { Session, type SignalingSocket } from '../../signaling/rooms/session.ts';
import type { Actor } from '../../src/platform/actor.ts';
import { systemClock } from '../../src/platform/clock.ts';
import { listen } from '../../src/platform/http/server.ts';
import { RawClient } from '../support/fuzz/raw-client.ts';
import { type LiveServer, startLive } from '../support/live.ts';
import { recordedVideo } from '../support/media-recorded.ts';
import { memoryLogger } from '../support/serve-app.ts';
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

async function read(id: string): Promise<Meeting> {
  return (await live.rest(clinic, 'admin', 'GET', `/meetings/${id}`)).json as Meeting;
}

describe('an id in upper case', () => {
  it('leads into the same room, which the end closes as well', async () => {
    const { id: meetingId } = await live.meeting(clinic);
    await using doctor = await live.socket(clinic, 'doctor');
    await using patient = await live.socket(clinic, 'patient');
    const entered = await doctor.call('meeting:start', { meetingId: meetingId.toUpperCase() });
    expect(entered.meeting.id).toBe(meetingId);
    await patient.call('meeting:join', { meetingId });
    expect((await doctor.next('participant:joined')).participant.id).toBe(clinic.patientId);
    expect(live.server.counts().rooms).toBe(1);
    await live.rest(clinic, 'admin', 'POST', `/meetings/${meetingId}/end`);
    await doctor.next('meeting:ended');
    await until('the room is closed', () => live.server.counts().rooms === 0);
    expect(await doctor.refusal('media:set-sending', { audio: true, video: true })).toBe('NOT_JOINED');
  });
});

describe('joins that still wait when the person sits elsewhere already', () => {
  it('do not take the seat back', async () => {
    const { id: meetingId } = await live.meeting(clinic);
    await using doctor = await live.socket(clinic, 'doctor');
    await doctor.call('meeting:start', { meetingId });
    await using old = await live.socket(clinic, 'patient');
    await using young = await live.socket(clinic, 'patient');
    const queued = Array.from({ length: 50 }, () => old.ask('meeting:join', { meetingId }).catch(() => undefined));
    await young.call('meeting:join', { meetingId });
    await Promise.all(queued);
    // What was left of the queue has run by the time that a call after it is answered.
    await until('the old socket is closed', () => !old.socket.connected);
    await doctor.call('chat:send', { text: 'Who is there?', clientId: 'a' });
    await young.next('chat:sent');
    expect((await young.ask('chat:send', { text: 'Me.', clientId: 'b' })).ok).toBe(true);
    expect(young.heard('seat:taken')).toEqual([]);
    expect((await read(meetingId)).reconnectDeadline).toBeNull();
  });
});

describe('a payload that cannot be kept or compared', () => {
  it('is INVALID_CALL: the character NUL, half a surrogate pair, an object in the place of a length', async () => {
    const { id: meetingId } = await live.meeting(clinic);
    await using doctor = await live.socket(clinic, 'doctor');
    await doctor.call('meeting:start', { meetingId });
    const incomparable = { length: { valueOf: 1, toString: 1 } };
    const lines: unknown[] = [
      { text: 'a\0b', clientId: 'c' },
      { text: 'a', clientId: '\0' },
      { text: 'a\ud800', clientId: 'c' },
      { text: 'a', clientId: '\udfff' },
      { text: incomparable, clientId: 'c' },
      { text: 'a', clientId: incomparable },
    ];
    for (const line of lines) expect(await doctor.refusal('chat:send', line as never)).toBe('INVALID_CALL');
  });

  it('reaches no media worker with fields that the protocol does not know, however deep', () => {
    let deep: unknown = 1;
    for (let depth = 0; depth < 5_000; depth += 1) deep = [deep];
    const rtpParameters = recordedVideo();
    const [codec] = rtpParameters.codecs;
    const strange = {
      ...rtpParameters,
      deep,
      codecs: [{ ...codec, deep, rtcpFeedback: [{ type: 'nack', deep }] }],
      encodings: [{ ssrc: 1, deep }],
    };
    const input = { transportId: clinic.id, kind: 'video', source: 'camera', rtpParameters: strange };
    const parsed = calls['media:produce'].input.parse(input);
    expect(JSON.stringify(parsed)).not.toContain('deep');
    expect(parsed.rtpParameters.codecs[0]).toEqual({ ...codec, rtcpFeedback: [{ type: 'nack' }] });
  });

  it('is refused without telling back the keys that were sent', async () => {
    await using doctor = await live.socket(clinic, 'doctor');
    const codecs = [{ mimeType: 'audio/opus', payloadType: 1, clockRate: 1, parameters: { Kowalczyk: [] } }];
    const input = { transportId: clinic.id, kind: 'audio', source: 'microphone', rtpParameters: { codecs } };
    const answer = await doctor.ask('media:produce', input as never);
    expect(answer).toEqual({
      ok: false,
      error: { code: 'INVALID_CALL', message: 'The field rtpParameters.codecs.0.parameters.* is not valid.' },
    });
  });
});

describe('a server that stops', () => {
  it('[CL3] lets nobody in who comes back at once, and so ends no meeting', async () => {
    await using stopping = await startLive({ db: live.db });
    const { id: meetingId } = await stopping.meeting(clinic);
    await using doctor = await stopping.socket(clinic, 'doctor');
    await doctor.call('meeting:start', { meetingId });
    const back = doctor.next('server:draining').then(async () => {
      await using again = await stopping.socket(clinic, 'doctor');
      return again.ask('meeting:join', { meetingId });
    });
    // Refused, cut off while it is being answered, or no port any more: as far as the stop has got.
    const refusal = back.then(
      () => 'was let in',
      () => 'stayed outside',
    );
    await stopping.server.close('a test');
    expect(await refusal).toBe('stayed outside');
    expect(await read(meetingId)).toMatchObject({ status: 'active', endReason: null });
  });
});

describe('a connection', () => {
  it('is closed when two thousand packets lie unread, and not when they are read now and then', () => {
    const conn = Object.assign(new EventEmitter(), { transport: {}, close: jest.fn() });
    watchUnread({ conn } as unknown as SignalingSocket);
    const write = (count: number) => Array.from({ length: count }).forEach(() => conn.emit('packetCreate'));
    write(1_999);
    conn.emit('drain');
    write(2_000);
    expect(conn.close).not.toHaveBeenCalled();
    write(1);
    expect(conn.close).toHaveBeenCalledWith(true);
  });
});

describe('what a socket leaves behind', () => {
  it('is nothing when it is lost while its token is looked at', async () => {
    const http = createServer();
    const io = createSocketServer(http, { corsOrigins: [] });
    const asked = Promise.withResolvers<void>();
    const verified = Promise.withResolvers<Actor>();
    const verifyAccess = () => {
      asked.resolve();
      return verified.promise;
    };
    const connections: unknown[] = [];
    const gateway = accept({
      io,
      tokens: { verifyAccess },
      signIns: { standing: () => undefined, onRevoked: () => undefined },
      logger: memoryLogger().logger,
      rateLimits: true,
      time: systemClock,
      dispatch: (session) => void connections.push(session),
      onGone: async () => {},
    });
    const url = await listen(http, { host: '127.0.0.1', port: 0 });
    const client = await RawClient.open(url);
    client.send('40{"token":"x"}');
    await asked.promise;
    client.cut();
    await until('the connection is gone', () => io.engine.clientsCount === 0);
    verified.resolve(await clinic.actor('doctor'));
    await new Promise(setImmediate);
    expect(connections).toEqual([]);
    expect(gateway.count()).toBe(0);
    await io.close();
  });

  it('is no timer when its newer token is good only after it is gone', async () => {
    const actor = await clinic.actor('doctor');
    jest.useFakeTimers();
    try {
      const session = new Session({ emit: () => true } as unknown as SignalingSocket, actor);
      expect(jest.getTimerCount()).toBe(1);
      session.forget();
      session.renew({ ...actor, expiresAt: new Date(actor.expiresAt.getTime() + 60_000) });
      expect(jest.getTimerCount()).toBe(0);
    } finally {
      jest.useRealTimers();
    }
  });
});
