/**
 * Transports that are asked for right behind the seat, without waiting for its answer: the server carries out the calls of a
 * socket in order (SPEC.md, SC5), so they find the seat taken, or are refused with it. Who asks so knows beforehand what the
 * server takes, and gets the others' tracks along with the transport.
 */
import type { CallAnswer, RtpCapabilities } from '../../../../signaling/protocol/index.ts';
import type { Ask } from '../connection/link.ts';
import { loadDevice } from './device.ts';
import { ownCapabilities, routerCapabilities } from './sfu-terms.ts';

type Created = CallAnswer<'media:create-transport'>;

/** What this browser can receive of what a server takes. */
type Match = (takes: RtpCapabilities) => Promise<RtpCapabilities>;

const matched: Match = async (takes) =>
  ownCapabilities((await loadDevice(routerCapabilities(takes))).recvRtpCapabilities);

/** Either may reject, with the seat. */
export interface Asked {
  /** What the server was thought to take. */
  takes: RtpCapabilities;
  receive: Promise<Created>;
  send: Promise<Created>;
}

export class SfuAhead {
  readonly #match: Match;
  /** Good for every room whose router takes the same; null where media goes another way, or nobody has said. */
  #ready: { takes: RtpCapabilities; rtpCapabilities: RtpCapabilities } | null = null;
  #asked: Asked | null = null;

  constructor(match: Match = matched) {
    this.#match = match;
  }

  get isReady(): boolean {
    return this.#ready !== null;
  }

  /** Rejects in a browser that mediasoup-client does not know. */
  async getReady(takes: RtpCapabilities): Promise<void> {
    this.#ready = { takes, rtpCapabilities: await this.#match(takes) };
  }

  /** Call it in the turn in which the seat was asked for. Does nothing when it is not ready. */
  ask(ask: Ask): void {
    if (!this.#ready) return;
    const { takes, rtpCapabilities } = this.#ready;
    const receive = ask('media:create-transport', { direction: 'recv', rtpCapabilities });
    const send = ask('media:create-transport', { direction: 'send' });
    // Where the seat is refused, nobody may ever look.
    for (const answer of [receive, send]) answer.catch(() => undefined);
    this.#asked = { takes, receive, send };
  }

  /** What was asked for with this seat, once. */
  take(): Asked | null {
    const asked = this.#asked;
    this.#asked = null;
    return asked;
  }
}

/** What is of use in this room; what is not, the server closes when it is asked again. */
export function fitting(asked: Asked | null, takes: RtpCapabilities): Partial<Asked> {
  return asked && JSON.stringify(asked.takes) === JSON.stringify(takes) ? asked : {};
}
