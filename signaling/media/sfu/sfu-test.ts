/** A router of its own for one person who tries their way to the server: what they send comes back to them, and to nobody else. */
import { AppError } from '../../../src/platform/errors.ts';
import type { Echo, MediaKind, RtpCapabilities, TransportDirection, TransportOptions } from '../../protocol/index.ts';
import type { MediaTest } from '../engine.ts';
import type { Placement } from './media-worker.ts';
import { describeTransport } from './mediasoup.ts';
import { ParticipantMedia } from './participant-media.ts';
import type { WorkerPool } from './worker-pool.ts';

const ignored = (): void => undefined;

export class SfuTest implements MediaTest {
  readonly #placement: Placement;
  readonly #media: ParticipantMedia;
  readonly #onOver: () => void;
  #isClosed = false;

  private constructor(placement: Placement, onOver: () => void) {
    this.#placement = placement;
    this.#onOver = onOver;
    this.#media = new ParticipantMedia(
      placement,
      { audio: true, video: true },
      { produced: ignored, closed: (producerId) => this.#media.forgetStream(producerId) },
    );
  }

  /** `onOver` is called once, when it is closed or its worker dies. Throws AppError UNAVAILABLE without a worker. */
  static async open(pool: WorkerPool, onOver: () => void): Promise<SfuTest> {
    const placement = await pool.place(() => test.close(), AbortSignal.timeout(5_000));
    const test = new SfuTest(placement, onOver);
    return test;
  }

  get routerRtpCapabilities(): RtpCapabilities {
    return this.#placement.router.rtpCapabilities as RtpCapabilities;
  }

  async createTransport(direction: TransportDirection): Promise<TransportOptions> {
    return describeTransport(direction, await this.#media.createTransport(direction));
  }

  async connectTransport(...given: Parameters<MediaTest['connectTransport']>): Promise<void> {
    await this.#media.connectTransport(...given);
  }

  async produce(input: Parameters<MediaTest['produce']>[0]): Promise<{ producerId: string }> {
    const source = sourceOf(input.kind);
    return { producerId: (await this.#media.produce({ ...input, source })).id };
  }

  async consume({ transportId, producerId, rtpCapabilities }: Parameters<MediaTest['consume']>[0]): Promise<Echo> {
    const own = this.#media.produced.find(({ producer }) => producer.id === producerId);
    if (!own) throw new AppError('NOT_FOUND', 'There is no such producer of yours.');
    const consumer = await this.#media.consume(transportId, own.producer, rtpCapabilities);
    return { id: consumer.id, producerId, kind: consumer.kind, rtpParameters: consumer.rtpParameters } as Echo;
  }

  async resume(consumerId: string): Promise<void> {
    await this.#media.resume(consumerId);
  }

  close(): void {
    if (this.#isClosed) return;
    this.#isClosed = true;
    this.#media.close('closed');
    this.#placement.release();
    this.#onOver();
  }
}

function sourceOf(kind: MediaKind): 'microphone' | 'camera' {
  return kind === 'audio' ? 'microphone' : 'camera';
}
