/** The other nodes as this one hears them: how much they have to do, and when one counts as dead. */
import { type Bus, beatMs } from './bus.ts';
import type { Load } from './messages.ts';

interface Peer extends Load {
  /** By performance.now(). */
  heardAt: number;
  /** Since when it has been heard without a break. */
  steadySince: number;
}

/** After so long somebody looks whether it still listens. */
const suspectMs = 1_200;
/** It listens and says nothing, as a frozen process does. Its media may flow all the same, so its lease has to run out first. */
const frozenMs = 15_000;
/** One that comes and goes gets no rooms from others. */
const steadyMs = 10_000;
/** How many rooms fewer another node must have before a new one is opened over there: here it saves a hop. */
const worthAHop = 8;

export interface PeersOptions {
  bus: Pick<Bus, 'isUp' | 'isListening'>;
  onDead(nodeId: string): void;
}

export class Peers {
  readonly #options: PeersOptions;
  readonly #peers = new Map<string, Peer>();
  readonly #timer: NodeJS.Timeout;
  #looking = false;

  constructor(options: PeersOptions) {
    this.#options = options;
    this.#timer = setInterval(() => void this.#look(), beatMs).unref();
  }

  get size(): number {
    return this.#peers.size;
  }

  /** Whether another node says that it holds its lease. */
  get areLeased(): boolean {
    const now = performance.now();
    return [...this.#peers.values()].some(({ leased, heardAt }) => leased === true && now - heardAt < suspectMs);
  }

  heard(nodeId: string, { sockets, rooms, draining, leased = false }: Load): void {
    const now = performance.now();
    const steadySince = this.#peers.get(nodeId)?.steadySince ?? now;
    this.#peers.set(nodeId, { sockets, rooms, draining, leased, heardAt: now, steadySince });
  }

  /** This node heard nobody for a while: whoever was silent meanwhile gets their time anew. */
  forgive(): void {
    const now = performance.now();
    for (const peer of this.#peers.values()) Object.assign(peer, { heardAt: now });
  }

  /** Where a new room is opened: here, unless this node stops or another one has far less to do. */
  pick(nodeId: string, own: Load): string {
    const now = performance.now();
    const others = [...this.#peers]
      .filter(([, peer]) => !peer.draining && (own.draining || now - peer.steadySince >= steadyMs))
      .toSorted(([, one], [, other]) => one.rooms - other.rooms);
    const [lightest] = others;
    if (!lightest) return nodeId;
    const [id, { rooms }] = lightest;
    return own.draining || own.rooms - rooms >= worthAHop ? id : nodeId;
  }

  /** Idempotent. */
  close(): void {
    clearInterval(this.#timer);
  }

  async #look(): Promise<void> {
    // Who hears nobody cannot tell who is dead.
    if (this.#looking || !this.#options.bus.isUp) return;
    this.#looking = true;
    try {
      for (const [nodeId, { heardAt }] of this.#peers) {
        const silentMs = performance.now() - heardAt;
        if (silentMs < suspectMs) continue;
        if (silentMs < frozenMs && (await this.#options.bus.isListening(nodeId))) continue;
        this.#peers.delete(nodeId);
        this.#options.onDead(nodeId);
      }
    } catch {
      // Redis does not say now; the next look asks again.
    } finally {
      this.#looking = false;
    }
  }
}
