/** A room on a mediasoup router. When the worker under it dies, it moves to a new router and says `reset`. */
import { setTimeout } from 'node:timers/promises';
import { AppError } from '../../../src/platform/errors.ts';
import type { Logger } from '../../../src/platform/logger.ts';
import type {
  ConsumerOptions,
  DtlsParameters,
  IceParameters,
  Producer,
  RoomMedia,
  RtpCapabilities,
  SendingState,
  TransportDirection,
  TransportOptions,
} from '../../protocol/index.ts';
import type { MediaRoomEvents, SfuRoom } from '../engine.ts';
import type { Placement } from './media-worker.ts';
import { describeTransport, type Mediasoup } from './mediasoup.ts';
import { ParticipantMedia, type Produced } from './participant-media.ts';
import { QualityMeter } from './quality-meter.ts';
import { goneError } from './refusal.ts';
import type { WorkerPool } from './worker-pool.ts';

/** How long a caller waits for a worker. They ask again; a room that lost its worker waits as long as it lives. */
const patienceMs = 10_000;
/** How long a room waits before it asks again for a router that a living worker refused. */
const retryMs = 1000;

export interface SfuRoomOptions {
  roomId: string;
  events: MediaRoomEvents;
  pool: WorkerPool;
  mediasoup: Mediasoup;
  logger: Logger;
  onClosed: (room: SfuMediaRoom) => void;
}

/** One participant between their first sign of life here and closeParticipant; outlives a reset. */
interface Stay {
  readonly sending: SendingState;
  /** Undefined before the first transport, and after a reset until they build again. */
  media: ParticipantMedia | undefined;
}

export class SfuMediaRoom implements SfuRoom {
  readonly kind = 'sfu';
  readonly roomId: string;
  readonly #options: SfuRoomOptions;
  readonly #stays = new Map<string, Stay>();
  readonly #meter: QualityMeter;
  /** Ends the wait for a worker when the room closes. */
  readonly #closing = new AbortController();
  #placement: Placement | undefined;
  #replacing: Promise<void> | undefined;
  #routerRtpCapabilities: RtpCapabilities = {};

  private constructor(options: SfuRoomOptions) {
    this.#options = options;
    this.roomId = options.roomId;
    this.#meter = new QualityMeter(options.mediasoup);
  }

  /** Throws AppError UNAVAILABLE when no worker runs within ten seconds. */
  static async open(options: SfuRoomOptions): Promise<SfuMediaRoom> {
    const room = new SfuMediaRoom(options);
    await room.#place(AbortSignal.timeout(patienceMs));
    return room;
  }

  describe(forParticipant: string): RoomMedia {
    this.#assertOpen();
    const producers = [...this.#stays]
      .filter(([participantId]) => participantId !== forParticipant)
      .flatMap(([participantId, { media }]) =>
        (media?.produced ?? []).map((it) => describeProducer(participantId, it)),
      );
    return { kind: 'sfu', routerRtpCapabilities: this.#routerRtpCapabilities, producers };
  }

  async createTransport(participantId: string, direction: TransportDirection): Promise<TransportOptions> {
    const media = await this.#mediaForNew(participantId);
    return describeTransport(direction, await media.createTransport(direction));
  }

  async connectTransport(participantId: string, transportId: string, dtlsParameters: DtlsParameters): Promise<void> {
    await this.#media(participantId).connectTransport(transportId, dtlsParameters);
  }

  async restartIce(participantId: string, transportId: string): Promise<IceParameters> {
    return await this.#media(participantId).restartIce(transportId);
  }

  async produce(participantId: string, input: Parameters<SfuRoom['produce']>[1]): Promise<{ producerId: string }> {
    const producer = await this.#media(participantId).produce(input);
    return { producerId: producer.id };
  }

  async consume(participantId: string, input: Parameters<SfuRoom['consume']>[1]): Promise<ConsumerOptions> {
    const media = this.#media(participantId);
    const { owner, source, producer } = this.#producerOfAnother(participantId, input.producerId);
    const consumer = await media.consume(input.transportId, producer, input.rtpCapabilities);
    return {
      id: consumer.id,
      producerId: producer.id,
      participantId: owner,
      kind: consumer.kind,
      source,
      rtpParameters: consumer.rtpParameters as ConsumerOptions['rtpParameters'],
    };
  }

  async resume(participantId: string, consumerId: string): Promise<void> {
    await this.#media(participantId).resume(consumerId);
  }

  async preferLayer(participantId: string, consumerId: string, spatialLayer: number): Promise<void> {
    await this.#media(participantId).preferLayer(consumerId, spatialLayer);
  }

  closeProducer(participantId: string, producerId: string): void {
    this.#media(participantId).closeProducer(producerId);
  }

  holds(participantId: string, transportIds: readonly string[]): boolean {
    return this.#stays.get(participantId)?.media?.holds(transportIds) ?? false;
  }

  async lossUp(participantId: string): Promise<number | null> {
    return (await this.#stays.get(participantId)?.media?.lossUp()) ?? null;
  }

  async setSending(participantId: string, sending: SendingState): Promise<void> {
    this.#assertOpen();
    const stay = this.#stay(participantId);
    Object.assign(stay.sending, sending);
    await stay.media?.settle();
  }

  closeParticipant(participantId: string): void {
    const stay = this.#stays.get(participantId);
    this.#stays.delete(participantId);
    this.#meter.forget(participantId);
    stay?.media?.close('left');
  }

  /** Looks at what arrives, and tells whose level changed. Never throws. */
  async measure(): Promise<void> {
    const people = [...this.#stays].map(([participantId, { media }]) => ({
      participantId,
      produced: media?.produced ?? [],
    }));
    for (const { participantId, level } of await this.#meter.look(people)) {
      if (this.#stays.has(participantId)) this.#options.events.quality({ participantId, level });
    }
  }

  close(reason: string): void {
    if (this.#closing.signal.aborted) return;
    // With a reason of its own: else one is made, with its stack, for each room.
    this.#closing.abort(closed);
    for (const { media } of this.#stays.values()) media?.close('closed');
    this.#stays.clear();
    this.#placement?.release();
    this.#placement = undefined;
    this.#options.logger.debug({ roomId: this.roomId, reason }, 'media room closed');
    this.#options.onClosed(this);
  }

  async #place(signal: AbortSignal): Promise<void> {
    const placement = await this.#options.pool.place(() => this.#onLost(), signal);
    if (this.#closing.signal.aborted) {
      placement.release();
      throw goneError('closed');
    }
    this.#placement = placement;
    this.#routerRtpCapabilities = capabilitiesOf(this.#options.mediasoup, placement);
  }

  #onLost(): void {
    if (this.#closing.signal.aborted) return;
    this.#placement = undefined;
    for (const stay of this.#stays.values()) {
      stay.media?.close('reset');
      stay.media = undefined;
    }
    this.#replacing = this.#replace();
  }

  /** Never throws; goes on until there is a router or the room is closed. */
  async #replace(): Promise<void> {
    const { events, logger, roomId } = this.#options;
    const { signal } = this.#closing;
    while (!signal.aborted && !this.#placement) {
      try {
        await this.#place(signal);
      } catch (error) {
        if (signal.aborted) return;
        logger.error({ err: error, roomId }, 'media room finds no worker');
        await setTimeout(retryMs, undefined, { signal, ref: false }).catch(() => undefined);
      }
    }
    if (signal.aborted) return;
    logger.warn({ roomId }, 'media room moved to a new router');
    events.reset();
  }

  #assertOpen(): void {
    if (this.#closing.signal.aborted) throw goneError('closed');
  }

  #stay(participantId: string): Stay {
    const known = this.#stays.get(participantId);
    if (known) return known;
    const stay: Stay = { sending: { audio: true, video: true }, media: undefined };
    this.#stays.set(participantId, stay);
    return stay;
  }

  /** What they have already. */
  #media(participantId: string): ParticipantMedia {
    this.#assertOpen();
    const media = this.#stays.get(participantId)?.media;
    if (media) return media;
    if (!this.#placement) throw goneError('reset');
    throw new AppError('NOT_FOUND', 'Create a transport first.');
  }

  /** What they have, or are to have now; waits while the room changes its router. */
  async #mediaForNew(participantId: string): Promise<ParticipantMedia> {
    this.#assertOpen();
    const stay = this.#stay(participantId);
    if (!this.#placement) await Promise.race([this.#replacing, setTimeout(patienceMs, undefined, { ref: false })]);
    this.#assertOpen();
    if (this.#stays.get(participantId) !== stay) throw goneError('left');
    if (!this.#placement) throw goneError('reset');
    stay.media ??= new ParticipantMedia(this.#placement, stay.sending, {
      produced: (it) => this.#options.events.produced(describeProducer(participantId, it)),
      closed: (producerId) => this.#onClosedProducer(participantId, producerId),
    });
    return stay.media;
  }

  #onClosedProducer(participantId: string, producerId: string): void {
    // mediasoup closes the consumers too, but tells of it only later.
    for (const { media } of this.#stays.values()) media?.forgetStream(producerId);
    this.#options.events.closed({ producerId, participantId });
  }

  #producerOfAnother(participantId: string, producerId: string): Produced & { owner: string } {
    for (const [owner, { media }] of this.#stays) {
      const found =
        owner === participantId ? undefined : media?.produced.find(({ producer }) => producer.id === producerId);
      if (found) return { owner, ...found };
    }
    throw new AppError('NOT_FOUND', 'There is no such stream of another participant in this room.');
  }
}

const closed = new AppError('UNAVAILABLE', 'The room is closed.');

const capabilities = new WeakMap<Mediasoup, RtpCapabilities>();

/** A copy of our own, given to everyone who joins: nobody may change it. All routers have the same, as they have the codecs. */
function capabilitiesOf(mediasoup: Mediasoup, { router }: Placement): RtpCapabilities {
  const known = capabilities.get(mediasoup) ?? frozen(structuredClone(router.rtpCapabilities) as RtpCapabilities);
  capabilities.set(mediasoup, known);
  return known;
}

function frozen<T>(value: T): T {
  if (typeof value === 'object' && value !== null) for (const part of Object.values(value)) frozen(part);
  return Object.freeze(value);
}

function describeProducer(participantId: string, { source, producer }: Produced): Producer {
  return {
    producerId: producer.id,
    participantId,
    kind: producer.kind,
    source,
    paused: producer.paused,
  };
}
