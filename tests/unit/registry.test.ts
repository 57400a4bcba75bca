/** The rooms of one node, without sockets. */
import { describe, expect, it } from '@jest/globals';
import { P2pEngine } from '../../signaling/media/p2p/p2p-engine.ts';
import type { Admission } from '../../signaling/meeting-gate.ts';
import { Registry } from '../../signaling/rooms/registry.ts';
import type { Sitter } from '../../signaling/rooms/sitter.ts';

const [tenantId, meetingId, participantId] = ['t', 'm', 'doctor'];

/** As much of a session as a room looks at. */
function sitter(): Sitter & { isOut: boolean } {
  const one = {
    id: 'socket',
    isOut: false,
    seating: null,
    wasCutOff: false,
    socket: { join: () => undefined, leave: () => undefined, emit: () => undefined },
    takeSeatAway: () => {
      one.isOut = true;
      one.seating = null;
    },
  };
  return one as unknown as Sitter & { isOut: boolean };
}

function admission(seat: number): Admission {
  const own = { tenantId, meetingId, role: 'doctor', participantId, seat };
  return { seat: own, meeting: {}, attendance: [], returnWindowSeconds: 0 } as unknown as Admission;
}

describe('a room whose only one is out because they took a seat elsewhere', () => {
  const open = async () => {
    const registry = new Registry({
      media: new P2pEngine('a test'),
      announcer: { tell: () => undefined },
      iceServers: () => [],
    });
    const one = sitter();
    const room = await registry.exclusive(tenantId, meetingId, () => registry.open(tenantId, meetingId));
    await room.seat(one, admission(1));
    return { registry, room, one };
  };

  it('[CB1] is closed when they are gone from there as well', async () => {
    const { registry, one } = await open();
    registry.outseatHere(tenantId, meetingId, { participantId, seat: 2 });
    await registry.exclusive(tenantId, meetingId, async () => undefined);
    expect({ isOut: one.isOut, rooms: registry.size }).toEqual({ isOut: true, rooms: 0 });
  });

  it('stays open when they are on their way in here', async () => {
    const { registry, room } = await open();
    const entry = registry.exclusive(tenantId, meetingId, async () => {
      registry.outseatHere(tenantId, meetingId, { participantId, seat: 2 });
      await room.seat(sitter(), admission(2));
    });
    await entry;
    await registry.exclusive(tenantId, meetingId, async () => undefined);
    expect({ rooms: registry.size, sitting: room.size }).toEqual({ rooms: 1, sitting: 1 });
  });
});
