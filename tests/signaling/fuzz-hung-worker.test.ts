/** A media worker that hangs is worse than one that dies, unless it is noticed. */
import { once } from 'node:events';
import { describe, expect, it } from '@jest/globals';
import { watchWorker } from '../../signaling/media/sfu/heartbeat.ts';
import { loadOfficial, loadOlder, startWorker } from '../../signaling/media/sfu/mediasoup.ts';
import { memoryLogger } from '../support/serve-app.ts';

const mediasoup = (await loadOfficial()) ?? (await loadOlder());
const suite = mediasoup ? describe : describe.skip;

suite(`a media worker${mediasoup ? '' : ' (none runs here: npm run setup:media)'}`, () => {
  const start = () => {
    if (!mediasoup) throw new Error('This suite was skipped.');
    return startWorker(mediasoup);
  };

  it('that does not answer is killed, and so dies as any other', async () => {
    const worker = await start();
    const { logger, lines } = memoryLogger();
    watchWorker(worker, logger, { everyMs: 50, patienceMs: 300 });
    const died = once(worker, 'died');
    process.kill(worker.pid, 'SIGSTOP');
    await died;
    expect(lines.map(({ msg }) => msg)).toEqual(['media worker does not answer']);
  });

  it('that answers lives on, and is watched no longer once it is closed', async () => {
    const worker = await start();
    const { logger, lines } = memoryLogger();
    watchWorker(worker, logger, { everyMs: 10, patienceMs: 5_000 });
    // Each is answered after the questions before it.
    for (let asked = 0; asked < 20; asked += 1) await worker.getResourceUsage();
    expect(worker.died).toBe(false);
    worker.close();
    expect(lines).toEqual([]);
  });
});
