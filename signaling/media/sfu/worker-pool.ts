/** The media workers of this node, and which room goes to which. */
import { EventEmitter, once } from 'node:events';
import { AppError } from '../../../src/platform/errors.ts';
import type { Logger } from '../../../src/platform/logger.ts';
import type { RtpCapabilities } from '../../protocol/index.ts';
import { MediaWorker, type Placement } from './media-worker.ts';
import type { ListenAt, Mediasoup } from './mediasoup.ts';

export interface WorkerPoolOptions {
  mediasoup: Mediasoup;
  /** Worker i listens on `port + i`; with port 0 each takes free ones. */
  listen: ListenAt;
  /** How many. */
  workers: number;
  logger: Logger;
}

export class WorkerPool {
  readonly #workers: MediaWorker[] = [];
  /** What the routers take: all of them the same. A copy of our own. */
  #routerRtpCapabilities: RtpCapabilities | undefined;
  readonly #starts = new EventEmitter<{ over: [] }>().setMaxListeners(0);
  #closed = false;

  private constructor() {}

  /** Undefined until one has been in use. */
  get routerRtpCapabilities(): RtpCapabilities | undefined {
    return this.#routerRtpCapabilities;
  }

  /** Throws when a worker does not start; none is left running then. */
  static async create({ mediasoup, listen, workers, logger }: WorkerPoolOptions): Promise<WorkerPool> {
    const pool = new WorkerPool();
    try {
      for (let index = 0; index < workers; index += 1) {
        const port = listen.port === 0 ? 0 : listen.port + index;
        const onStarted = () => pool.#starts.emit('over');
        pool.#workers.push(await MediaWorker.create({ mediasoup, listen: { ...listen, port }, logger, onStarted }));
      }
      return pool;
    } catch (error) {
      await pool.close();
      throw error;
    }
  }

  /** For the log, the metrics and the tests. A worker that is being replaced has no pid. */
  get status(): readonly { pid: number | undefined; rooms: number }[] {
    return this.#workers.map(({ pid, rooms }) => ({ pid, rooms }));
  }

  /**
   * Places a room on the worker with the fewest rooms. `onLost` is called, once, when that worker dies.
   * Waits while no worker runs; throws AppError UNAVAILABLE when `signal` ends the wait or the pool is closed.
   */
  async place(onLost: () => void, signal?: AbortSignal): Promise<Placement> {
    for (;;) {
      if (this.#closed || signal?.aborted)
        throw new AppError('UNAVAILABLE', 'No media worker is running', { retryAfter: 1 });
      const worker = this.#leastLoaded();
      if (!worker) {
        await once(this.#starts, 'over', signal && { signal }).catch(() => undefined);
        continue;
      }
      try {
        const placement = await worker.carry(onLost);
        this.#routerRtpCapabilities ??= structuredClone(placement.router.rtpCapabilities) as RtpCapabilities;
        return placement;
      } catch (error) {
        // A worker that lives and refuses is a fault of ours; a dead one is passed over.
        if (worker.isAvailable && worker.pid !== undefined && !this.#closed) throw error;
      }
    }
  }

  async close(): Promise<void> {
    this.#closed = true;
    await Promise.all(this.#workers.map((worker) => worker.close()));
    this.#starts.emit('over');
  }

  /** One that runs rather than one that is just being started: a room that lost its worker is back the sooner. */
  #leastLoaded(): MediaWorker | undefined {
    const available = this.#workers.filter((worker) => worker.isAvailable);
    const running = available.filter((worker) => worker.pid !== undefined);
    const [least] = (running.length > 0 ? running : available).toSorted((a, b) => a.rooms - b.rooms);
    return least;
  }
}
