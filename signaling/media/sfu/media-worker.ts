/** One supervised mediasoup worker: a process that is replaced when it dies, with its port and with the rooms that it carries. */
import type { Logger } from '../../../src/platform/logger.ts';
import { mediaCodecs } from './codecs.ts';
import { watchWorker } from './heartbeat.ts';
import { type ListenAt, listenInfos, type Mediasoup, startWorker, stopWorker, type types } from './mediasoup.ts';
import { isAsNew, watchTransports } from './router-use.ts';

/** A room's place on a worker. */
export interface Placement {
  router: types.Router;
  webRtcServer: types.WebRtcServer;
  /** Gives the place up, and the router to the next room when nothing is left on it; else it is closed. Idempotent. */
  release(): void;
}

interface Running {
  worker: types.Worker;
  webRtcServer: types.WebRtcServer;
  since: number;
  /** Routers that carry no room yet: a room that opens need not wait for its own to be made. */
  spares: types.Router[];
  /** How many of them are being made. */
  making: number;
}

export interface MediaWorkerOptions {
  mediasoup: Mediasoup;
  listen: ListenAt;
  logger: Logger;
  /** Hears that a start is over, well or badly. */
  onStarted: () => void;
}

/** A worker that lived this long did not die of its start. */
const stableAfterMs = 60_000;
const longestPauseMs = 30_000;

/** Some tens of kB each. Doctors who start in the same moment are few. */
const spareRouters = 2;
/** Of those that rooms have left: as many as open in one moment when a clinic's hour begins. */
const mostSpareRouters = 16;
/** After a room has opened: by then its own people are answered. */
const makeSparesAfterMs = 20;

/** How long to wait before the next start: not at all after the first death, then 250 ms doubling to half a minute. */
export function pauseBeforeStart(deathsInARow: number): number {
  return deathsInARow <= 1 ? 0 : Math.min(longestPauseMs, 250 * 2 ** (deathsInARow - 2));
}

export class MediaWorker {
  readonly #options: MediaWorkerOptions;
  readonly #lost = new Set<() => void>();
  #running: Running | undefined;
  #starting: Promise<void> | undefined;
  #timer: NodeJS.Timeout | undefined;
  #deathsInARow = 0;
  #rooms = 0;
  #closed = false;

  private constructor(options: MediaWorkerOptions) {
    this.#options = options;
  }

  /** Throws what the first start throws: a binary that does not run here, or a port that is taken. */
  static async create(options: MediaWorkerOptions): Promise<MediaWorker> {
    const self = new MediaWorker(options);
    self.#running = await self.#spawn();
    return self;
  }

  get pid(): number | undefined {
    return this.#running?.worker.pid;
  }

  get rooms(): number {
    return this.#rooms;
  }

  /** Runs, or will in a moment; false while it waits after dying again and again. */
  get isAvailable(): boolean {
    return !this.#closed && (this.#running !== undefined || this.#starting !== undefined);
  }

  /** Gives a room a router. `onLost` is called, once, when the worker dies under it. */
  async carry(onLost: () => void): Promise<Placement> {
    // Counted from the beginning, so that rooms that open together spread.
    this.#rooms += 1;
    let isHeld = true;
    const letGo = () => {
      if (isHeld) this.#rooms -= 1;
      isHeld = false;
    };
    try {
      await this.#starting;
      const running = this.#running;
      if (!running) throw new Error('The media worker is not running');
      const router = running.spares.pop() ?? (await makeRouter(running));
      if (router.closed) throw new Error('The media worker died');
      setTimeout(() => this.#makeSpares(running), makeSparesAfterMs).unref();
      return this.#placement(router, running, letGo, onLost);
    } catch (error) {
      letGo();
      throw error;
    }
  }

  async close(): Promise<void> {
    if (this.#closed) return;
    this.#closed = true;
    clearTimeout(this.#timer);
    this.#lost.clear();
    await this.#starting;
    const running = this.#running;
    this.#running = undefined;
    if (running) await stopWorker(running.worker);
  }

  /** What fails here fails again, and is said, when a room needs it. */
  #makeSpares(running: Running): void {
    const { worker, spares } = running;
    if (this.#closed || worker.closed) return;
    for (let have = spares.length + running.making; have < spareRouters; have += 1) {
      running.making += 1;
      makeRouter(running)
        .then(
          (router) => void spares.push(router),
          () => undefined,
        )
        .finally(() => {
          running.making -= 1;
        });
    }
  }

  #placement(router: types.Router, running: Running, letGo: () => void, onLost: () => void): Placement {
    const lost = () => {
      letGo();
      onLost();
    };
    this.#lost.add(lost);
    let isReleased = false;
    return {
      router,
      webRtcServer: running.webRtcServer,
      release: () => {
        if (isReleased) return;
        isReleased = true;
        this.#lost.delete(lost);
        letGo();
        if (!this.#closed && running.spares.length < mostSpareRouters && isAsNew(router)) running.spares.push(router);
        else router.close();
      },
    };
  }

  async #spawn(): Promise<Running> {
    const { mediasoup, listen, logger } = this.#options;
    const worker = await startWorker(mediasoup);
    try {
      const webRtcServer = await worker.createWebRtcServer({ listenInfos: listenInfos(listen) });
      const running: Running = { worker, webRtcServer, since: performance.now(), spares: [], making: 0 };
      this.#makeSpares(running);
      // Only a death is a crash: a worker that was closed is silent.
      worker.on('died', () => this.#onDied(running));
      watchWorker(worker, logger);
      logger.info({ pid: worker.pid, port: listen.port }, 'media worker runs');
      return running;
    } catch (error) {
      const hasDied = worker.died;
      await stopWorker(worker);
      throw hasDied ? error : new PortTakenError(listen, { cause: error });
    }
  }

  #onDied(died: Running): void {
    if (this.#closed || this.#running !== died) return;
    this.#running = undefined;
    const lived = performance.now() - died.since;
    this.#deathsInARow = lived >= stableAfterMs ? 1 : this.#deathsInARow + 1;
    this.#options.logger.error(
      { pid: died.worker.pid, rooms: this.#rooms, deathsInARow: this.#deathsInARow },
      'media worker died',
    );
    this.#restart();
    const lost = [...this.#lost];
    this.#lost.clear();
    for (const tell of lost) tell();
  }

  #restart(): void {
    if (this.#closed) return;
    const pause = pauseBeforeStart(this.#deathsInARow);
    if (pause === 0) {
      this.#starting = this.#start();
      return;
    }
    this.#timer = setTimeout(() => {
      this.#starting = this.#start();
    }, pause);
    // The wait alone must not keep a process alive that is done otherwise.
    this.#timer.unref();
  }

  /** Never throws: a start that fails counts as a death, and is tried again later. */
  async #start(): Promise<void> {
    try {
      this.#running = await this.#spawn();
      this.#starting = undefined;
    } catch (error) {
      this.#deathsInARow += 1;
      this.#options.logger.error({ err: error, deathsInARow: this.#deathsInARow }, 'media worker does not start');
      this.#starting = undefined;
      this.#restart();
    }
    this.#options.onStarted();
  }
}

async function makeRouter({ worker }: Running): Promise<types.Router> {
  return watchTransports(await worker.createRouter({ mediaCodecs }));
}

/** The worker runs, but may not listen where it was told to. */
export class PortTakenError extends Error {
  readonly port: number;
  constructor(listen: ListenAt, options: ErrorOptions) {
    super(`Media cannot listen on ${listen.listenAddress} port ${listen.port}`, options);
    this.name = 'PortTakenError';
    this.port = listen.port;
  }
}
