/** The rooms of one node, without sockets. */
import { describe, expect, it } from '@jest/globals';
import { P2pEngine } from '../../signaling/media/p2p/p2p-engine.ts';
import type { Admission } from '../../signaling/meeting-gate.ts';
import { Registry } from '../../signaling/rooms/registry.ts';
import type { Sitter } from '../../signaling/rooms/sitter.ts';

const [tenantId, meetingId, participantId] = ['t', 'm', 'doctor'];

/** As much of a session as a room looks at. */
function sitter(): Sitter & { isOut: boolean; channels: Set<string> } {
  const channels = new Set<string>();
  const one = {
    id: 'socket',
    channels,
    isOut: false,
    seating: null,
    wasCutOff: false,
    socket: {
      join: (channel: string) => void channels.add(channel),
      leave: (channel: string) => void channels.delete(channel),
      emit: () => undefined,
    },
    takeSeatAway: () => {
      one.isOut = true;
      one.seating = null;
    },
  };
  return one as unknown as ReturnType<typeof sitter>;
}

function admission(seat: number): Admission {
  const own = { tenantId, meetingId, role: 'doctor', participantId, seat };
  return { seat: own, meeting: {}, attendance: [], returnWindowSeconds: 0 } as unknown as Admission;
}

/** With one in it. */
async function openRoom() {
  const registry = new Registry({
    media: new P2pEngine('a test'),
    announcer: { tell: () => undefined },
    iceServers: () => [],
  });
  const one = sitter();
  const room = await registry.exclusive(tenantId, meetingId, () => registry.open(tenantId, meetingId));
  await room.seat(one, admission(1));
  return { registry, room, one };
}

describe('who leaves a room', () => {
  it.each([
    ['hears nothing of the meeting any more', false],
    ['[CL7] hears what is told meanwhile when they go on to where it is now', true],
  ])('%s', async (_, goesOn) => {
    const { registry, room, one } = await openRoom();
    await registry.exclusive(tenantId, meetingId, () => registry.leave(one, room, goesOn));
    expect({ rooms: registry.size, hears: one.channels.has(room.channel) }).toEqual({ rooms: 0, hears: goesOn });
  });
});

describe('a room whose only one is out because they took a seat elsewhere', () => {
  it('[CB1] is closed when they are gone from there as well', async () => {
    const { registry, one } = await openRoom();
    registry.outseatHere(tenantId, meetingId, { participantId, seat: 2 });
    await registry.exclusive(tenantId, meetingId, async () => undefined);
    expect({ isOut: one.isOut, rooms: registry.size }).toEqual({ isOut: true, rooms: 0 });
  });

  it('stays open when they are on their way in here', async () => {
    const { registry, room } = await openRoom();
    const entry = registry.exclusive(tenantId, meetingId, async () => {
      registry.outseatHere(tenantId, meetingId, { participantId, seat: 2 });
      await room.seat(sitter(), admission(2));
    });
    await entry;
    await registry.exclusive(tenantId, meetingId, async () => undefined);
    expect({ rooms: registry.size, sitting: room.size }).toEqual({ rooms: 1, sitting: 1 });
  });

  it('stays open when it was opened for somebody who has not come yet', async () => {
    const { registry, room, one } = await openRoom();
    await registry.exclusive(tenantId, meetingId, () => registry.leave(one, room));
    await registry.exclusive(tenantId, meetingId, () => registry.open(tenantId, meetingId));
    registry.outseatHere(tenantId, meetingId, { participantId, seat: 2 });
    await registry.exclusive(tenantId, meetingId, async () => undefined);
    expect(registry.size).toBe(1);
  });
});
