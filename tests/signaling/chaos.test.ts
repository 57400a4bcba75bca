/** Three nodes, and whatever may fail does, by chance: bench/chaos, which takes 30 minutes where this takes one. */
import { describe, expect, it } from '@jest/globals';
import { chaosSeed, usual } from '../../bench/chaos/options.ts';
import { runChaos } from '../../bench/chaos/run.ts';
import { noRedis } from '../support/redis.ts';
import { isThorough, volume } from '../support/volume.ts';

const withRedis = noRedis === undefined ? describe : describe.skip;

withRedis(`three nodes of which by chance one fails after the other${noRedis ? ` (${noRedis})` : ''}`, () => {
  it(
    'leave every meeting as its participants’ acts imply: none lost, none stuck, none ended by a server',
    async () => {
      const printed: string[] = [];
      const verdict = await runChaos(
        {
          ...usual,
          seed: chaosSeed(),
          seconds: volume(12, 300),
          meetings: volume(8, 100),
          everySeconds: volume(3, usual.everySeconds),
          longestSeconds: volume(4, usual.longestSeconds),
          departures: isThorough,
        },
        (line) => void printed.push(line),
      );
      expect([...verdict.faults, ...(verdict.faults.length > 0 ? printed : [])]).toEqual([]);
      expect(verdict.held).toBeGreaterThanOrEqual(volume(8, 100));
    },
    volume(300_000, 900_000),
  );
});
