/**
 * What one participant has on a router: at most one transport each way, one producer per source, their consumers.
 * Belongs to one stay on one router: who leaves and returns, or whose router is replaced, gets a new one.
 */
import { AppError } from '../../../src/platform/errors.ts';
import type {
  DtlsParameters,
  MediaKind,
  MediaSource,
  RtpCapabilities,
  RtpParameters,
  SendingState,
  TransportDirection,
} from '../../protocol/index.ts';
import { initialOutgoingBitrate, maxIncomingBitrate } from './codecs.ts';
import type { Placement } from './media-worker.ts';
import type { types } from './mediasoup.ts';
import { asked, type Gone, goneError } from './refusal.ts';

/** How long a transport may stay without any answer from the browser before what it carried counts as over. */
const silenceMs = 60_000;

/**
 * Browsers leave out a request for a key frame within 300 ms of another (libwebrtc, EncoderRtcpFeedback), and the worker asks
 * again after a second at the soonest: what is asked for in between is asked for once they listen.
 */
const keyFrameRequestDelay = 350;

const kindOf: Record<MediaSource, MediaKind> = { microphone: 'audio', camera: 'video', screen: 'video' };

export interface Produced {
  source: MediaSource;
  producer: types.Producer;
}

export interface ParticipantMediaEvents {
  produced: (produced: Produced) => void;
  /** A producer is over while the participant stays. */
  closed: (producerId: string) => void;
}

export class ParticipantMedia {
  readonly #placement: Placement;
  readonly #sending: Readonly<SendingState>;
  readonly #events: ParticipantMediaEvents;
  readonly #transports = new Map<TransportDirection, types.WebRtcTransport>();
  readonly #producers = new Map<MediaSource, types.Producer>();
  readonly #consumers = new Map<string, types.Consumer>();
  #gone: Gone | undefined;

  /** `sending` is read whenever it matters, and belongs to the room. */
  constructor(placement: Placement, sending: Readonly<SendingState>, events: ParticipantMediaEvents) {
    this.#placement = placement;
    this.#sending = sending;
    this.#events = events;
  }

  get produced(): readonly Produced[] {
    return [...this.#producers].map(([source, producer]) => ({ source, producer }));
  }

  /** As SfuRoom promises it. */
  holds(transportIds: readonly string[]): boolean {
    const own = [...this.#transports.values()].map(({ id }) => id);
    return own.length > 0 && own.length === transportIds.length && own.every((id) => transportIds.includes(id));
  }

  /** As SfuRoom promises it. */
  async lossUp(): Promise<number | null> {
    const flowing = [...this.#producers.values()].filter((producer) => !producer.paused);
    // A producer that closes meanwhile has nothing to say.
    const stats = await Promise.all(flowing.map((producer) => producer.getStats().catch(() => [])));
    const shares = stats.flat().map(({ fractionLost }) => fractionLost / 256);
    return shares.length === 0 ? null : Math.max(...shares);
  }

  /** A second transport of a direction takes the place of the first, with everything on it. */
  async createTransport(direction: TransportDirection): Promise<types.WebRtcTransport> {
    const { router, webRtcServer } = this.#placement;
    const make = async () => {
      const transport = await router.createWebRtcTransport({
        webRtcServer,
        enableUdp: true,
        enableTcp: true,
        preferUdp: true,
        initialAvailableOutgoingBitrate: initialOutgoingBitrate,
      });
      if (direction === 'send') await transport.setMaxIncomingBitrate(maxIncomingBitrate);
      return transport;
    };
    const transport = await make().catch((error: unknown) => {
      throw this.#gone ? goneError(this.#gone) : new AppError('UNAVAILABLE', undefined, { cause: error });
    });
    if (this.#gone) {
      transport.close();
      throw goneError(this.#gone);
    }
    this.#closeTransport(direction);
    this.#transports.set(direction, transport);
    this.#watch(direction, transport);
    return transport;
  }

  async connectTransport(transportId: string, dtlsParameters: DtlsParameters): Promise<void> {
    const transport = this.#transport(transportId);
    await asked(
      () => transport.connect({ dtlsParameters: structuredClone(dtlsParameters) as types.DtlsParameters }),
      () => this.#goneWith(transport),
    );
  }

  /** The browser that was connected stays so until it shows the new credentials. */
  async restartIce(transportId: string): Promise<types.IceParameters> {
    const transport = this.#transport(transportId);
    return await asked(
      () => transport.restartIce(),
      () => this.#goneWith(transport),
    );
  }

  /** A second producer of a source takes the place of the first. */
  async produce(input: {
    transportId: string;
    kind: MediaKind;
    source: MediaSource;
    rtpParameters: RtpParameters;
  }): Promise<types.Producer> {
    const { kind, source } = input;
    const transport = this.#transport(input.transportId, 'send');
    // mediasoup itself would take sound for a picture.
    const isOfKind = input.rtpParameters.codecs.every(({ mimeType }) => mimeType.toLowerCase().startsWith(`${kind}/`));
    if (kind !== kindOf[source] || !isOfKind)
      throw new AppError('INVALID_CALL', `A ${source} sends ${kindOf[source]}.`);
    // First, because browsers give a stream the MID of the one that it replaces, and a router takes each but once.
    this.#closeSource(source);
    // mediasoup 3.11 writes into what it is given.
    const rtpParameters = structuredClone(input.rtpParameters) as types.RtpParameters;
    const producer = await asked(
      () => transport.produce({ kind, rtpParameters, paused: !this.#sends(source), keyFrameRequestDelay }),
      () => this.#goneWith(transport),
    );
    const why = this.#goneWith(transport);
    if (why) {
      producer.close();
      throw why;
    }
    this.#closeSource(source);
    this.#producers.set(source, producer);
    await this.#settle(source, producer);
    const whyNot = this.#goneWith(producer);
    if (whyNot) throw whyNot;
    this.#events.produced({ source, producer });
    return producer;
  }

  /** A second consumer of a producer takes the place of the first. It is made paused. */
  async consume(
    transportId: string,
    producer: types.Producer,
    rtpCapabilities: RtpCapabilities,
  ): Promise<types.Consumer> {
    const transport = this.#transport(transportId, 'recv');
    const consumer = await asked(
      () =>
        transport.consume({
          producerId: producer.id,
          rtpCapabilities: structuredClone(rtpCapabilities) as types.RtpCapabilities,
          paused: true,
        }),
      () => this.#goneWith(transport) ?? this.#goneWith(producer),
    );
    const why = this.#goneWith(transport) ?? this.#goneWith(producer);
    if (why) {
      consumer.close();
      throw why;
    }
    this.forgetStream(producer.id);
    this.#consumers.set(consumer.id, consumer);
    return consumer;
  }

  /** Ends what they receive of a producer; harmless when that is nothing. */
  forgetStream(producerId: string): void {
    for (const [id, consumer] of this.#consumers) {
      if (consumer.producerId !== producerId) continue;
      this.#consumers.delete(id);
      consumer.close();
    }
  }

  async resume(consumerId: string): Promise<void> {
    const consumer = this.#consumer(consumerId);
    await asked(
      () => consumer.resume(),
      () => this.#goneWith(consumer),
    );
  }

  /** As SfuRoom promises it. A layer that is not sent stands for the best that is. */
  async preferLayer(consumerId: string, spatialLayer: number): Promise<void> {
    const consumer = this.#consumer(consumerId);
    if (consumer.type !== 'simulcast') return;
    await asked(
      () => consumer.setPreferredLayers({ spatialLayer }),
      () => this.#goneWith(consumer),
    );
  }

  #consumer(consumerId: string): types.Consumer {
    const consumer = this.#consumers.get(consumerId);
    if (!consumer) throw new AppError('NOT_FOUND', 'There is no such consumer of yours.');
    return consumer;
  }

  closeProducer(producerId: string): void {
    const found = this.produced.find(({ producer }) => producer.id === producerId);
    if (!found) throw new AppError('NOT_FOUND', 'There is no such producer of yours.');
    this.#closeSource(found.source);
  }

  /** Pauses here what is off, so that nothing of it leaves the server whatever the browser still sends. */
  async settle(): Promise<void> {
    await Promise.all(this.produced.map(({ source, producer }) => this.#settle(source, producer)));
  }

  /** Idempotent. Tells of each producer that it closed, unless the whole router goes. */
  close(why: Gone): void {
    if (this.#gone) return;
    this.#gone = why;
    const producerIds = this.produced.map(({ producer }) => producer.id);
    this.#producers.clear();
    this.#consumers.clear();
    for (const transport of this.#transports.values()) transport.close();
    this.#transports.clear();
    if (why === 'left') for (const id of producerIds) this.#events.closed(id);
  }

  #sends(source: MediaSource): boolean {
    if (source === 'screen') return true;
    return source === 'microphone' ? this.#sending.audio : this.#sending.video;
  }

  /** Brings a producer to what its participant last said; they may say otherwise, or it may end, while that happens. */
  async #settle(source: MediaSource, producer: types.Producer): Promise<void> {
    while (!producer.closed && producer.paused === this.#sends(source)) {
      try {
        await (this.#sends(source) ? producer.resume() : producer.pause());
      } catch (error) {
        if (!producer.closed) throw new AppError('UNAVAILABLE', undefined, { cause: error });
      }
    }
  }

  #transport(transportId: string, direction?: TransportDirection): types.WebRtcTransport {
    for (const [itsDirection, transport] of this.#transports) {
      if (transport.id !== transportId) continue;
      if (direction && itsDirection !== direction)
        throw new AppError('INVALID_CALL', `This needs a ${direction} transport.`);
      return transport;
    }
    throw new AppError('NOT_FOUND', 'There is no such transport of yours.');
  }

  #goneWith(part: { closed: boolean }): AppError | undefined {
    if (this.#gone) return goneError(this.#gone);
    return part.closed ? new AppError('NOT_FOUND', 'That is over; something newer took its place.') : undefined;
  }

  #closeTransport(direction: TransportDirection): void {
    const transport = this.#transports.get(direction);
    if (!transport) return;
    this.#transports.delete(direction);
    if (direction === 'send') for (const source of this.#producers.keys()) this.#closeSource(source);
    else this.#consumers.clear();
    transport.close();
  }

  #closeSource(source: MediaSource): void {
    const producer = this.#producers.get(source);
    if (!producer) return;
    this.#producers.delete(source);
    producer.close();
    this.#events.closed(producer.id);
  }

  /** Closes a transport that its browser has left: it said so (DTLS), or stopped answering (ICE consent, RFC 7675). */
  #watch(direction: TransportDirection, transport: types.WebRtcTransport): void {
    let timer: NodeJS.Timeout | undefined;
    const over = () => {
      if (this.#transports.get(direction) === transport) this.#closeTransport(direction);
    };
    transport.on('dtlsstatechange', (state) => {
      if (state === 'closed' || state === 'failed') over();
    });
    transport.on('icestatechange', (state) => {
      clearTimeout(timer);
      // A browser may find another way within a few seconds, so the end is not believed at once.
      if (state === 'disconnected') timer = setTimeout(over, silenceMs).unref();
    });
    transport.observer.once('close', () => clearTimeout(timer));
  }
}
