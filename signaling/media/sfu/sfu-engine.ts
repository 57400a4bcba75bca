/** Media through the server: mediasoup routers, one to a room, on supervised workers. */
import { AppError } from '../../../src/platform/errors.ts';
import type { RtpCapabilities } from '../../protocol/index.ts';
import type { MediaEngine, MediaRoomEvents } from '../engine.ts';
import type { Mediasoup } from './mediasoup.ts';
import { SfuMediaRoom } from './sfu-room.ts';
import { SfuTest } from './sfu-test.ts';
import { WorkerPool, type WorkerPoolOptions } from './worker-pool.ts';

export interface SfuEngineOptions extends WorkerPoolOptions {
  mediasoup: Mediasoup;
  why: string;
  /** How often the quality of what arrives is looked at, in milliseconds. */
  qualityEveryMs: number;
}

export class SfuEngine implements MediaEngine {
  readonly kind = 'sfu';
  readonly why: string;
  readonly #options: SfuEngineOptions;
  readonly #pool: WorkerPool;
  readonly #rooms = new Set<SfuMediaRoom>();
  readonly #timer: NodeJS.Timeout;
  #closed: Promise<void> | undefined;

  private constructor(options: SfuEngineOptions, pool: WorkerPool) {
    this.#options = options;
    this.#pool = pool;
    this.why = options.why;
    this.#timer = setInterval(() => this.#measure(), options.qualityEveryMs);
    this.#timer.unref();
  }

  /** Throws when a worker does not start here, PortTakenError when one may not listen. */
  static async create(options: SfuEngineOptions): Promise<SfuEngine> {
    return new SfuEngine(options, await WorkerPool.create(options));
  }

  /** The workers, their processes and how many rooms each carries. */
  get workers(): WorkerPool['status'] {
    return this.#pool.status;
  }

  get routerRtpCapabilities(): RtpCapabilities | undefined {
    return this.#pool.routerRtpCapabilities;
  }

  async openRoom(roomId: string, events: MediaRoomEvents): Promise<SfuMediaRoom> {
    if (this.#closed) throw new AppError('UNAVAILABLE', 'This server is stopping.');
    const { mediasoup, logger } = this.#options;
    const onClosed = (closed: SfuMediaRoom) => this.#rooms.delete(closed);
    const room = await SfuMediaRoom.open({ roomId, events, pool: this.#pool, mediasoup, logger, onClosed });
    this.#rooms.add(room);
    if (this.#closed) {
      room.close('the server stops');
      throw new AppError('UNAVAILABLE', 'This server is stopping.');
    }
    return room;
  }

  async openTest(onOver: () => void): Promise<SfuTest> {
    if (this.#closed) throw new AppError('UNAVAILABLE', 'This server is stopping.');
    return SfuTest.open(this.#pool, onOver);
  }

  close(): Promise<void> {
    this.#closed ??= this.#close();
    return this.#closed;
  }

  async #close(): Promise<void> {
    clearInterval(this.#timer);
    for (const room of this.#rooms) room.close('the server stops');
    await this.#pool.close();
  }

  #measure(): void {
    for (const room of this.#rooms) void room.measure();
  }
}
