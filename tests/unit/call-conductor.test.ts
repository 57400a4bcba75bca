/** A call from the first click to the last track, without a browser: the connection is led by hand. */
import { afterEach, beforeEach, describe, expect, it, jest } from '@jest/globals';
import { aJoin, aMeeting, aPerson, meetingId, settled } from '../support/call-fakes.ts';
import { entered, inside, makeCall, waiting } from '../support/call-made.ts';

beforeEach(() => void jest.useFakeTimers());
afterEach(() => void jest.useRealTimers());

describe('entering', () => {
  it('goes straight into a meeting that is active, with camera and microphone on', async () => {
    const { call, links, media, phases } = await inside();
    expect(phases).toEqual(['connecting', 'in-call']);
    expect(call.state.remotes.map((remote) => remote.participant.role)).toEqual(['doctor']);
    expect(media.log).toEqual(['open']);
    expect(links.newest().last('media:set-sending').input).toEqual({ audio: true, video: true });
  });

  it('waits for the doctor when it has not started, and goes in by itself when it does', async () => {
    const { call, links, media, phases } = await waiting();
    expect(call.state).toMatchObject({ phase: 'waiting', position: 2 });
    expect(media.log).toEqual([]);
    const estimate = { earliest: '2026-11-23T10:10:00.000Z', latest: '2026-11-23T10:20:00.000Z' };
    const place = { meetingId, position: 1, doctorBusy: true, estimate };
    await links.newest().tell({ name: 'queue:changed', payload: place });
    expect(call.state.position).toBe(1);
    // The relays are for who is next.
    expect(media.log).toEqual(['prepare as second']);
    expect(call.waiting.state).toMatchObject({ doctorBusy: true, estimate });
    await links.newest().tell({ name: 'meeting:started', payload: { meeting: aMeeting({ version: 2 }) } });
    expect(media.log.at(-1)).toBe(`greet ${aPerson('doctor').id}`);
    await links.newest().last('meeting:join').answer(aJoin());
    expect(phases).toEqual(['connecting', 'waiting', 'in-call']);
    expect(call.state.position).toBeNull();
  });

  it('joins once when the start is told as started, as changed, and again by its own join', async () => {
    const { links } = await waiting();
    const link = links.newest();
    await link.tell({ name: 'meeting:changed', payload: { meeting: aMeeting({ version: 2 }) } });
    await link.tell({ name: 'meeting:started', payload: { meeting: aMeeting({ version: 2 }) } });
    await link.tell({ name: 'meeting:changed', payload: { meeting: aMeeting({ version: 3 }) } });
    expect(link.names().filter((name) => name === 'meeting:join')).toHaveLength(2);
  });

  it('goes in when the start is heard before the answer to waiting', async () => {
    const { links, phases } = await entered();
    const link = links.newest();
    await link.last('meeting:join').fail('MEETING_NOT_STARTED');
    await link.tell({ name: 'meeting:started', payload: { meeting: aMeeting({ version: 5 }) } });
    const scheduled = aMeeting({ status: 'scheduled', version: 4 });
    await link.last('meeting:wait').answer({ meeting: scheduled, position: 1 });
    await link.last('meeting:join').answer(aJoin({ meeting: aMeeting({ version: 6 }) }));
    expect(phases.at(-1)).toBe('in-call');
  });

  it('goes in when the doctor starts between being told to wait and asking to', async () => {
    const { links, call } = await entered();
    const link = links.newest();
    await link.last('meeting:join').fail('MEETING_NOT_STARTED');
    await link.last('meeting:wait').fail('MEETING_ACTIVE');
    await jest.advanceTimersByTimeAsync(10);
    await link.last('meeting:join').answer(aJoin());
    expect(call.state.phase).toBe('in-call');
  });

  it('hears the start of another meeting of the same person without going in', async () => {
    const { links, call } = await waiting();
    const other = aMeeting({ id: '01930000-0000-7000-8000-00000000bbbb', version: 9 });
    await links.newest().tell({ name: 'meeting:started', payload: { meeting: other } });
    expect(call.state).toMatchObject({ phase: 'waiting', meeting: { id: meetingId } });
  });

  it('is refused with the code of the server and lets the devices go', async () => {
    const { call, links, devices } = await entered();
    await links.newest().last('meeting:join').fail('TOO_EARLY');
    expect(call.state).toMatchObject({ phase: 'refused', failure: { code: 'TOO_EARLY' } });
    expect(devices.live()).toEqual([]);
    expect(links.newest().isClosed).toBe(true);
    call.enter();
    expect(call.state).toMatchObject({ phase: 'connecting', failure: null });
  });

  it('asks a server that cannot now a few times more before it says so', async () => {
    const { call, links } = await entered();
    for (let asked = 1; asked <= 7; asked += 1) {
      expect(call.state.phase).toBe('connecting');
      await links.newest().last('meeting:join').fail('UNAVAILABLE');
      await jest.advanceTimersByTimeAsync(5_000);
    }
    expect(call.state).toMatchObject({ phase: 'refused', failure: { code: 'UNAVAILABLE' } });
  });

  it('starts once, however often it is asked to', async () => {
    const { call, links, devices } = makeCall();
    call.start();
    call.start();
    call.enter();
    await settled();
    await links.newest().up();
    expect(links.all).toHaveLength(1);
    expect(links.newest().names()).toEqual(['meeting:start']);
    expect(devices.requests).toEqual(['audio+video']);
  });

  it('goes in without devices, and tells the others that nothing is sent', async () => {
    const made = makeCall();
    made.devices.refused.set('audio', 'NotAllowedError').set('video', 'NotAllowedError');
    made.call.enter();
    await settled();
    await made.links.newest().up();
    await made.links.newest().last('meeting:join').answer(aJoin());
    expect(made.call.state).toMatchObject({ phase: 'in-call', local: { stream: null, fault: 'denied' } });
    expect(made.links.newest().last('media:set-sending').input).toEqual({ audio: false, video: false });
  });
});

describe('a lost connection', () => {
  it('is reconnecting until the seat is taken again, with the same tracks', async () => {
    const { call, links, devices, media, phases } = await inside();
    const tracks = { ...media.tracks };
    await links.newest().lose();
    expect(call.state.reconnect).toEqual({ since: Date.now(), until: Date.now() + 300_000, attempts: 1 });
    await jest.advanceTimersByTimeAsync(250);
    await links.newest().up();
    await links.newest().last('meeting:join').answer(aJoin());
    expect(phases).toEqual(['connecting', 'in-call', 'reconnecting', 'in-call']);
    expect(media.log).toEqual(['open', 'suspend', 'open']);
    expect(call.state.reconnect).toBeNull();
    expect(devices.requests).toHaveLength(1);
    expect(media.tracks).toEqual(tracks);
  });

  it('shows with each join what media has to go on with', async () => {
    const { links, media } = await entered();
    expect(links.newest().last('meeting:join').input).toEqual({ meetingId, resume: media.shown });
    await links.newest().last('meeting:join').answer(aJoin());
    media.shown = { key: media.shown.key, transports: ['01930000-0000-7000-8000-0000000000f1'] };
    await links.newest().lose();
    await jest.advanceTimersByTimeAsync(1_000);
    await links.newest().up();
    expect(links.newest().last('meeting:join').input).toEqual({ meetingId, resume: media.shown });
  });

  it('says until when the place is kept, when the server has told the window', async () => {
    const { call, links } = await entered();
    await links
      .newest()
      .last('meeting:join')
      .answer(aJoin({ returnWindowSeconds: 300 }));
    await links.newest().lose();
    expect(call.state.reconnect?.until).toBe(Date.now() + 300_000);
  });

  it('comes back to waiting when it was lost while waiting', async () => {
    const { call, links, phases } = await waiting();
    await links.newest().lose();
    expect(call.state).toMatchObject({ phase: 'waiting', reconnect: { attempts: 1 } });
    await jest.advanceTimersByTimeAsync(250);
    await links.newest().up();
    const link = links.newest();
    await link.last('meeting:join').fail('MEETING_NOT_STARTED');
    await link.last('meeting:wait').answer({ meeting: aMeeting({ status: 'scheduled', version: 2 }), position: 1 });
    expect(call.state).toMatchObject({ phase: 'waiting', position: 1, reconnect: null });
    expect(phases).toEqual(['connecting', 'waiting']);
  });

  it('keeps trying for ever while the server says that it cannot now', async () => {
    const { call, links } = await inside();
    await links.newest().lose();
    await jest.advanceTimersByTimeAsync(250);
    await links.newest().up();
    for (let asked = 1; asked <= 20; asked += 1) {
      await links.newest().last('meeting:join').fail('UNAVAILABLE');
      await jest.advanceTimersByTimeAsync(5_000);
    }
    expect(call.state.phase).toBe('reconnecting');
    await links.newest().last('meeting:join').answer(aJoin());
    expect(call.state.phase).toBe('in-call');
  });

  it('does not come back into a meeting that ended meanwhile', async () => {
    const { call, links, devices } = await inside();
    await links.newest().lose();
    await jest.advanceTimersByTimeAsync(250);
    await links.newest().up();
    await links.newest().last('meeting:join').fail('MEETING_ENDED');
    expect(call.state).toMatchObject({ phase: 'ended', meeting: { status: 'ended' } });
    expect(devices.live()).toEqual([]);
    call.enter();
    call.start();
    await jest.advanceTimersByTimeAsync(60_000);
    expect(call.state.phase).toBe('ended');
    expect(links.all).toHaveLength(2);
  });

  it('throws away the answer of a socket that was lost meanwhile', async () => {
    const { call, links } = await entered();
    const stale = links.newest().last('meeting:join');
    links.newest().events.down();
    await stale.answer(aJoin());
    expect(call.state.phase).toBe('connecting');
  });

  it('goes on in the call while it changes over from a server that drains', async () => {
    const { call, links, media, phases } = await inside();
    const old = links.newest();
    await old.tell({ name: 'server:draining', payload: {} });
    await jest.advanceTimersByTimeAsync(250);
    await links.newest().up();
    expect(old.isClosed).toBe(false);
    await links.newest().last('meeting:join').answer(aJoin());
    expect(old.isClosed).toBe(true);
    expect(phases).toEqual(['connecting', 'in-call']);
    expect(media.log).toEqual(['open', 'server:draining', 'open']);
    expect(call.state.reconnect).toBeNull();
  });

  it('sends a line of chat again with the same id when the socket was lost before the answer', async () => {
    const { call, links } = await inside();
    const said = call.say(' How are you? ');
    await settled();
    await links.newest().lose();
    await jest.advanceTimersByTimeAsync(250);
    await links.newest().up();
    await links.newest().last('meeting:join').answer(aJoin());
    expect(links.newest().last('chat:send').input).toEqual({ text: ' How are you? ', clientId: 'line-1' });
    await links.newest().last('chat:send').answer({ id: 'c1', sentAt: '2026-11-21T10:00:00.000Z' });
    await said;
    expect(call.state.chat.map((line) => line.text)).toEqual(['How are you?']);
  });

  it('takes a link that does not carry a line of chat for dead', async () => {
    const { call, links } = await inside();
    void call.say('Hello').catch(() => undefined);
    await settled();
    await links.newest().last('chat:send').fail('NO_ANSWER');
    expect(links.all).toHaveLength(2);
    expect(call.state.phase).toBe('reconnecting');
    call.close();
  });

  it('tells whoever speaks outside the visit so at once, and whoever waits to speak when they leave', async () => {
    await expect(makeCall().call.say('Hello')).rejects.toMatchObject({ code: 'NOT_JOINED' });
    await expect((await waiting()).call.end()).rejects.toMatchObject({ code: 'NOT_JOINED' });
    const { call, links } = await inside();
    await links.newest().lose();
    const said = call.say('Hello').catch((error: unknown) => error);
    await call.leave();
    expect(await said).toMatchObject({ code: 'NOT_JOINED' });
  });

  it('tells whoever waits to speak when no seat was had for fifteen seconds', async () => {
    const { call, links } = await inside();
    await links.newest().lose();
    const said = call.say('Hello').catch((error: unknown) => error);
    await jest.advanceTimersByTimeAsync(15_000);
    expect(await said).toMatchObject({ code: 'NO_ANSWER' });
  });
});

describe('the room', () => {
  it('hears what was said between taking the seat and the answer, after the answer', async () => {
    const { call, links, media } = await entered();
    const away = aPerson('doctor', { presence: 'away', deadline: '2026-11-21T10:05:00.000Z' });
    const fact = { participant: away, deadline: '2026-11-21T10:05:00.000Z' };
    await links.newest().tell({ name: 'participant:dropped', payload: fact });
    expect(call.state.remotes).toEqual([]);
    await links.newest().last('meeting:join').answer(aJoin());
    expect(call.state.remotes[0]?.participant.presence).toBe('away');
    expect(media.log).toEqual(['open', 'participant:dropped']);
  });

  it('hands facts of media on only while a seat is held', async () => {
    const { links, media } = await waiting();
    const fact = { producerId: 'p1', participantId: 'd' };
    await links.newest().tell({ name: 'media:closed', payload: fact });
    expect(media.log).toEqual([]);
  });

  it('tells the others when camera or microphone go off, and keeps only the microphone open', async () => {
    const { call, links, devices, media } = await inside();
    call.setCamera(false);
    await settled();
    expect(links.newest().last('media:set-sending').input).toEqual({ audio: true, video: false });
    expect(devices.live()).toEqual(['audio']);
    expect(media.tracks.video).toBeNull();
    call.setMicrophone(false);
    await settled();
    expect(links.newest().last('media:set-sending').input).toEqual({ audio: false, video: false });
    expect(devices.live()).toEqual(['audio']);
    expect(media.tracks.audio?.enabled).toBe(false);
  });

  it('takes the seat again when media cannot be built', async () => {
    const { links, media } = await inside();
    media.events.stuck();
    await settled();
    expect(
      links
        .newest()
        .names()
        .filter((name) => name === 'meeting:join'),
    ).toHaveLength(2);
  });

  it('asks the socket to prove itself when packets stop', async () => {
    const { links, media } = await inside();
    media.events.shaky();
    await settled();
    expect(links.newest().names()).toContain('session:refresh');
  });
});

describe('the end', () => {
  it('stops every track, closes media and the socket, and keeps the reason', async () => {
    const { call, links, devices, media } = await inside();
    const ended = aMeeting({ status: 'ended', version: 9, endReason: 'doctor_ended' });
    await links.newest().tell({ name: 'meeting:ended', payload: { meeting: ended } });
    expect(call.state).toMatchObject({
      phase: 'ended',
      meeting: { endReason: 'doctor_ended' },
      local: { stream: null },
    });
    expect(devices.live()).toEqual([]);
    expect(media.log.at(-1)).toBe('close');
    expect(links.newest().isClosed).toBe(true);
  });

  it('is the end for the doctor too when the fact comes before the answer', async () => {
    const { call, links } = await inside();
    const ending = call.end();
    await settled();
    const asked = links.newest().last('meeting:end');
    const ended = aMeeting({ status: 'ended', version: 9, endReason: 'doctor_ended' });
    await links.newest().tell({ name: 'meeting:ended', payload: { meeting: ended } });
    await asked.fail('NO_ANSWER');
    await expect(ending).resolves.toBeUndefined();
  });

  it('says why when ending was refused, and the call goes on', async () => {
    const { call, links } = await inside();
    const ending = call.end();
    await settled();
    await links.newest().last('meeting:end').fail('FORBIDDEN');
    await expect(ending).rejects.toMatchObject({ code: 'FORBIDDEN' });
    expect(call.state.phase).toBe('in-call');
  });

  it('stays out when the seat was taken elsewhere, until the person brings it back', async () => {
    const { call, links, devices } = await inside();
    await links.newest().tell({ name: 'seat:taken', payload: { meetingId } });
    await links.newest().lose();
    await jest.advanceTimersByTimeAsync(60_000);
    expect(call.state.phase).toBe('taken');
    expect(links.all).toHaveLength(1);
    expect(devices.live()).toEqual([]);
    call.enter();
    await settled();
    await links.newest().up();
    await links.newest().last('meeting:join').answer(aJoin());
    expect(call.state.phase).toBe('in-call');
    expect(devices.live()).toEqual(['audio', 'video']);
  });

  it('gives the seat up when leaving, and can come back', async () => {
    const { call, links, devices } = await inside();
    const leaving = call.leave();
    expect(call.state.phase).toBe('left');
    await links.newest().last('meeting:leave').answer({});
    await leaving;
    expect(links.newest().isClosed).toBe(true);
    expect(devices.live()).toEqual([]);
    call.enter();
    await settled();
    await links.newest().up();
    await links.newest().last('meeting:join').answer(aJoin());
    expect(call.state.phase).toBe('in-call');
  });

  it('ignores the answer to a join that comes after leaving, and keeps the order of both calls', async () => {
    const { call, links, media } = await entered();
    const leaving = call.leave();
    await settled();
    expect(links.newest().names()).toEqual(['meeting:join', 'meeting:leave']);
    await links.newest().last('meeting:join').answer(aJoin());
    await links.newest().last('meeting:leave').answer({});
    await leaving;
    expect(call.state.phase).toBe('left');
    expect(media.log).not.toContain('open');
  });

  it('leaves nothing behind when it is closed while connecting', async () => {
    const { call, links, devices, stoppedWatching } = makeCall();
    call.enter();
    call.close();
    call.close();
    await settled();
    await jest.advanceTimersByTimeAsync(60_000);
    expect(links.all.filter((link) => !link.isClosed)).toEqual([]);
    expect(devices.live()).toEqual([]);
    expect(stoppedWatching()).toBe(true);
    call.enter();
    await settled();
    expect(devices.requests).toHaveLength(1);
  });

  it('is told to nobody after it was closed', async () => {
    const { call, links, phases } = await inside();
    call.close();
    const told = phases.length;
    await links
      .newest()
      .tell({ name: 'meeting:ended', payload: { meeting: aMeeting({ status: 'ended', version: 9 }) } });
    expect(phases).toHaveLength(told);
    expect(call.state.phase).toBe('left');
  });
});

describe('the network', () => {
  it('wakes nothing while no seat is wanted', async () => {
    const { networkChanged, links } = makeCall();
    networkChanged();
    await settled();
    expect(links.all).toHaveLength(0);
  });
});
