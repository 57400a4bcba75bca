import { setTimeout as sleep } from 'node:timers/promises';
import { clearLeftover } from './leftover.ts';
import { Postmaster, type PostmasterOptions } from './postmaster.ts';

export interface KeptPostgres {
  readonly port: number;
  /** Idempotent. */
  stop(): Promise<void>;
}

const longestPause = 30_000;

/** Starts PostgreSQL and, should it end by itself (out of memory, killed), starts it again on the same port. */
export async function keepRunning(options: PostmasterOptions): Promise<KeptPostgres> {
  const stopping = new AbortController();
  let current = await Postmaster.start(options);
  const { port } = current;

  async function watch(): Promise<void> {
    let pause = 250;
    while (!stopping.signal.aborted) {
      await current.ended;
      while (!stopping.signal.aborted) {
        options.logger.error('PostgreSQL ended by itself; starting it again');
        try {
          await clearLeftover(options.cluster, options.logger);
          current = await Postmaster.start(options, port);
          pause = 250;
          break;
        } catch (error) {
          options.logger.error({ err: error, pause }, 'PostgreSQL cannot be started again; trying later');
          await sleep(pause, undefined, { signal: stopping.signal }).catch(() => {});
          pause = Math.min(pause * 2, longestPause);
        }
      }
    }
  }
  const watching = watch();
  return {
    port,
    async stop() {
      stopping.abort();
      await current.stop();
      await watching;
      // One that came up while we were stopping.
      await current.stop();
    },
  };
}
