/** Who seeks a room while its holder is being lost. */
import { describe, expect, it } from '@jest/globals';
import { ClusterRouter, type ClusterRouterDeps } from '../../signaling/cluster/cluster-router.ts';
import type { RoomRef } from '../../signaling/cluster/messages.ts';
import type { Room } from '../../signaling/rooms/room.ts';
import { AppError } from '../../src/platform/errors.ts';
import { createLogger } from '../../src/platform/logger.ts';

const room = { tenantId: 't', meetingId: 'm' } as Room;

/** A cluster in which the database names these holders, one after the other. */
function routerOf(holders: readonly string[], answer: () => never, over: readonly string[] = []) {
  const released: string[][] = [];
  const asked: string[] = [];
  const rest = [...holders];
  const deps = {
    bus: {
      ask: async (node: string) => {
        asked.push(node);
        return answer();
      },
      tell: () => undefined,
      tellAll: () => undefined,
    },
    claims: {
      claim: async () => ({ node: rest.shift() ?? 'here', epoch: holders.length - rest.length }),
      release: async (_node: string, rooms: readonly RoomRef[]) =>
        void released.push(rooms.map(({ meetingId }) => meetingId)),
      ofNode: async () => [],
    },
    logger: createLogger('silent'),
    nodeId: () => 'here',
    pick: () => 'here',
    onLost: () => undefined,
    onClaimed: () => undefined,
    onDeposed: () => undefined,
    hasSitters: () => false,
    isOver: (meetingId: string) => over.includes(meetingId),
  } as unknown as ClusterRouterDeps;
  return { router: new ClusterRouter(deps), asked, released };
}

describe('whoever seeks a room', () => {
  const lost = (): never => {
    throw new AppError('UNAVAILABLE', 'This node has lost its lease.');
  };

  it('[CL2] asks again when its holder has just lost its lease, until the database gives the room away', async () => {
    const { router, asked } = routerOf(['there', 'there', 'here'], lost);
    expect(await router.reach('t', 'm', async () => room)).toBe(room);
    expect(asked).toEqual(['there', 'there']);
  });

  it('is told so when that takes too long', async () => {
    const { router } = routerOf(['there', 'there', 'there', 'there'], lost);
    await expect(router.reach('t', 'm', async () => room)).rejects.toMatchObject({ code: 'UNAVAILABLE' });
  });

  it('does not ask again after any other refusal', async () => {
    const { router, asked } = routerOf(['there', 'here'], () => {
      throw new AppError('MEETING_ENDED');
    });
    await expect(router.reach('t', 'm', async () => room)).rejects.toMatchObject({ code: 'MEETING_ENDED' });
    expect(asked).toEqual(['there']);
  });
});

describe('a room that is closed', () => {
  it('[CL5] is given back at once while its meeting goes on, and together with others when it is over', async () => {
    const nobody = (): never => {
      throw new Error('Nobody is asked.');
    };
    const { router, released } = routerOf(['here', 'here', 'here'], nobody, ['known']);
    const rooms = ['goes-on', 'told', 'known'].map((meetingId) => ({ tenantId: 't', meetingId }) as Room);
    for (const one of rooms) await router.reach('t', one.meetingId, async () => one);
    const [goesOn, told, known] = rooms as [Room, Room, Room];
    await router.closed(told, true);
    await router.closed(goesOn);
    await router.closed(known);
    expect(released).toEqual([['goes-on']]);
    expect(rooms.map((one) => router.holds(one))).toEqual([false, false, false]);
    await router.settle();
    await router.settle();
    expect(released).toEqual([['goes-on'], ['told', 'known']]);
  });
});
