/** signaling/cluster/host.ts: who sits in the rooms of this node by another one. */
import { expect, it } from '@jest/globals';
import { Host, type HostDeps } from '../../signaling/cluster/host.ts';
import type { Asked } from '../../signaling/cluster/messages.ts';
import type { RemoteSitter } from '../../signaling/cluster/remote-sitter.ts';
import { AppError } from '../../src/platform/errors.ts';

it('keeps nothing of a socket that came too late for its seat', async () => {
  const seen: RemoteSitter[] = [];
  const room = {
    async seat(sitter: RemoteSitter) {
      seen.push(sitter);
      throw new AppError('NOT_JOINED');
    },
  };
  const deps = {
    bus: { tell: () => undefined },
    registry: { exclusive: (_tenant: string, _meeting: string, work: () => Promise<unknown>) => work() },
    held: () => room,
  };
  const host = new Host(deps as unknown as HostDeps);
  const asked = { kind: 'seat', room: { tenantId: 't', meetingId: 'm', epoch: 1 }, socketId: 's', admission: {} };
  for (let attempt = 0; attempt < 2; attempt += 1)
    await expect(host.answer('a', asked as unknown as Asked)).rejects.toMatchObject({ code: 'NOT_JOINED' });
  expect(new Set(seen).size).toBe(2);
});
