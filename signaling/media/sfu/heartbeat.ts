/** A worker that lives and does not answer holds every call of its rooms: it is killed, and then replaced like any dead one. */
import type { Logger } from '../../../src/platform/logger.ts';
import type { types } from './mediasoup.ts';

export interface HeartbeatOptions {
  everyMs: number;
  /** Long enough for a machine that is merely busy. */
  patienceMs: number;
}

const usual: HeartbeatOptions = { everyMs: 5_000, patienceMs: 15_000 };

/** Asks the worker again and again whether it is there, until it is closed. */
export function watchWorker(
  worker: types.Worker,
  logger: Logger,
  { everyMs, patienceMs }: HeartbeatOptions = usual,
): void {
  let overdue: NodeJS.Timeout | undefined;
  const ask = () => {
    overdue ??= setTimeout(() => {
      logger.error({ pid: worker.pid, patienceMs }, 'media worker does not answer');
      kill(worker.pid);
    }, patienceMs).unref();
    worker.getResourceUsage().then(
      () => {
        clearTimeout(overdue);
        overdue = undefined;
      },
      // A worker that closes refuses what was asked of it, and is watched no longer.
      () => undefined,
    );
  };
  const beat = setInterval(ask, everyMs).unref();
  worker.observer.once('close', () => {
    clearInterval(beat);
    clearTimeout(overdue);
  });
}

function kill(pid: number): void {
  try {
    process.kill(pid, 'SIGKILL');
  } catch {
    // It has gone by itself in this moment.
  }
}
