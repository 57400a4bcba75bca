/** Who seeks a room while its holder is being lost. */
import { describe, expect, it } from '@jest/globals';
import { ClusterRouter, type ClusterRouterDeps } from '../../signaling/cluster/cluster-router.ts';
import type { Room } from '../../signaling/rooms/room.ts';
import { AppError } from '../../src/platform/errors.ts';
import { createLogger } from '../../src/platform/logger.ts';

const room = { tenantId: 't', meetingId: 'm' } as Room;

/** A cluster in which the database names these holders, one after the other. */
function routerOf(holders: readonly string[], answer: () => never) {
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
      release: async () => undefined,
      ofNode: async () => [],
    },
    logger: createLogger('silent'),
    nodeId: () => 'here',
    pick: () => 'here',
    onLost: () => undefined,
    onClaimed: () => undefined,
    onDeposed: () => undefined,
    hasSitters: () => false,
  } as unknown as ClusterRouterDeps;
  return { router: new ClusterRouter(deps), asked };
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
