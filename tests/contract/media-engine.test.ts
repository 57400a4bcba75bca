/** What both media engines promise (signaling/media/engine.ts). What only the sfu does is in media-engine-sfu*.test.ts. */
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { MediaEngine } from '../../signaling/media/engine.ts';
import { RoomMedia } from '../../signaling/protocol/index.ts';
import { newId } from '../../src/platform/ids.ts';
import { Ear, startEngine } from '../support/media-room.ts';

describe.each(['sfu', 'p2p'] as const)('the %s engine', (kind) => {
  let engine: MediaEngine;
  beforeAll(async () => {
    engine = await startEngine(kind);
  });
  afterAll(() => engine.close());

  it('says what it is and why it was chosen', () => {
    expect(engine.kind).toBe(kind);
    expect(engine.why).toMatch(kind === 'sfu' ? /mediasoup 3\./ : /MEDIA_ENGINE says p2p/);
  });

  it('opens a room that describes itself as the protocol says', async () => {
    const roomId = newId();
    const room = await engine.openRoom(roomId, new Ear());
    expect(room.roomId).toBe(roomId);
    expect(room.kind).toBe(kind);
    expect(RoomMedia.parse(room.describe(newId())).kind).toBe(kind);
    room.close('test over');
  });

  it('takes what somebody says they send, and forgets somebody who had nothing', async () => {
    const room = await engine.openRoom(newId(), new Ear());
    const participantId = newId();
    await room.setSending(participantId, { audio: false, video: true });
    room.closeParticipant(participantId);
    room.closeParticipant(newId());
    expect(room.describe(newId())).toEqual(room.describe(participantId));
    room.close('test over');
  });

  it('refuses everything through a closed room', async () => {
    const room = await engine.openRoom(newId(), new Ear());
    room.close('test over');
    expect(() => room.describe(newId())).toThrow(expect.objectContaining({ code: 'NOT_JOINED' }));
    await expect(room.setSending(newId(), { audio: true, video: true })).rejects.toMatchObject({ code: 'NOT_JOINED' });
  });

  it('closes a room twice as if it were once, and may forget a participant afterwards', async () => {
    const ear = new Ear();
    const room = await engine.openRoom(newId(), ear);
    room.close('once');
    room.close('twice');
    room.closeParticipant(newId());
    expect(ear.heard).toEqual([]);
  });

  it('opens a room again under the same id after it was closed', async () => {
    const roomId = newId();
    (await engine.openRoom(roomId, new Ear())).close('test over');
    const again = await engine.openRoom(roomId, new Ear());
    expect(again.describe(newId()).kind).toBe(kind);
    again.close('test over');
  });

  it('closes with all its rooms, twice as if once, and opens none afterwards', async () => {
    const other = await startEngine(kind, 1);
    const room = await other.openRoom(newId(), new Ear());
    await Promise.all([other.close(), other.close()]);
    await other.close();
    expect(() => room.describe(newId())).toThrow(expect.objectContaining({ code: 'NOT_JOINED' }));
    await expect(other.openRoom(newId(), new Ear())).rejects.toMatchObject({ code: 'UNAVAILABLE' });
  });
});
