/** Media through the server: one transport to send, one to receive, a consumer for each of the others' tracks. */
import type { Device, types } from 'mediasoup-client';
import type { CallAnswer, Producer, RoomMedia } from '../../../../signaling/protocol/index.ts';
import type { Ask, Fact } from '../connection/link.ts';
import type { LocalTracks } from '../local/local-media.ts';
import { levelOf, type VoiceLevel } from '../speaking.ts';
import { loadDevice } from './device.ts';
import { Haste } from './haste.ts';
import { readReceiver } from './inbound.ts';
import { layerFor, layersOf } from './layers.ts';
import type { Statistics } from './link-report.ts';
import type { InboundCount, Meanwhile, MediaSession, MediaSessionEvents } from './media-session.ts';
import { notingAsk } from './noting-ask.ts';
import { type Asked, fitting } from './sfu-ahead.ts';
import { SfuScreen } from './sfu-screen.ts';
import { SfuSender } from './sfu-sender.ts';
import {
  consumerOptions,
  freshIceParameters,
  ownCapabilities,
  routerCapabilities,
  rtcIceServers,
  transportOptions,
} from './sfu-terms.ts';
import { type TransportWatch, watchTransport } from './transport-watch.ts';

export interface SfuOptions {
  media: Extract<RoomMedia, { kind: 'sfu' }>;
  ask: Ask;
  events: MediaSessionEvents;
  /** Asked for with the seat; null when nothing was. */
  ahead: Asked | null;
}

/** Later than this a new transport is better. */
const restartMs = 2_000;

type Consumed = CallAnswer<'media:consume'>;

interface Arriving {
  producer: Producer;
  consumer: types.Consumer | null;
  /** What was last asked for; null until then. */
  layer: number | null;
}

export function openSfuSession(options: SfuOptions): MediaSession {
  return new SfuSession(options);
}

class SfuSession implements MediaSession {
  readonly kind = 'sfu';
  readonly #ask: Ask;
  /** For what may get lost without harm. */
  readonly #askLightly: Ask;
  readonly #events: MediaSessionEvents;
  readonly #arriving = new Map<string, Arriving>();
  /** Came with the transport, by producer. */
  readonly #given = new Map<string, Consumed>();
  readonly #watches = new Map<types.Transport, TransportWatch>();
  readonly #shownLines = new Map<string, number>();
  /** The server may hold what is not known here, or the other way round. */
  #isHurt = false;
  #restarting: Promise<void> | null = null;
  readonly #sender: SfuSender;
  readonly #screen = new SfuScreen();
  #receiving: { transport: types.Transport; capabilities: types.RtpCapabilities } | null = null;
  #isSending = false;
  readonly #haste = new Haste();
  #isClosed = false;

  constructor({ media, ask, events, ahead }: SfuOptions) {
    this.#ask = notingAsk(ask, () => {
      this.#isHurt = true;
    });
    this.#askLightly = ask;
    this.#events = events;
    this.#sender = new SfuSender(() => this.#fail());
    for (const producer of media.producers) this.#arriving.set(producer.producerId, newlyArriving(producer));
    this.#haste.begin();
    this.#build(media, fitting(ahead, media.routerRtpCapabilities)).catch(() => this.#fail());
  }

  get inHaste(): Promise<void> | null {
    return this.#haste.current;
  }

  send(tracks: LocalTracks): void {
    this.#sender.send(tracks);
    this.#screen.send(tracks.screen ?? null);
  }

  hear(fact: Fact): void {
    if (this.#isClosed) return;
    if (fact.name === 'media:produced') this.#onProduced(fact.payload.producer);
    if (fact.name === 'media:closed') this.#onClosed(fact.payload.producerId);
  }

  restart(): Promise<void> {
    this.#restarting ??= Promise.all([...this.#watches.keys()].map((transport) => this.#restart(transport)))
      .then(() => undefined)
      .finally(() => {
        this.#restarting = null;
      });
    return this.#restarting;
  }

  kept(): string[] | null {
    return this.#isHurt || this.#watches.size < 2 ? null : [...this.#watches.keys()].map(({ id }) => id);
  }

  goOn({ producers }: Meanwhile): void {
    const ids = new Set(producers.map(({ producerId }) => producerId));
    for (const id of [...this.#arriving.keys()].filter((one) => !ids.has(one))) this.#onClosed(id);
    for (const producer of producers) this.#onProduced(producer);
    for (const transport of this.#watches.keys()) this.#watch(transport).changed(lastingState(transport));
  }

  show(participantId: string, lines: number): void {
    this.#shownLines.set(participantId, lines);
    for (const one of this.#arriving.values()) if (one.producer.participantId === participantId) this.#prefer(one);
  }

  levels(): readonly VoiceLevel[] {
    return [...this.#arriving.values()].flatMap(({ producer, consumer }) => {
      const level = producer.kind === 'audio' ? levelOf(consumer?.rtpReceiver, producer.participantId) : null;
      return level ? [level] : [];
    });
  }

  async counts(): Promise<InboundCount[]> {
    const shown = [...this.#arriving.values()].filter(({ producer }) => producer.source !== 'screen');
    const counts = await Promise.all(
      shown.map(({ producer, consumer }) => readReceiver(consumer?.rtpReceiver, producer.participantId, producer.kind)),
    );
    return counts.filter((one) => one !== null);
  }

  async statistics(): Promise<Statistics> {
    const receive = this.#receiving?.transport;
    const [up, down] = await Promise.all([this.#sender.statistics(), receive?.getStats()]);
    return { up: up ? [up] : [], down: down ? [down] : [] };
  }

  close(): void {
    if (this.#isClosed) return;
    this.#isClosed = true;
    this.#haste.end();
    for (const watch of this.#watches.values()) watch.stop();
    this.#sender.close();
    this.#screen.close();
    this.#receiving?.transport.close();
    this.#arriving.clear();
  }

  /** What takes a round trip is asked for at once: the server answers in order while the browser prepares. */
  async #build(media: SfuOptions['media'], ahead: Partial<Asked>): Promise<void> {
    const ask = (direction: 'recv' | 'send') => this.#ask('media:create-transport', { direction });
    const [device, receive, send] = await Promise.all([
      loadDevice(routerCapabilities(media.routerRtpCapabilities)),
      ahead.receive?.catch(() => ask('recv')) ?? ask('recv'),
      ahead.send?.catch(() => ask('send')) ?? ask('send'),
    ]);
    if (this.#isClosed) return;
    for (const one of receive.consumers ?? []) this.#given.set(one.producerId, one);
    // Whoever is there already is seen first; who comes into an empty room has only to be seen.
    if (this.#arriving.size === 0) this.#openSending(device, send);
    const receiving = device.createRecvTransport(transportOptions(receive));
    this.#wire(receiving);
    this.#receiving = { transport: receiving, capabilities: device.recvRtpCapabilities };
    await this.#consumeAll([...this.#arriving.values()]);
    if (!this.#isClosed) this.#openSending(device, send);
  }

  #openSending(device: Device, answer: CallAnswer<'media:create-transport'>): void {
    if (this.#isSending) return;
    this.#isSending = true;
    const sending = device.createSendTransport(transportOptions(answer));
    this.#wire(sending);
    this.#sender.begin(sending, device, this.#ask);
    this.#screen.begin(sending, device, this.#ask);
  }

  #wire(transport: types.Transport): void {
    this.#watch(transport);
    transport.on('connectionstatechange', (state) => this.#watches.get(transport)?.changed(state));
    // Not waited for: calls of a socket are carried out in order, so what comes next finds the transport connected.
    transport.on('connect', ({ dtlsParameters }, done) => {
      this.#ask('media:connect-transport', { transportId: transport.id, dtlsParameters }).catch(() => this.#fail());
      done();
    });
  }

  /** Watches it from now on, whatever was found before. */
  #watch(transport: types.Transport): TransportWatch {
    this.#watches.get(transport)?.stop();
    const shaky = () => {
      this.#events.shaky();
      void this.restart();
    };
    const failed = () => {
      if (!this.#isClosed) this.#events.failed();
    };
    const watch = watchTransport({ shaky, failed });
    this.#watches.set(transport, watch);
    return watch;
  }

  /** What the server refuses, or the socket loses, is left to the watch: it has the transport built again in time. */
  async #restart(transport: types.Transport): Promise<void> {
    try {
      const { iceParameters, iceServers } = await this.#askLightly(
        'media:restart-ice',
        { transportId: transport.id },
        restartMs,
      );
      if (this.#isClosed) return;
      await transport.updateIceServers({ iceServers: rtcIceServers(iceServers) });
      await transport.restartIce({ iceParameters: freshIceParameters(iceParameters) });
    } catch {
      // As above.
    }
  }

  #onProduced(producer: Producer): void {
    if (this.#arriving.has(producer.producerId)) return;
    const one = newlyArriving(producer);
    this.#arriving.set(producer.producerId, one);
    this.#consume(one);
  }

  #onClosed(producerId: string): void {
    const one = this.#arriving.get(producerId);
    this.#arriving.delete(producerId);
    if (!one?.consumer) return;
    this.#events.trackGone(one.producer.participantId, one.consumer.track);
    one.consumer.close();
  }

  #consume(one: Arriving): void {
    if (this.#receiving) void this.#receive(one, this.#askFor(one));
  }

  /** Once all of them are known they are agreed upon with the browser at once: it takes as long as for one. Never rejects. */
  async #consumeAll(all: readonly Arriving[]): Promise<void> {
    const asked = all.map((one) => ({ one, answer: this.#askFor(one) }));
    const known = Promise.allSettled(asked.map(({ answer }) => answer));
    await Promise.all(
      asked.map(({ one, answer }) =>
        this.#receive(
          one,
          known.then(() => answer),
        ),
      ),
    );
  }

  #askFor({ producer }: Arriving): Promise<Consumed> {
    if (!this.#receiving) return Promise.reject(new Error('Nothing can be received yet.'));
    const given = this.#given.get(producer.producerId);
    this.#given.delete(producer.producerId);
    if (given) return Promise.resolve(given);
    const { transport, capabilities } = this.#receiving;
    return this.#ask('media:consume', {
      transportId: transport.id,
      producerId: producer.producerId,
      rtpCapabilities: ownCapabilities(capabilities),
    });
  }

  /** Whatever fails here is either gone already, or the transport or the socket fails too and all is built again. */
  async #receive(one: Arriving, answer: Promise<Consumed>): Promise<void> {
    await this.#take(one, answer).catch(() => this.#lose(one));
  }

  #lose(one: Arriving): void {
    if (this.#isWanted(one)) this.#fail();
  }

  async #take(one: Arriving, answer: Promise<Consumed>): Promise<void> {
    const consumed = await answer;
    if (!this.#receiving || !this.#isWanted(one)) return;
    const consumer = await this.#receiving.transport.consume(consumerOptions(consumed));
    if (!this.#isWanted(one)) {
      consumer.close();
      return;
    }
    one.consumer = consumer;
    const source = one.producer.source === 'screen' ? 'screen' : undefined;
    this.#events.track(one.producer.participantId, consumer.track, source);
    this.#prefer(one);
    // Not waited for: the answer changes nothing of what comes next here.
    this.#ask('media:resume', { consumerId: consumer.id }).catch(() => this.#lose(one));
    if (consumer.kind === 'video') this.#haste.end();
  }

  /** The server need not send more than is shown. Lost with the socket, it is asked for again with the next size. */
  #prefer(one: Arriving): void {
    const { producer, consumer } = one;
    if (!consumer || producer.source !== 'camera') return;
    const layers = layersOf(consumer.rtpParameters);
    const layer = layerFor(this.#shownLines.get(producer.participantId), layers);
    if (layers === 1 || layer === (one.layer ?? layers - 1)) return;
    one.layer = layer;
    this.#askLightly('media:prefer-layer', { consumerId: consumer.id, spatialLayer: layer }).catch(() => {
      one.layer = null;
    });
  }

  /** The producer may have closed, and this session too, while an answer was on its way. */
  #isWanted(one: Arriving): boolean {
    return !this.#isClosed && this.#arriving.get(one.producer.producerId) === one;
  }

  #fail(): void {
    this.#isHurt = true;
    if (!this.#isClosed) this.#events.failed();
  }
}

const newlyArriving = (producer: Producer): Arriving => ({ producer, consumer: null, layer: null });

/** A way that has failed is looked for again like one that is quiet: the ends of it are still there. */
function lastingState({ connectionState }: types.Transport): string {
  return connectionState === 'failed' ? 'disconnected' : connectionState;
}
