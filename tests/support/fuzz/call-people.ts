/** One socket of somebody who sends what they like, and remembers what they were given. */
import { io, type Socket } from 'socket.io-client';
import type { Answer, CallName } from '../../../signaling/protocol/index.ts';
import { until } from '../until.ts';
import { type CallShot, isPlaceholder, type Placeholder } from './call-shots.ts';

export interface Heard {
  fact: string;
  payload: unknown;
  /** Whether the socket, as it was then, is let watch the clinic's queues. */
  watching: Watching;
}

/** Of one connection. What comes before the answer is judged by it as well: the first facts may overtake it. */
interface Watching {
  granted: boolean;
}

/** What became of a shot: its answer; `silent` when it asked for none; `gone` when the socket closed under it. */
export type Outcome = Answer<unknown> | 'silent' | 'gone';

const patienceMs = 15_000;

export class HostilePerson {
  readonly name: string;
  readonly heard: Heard[] = [];
  readonly #socket: Socket;
  readonly #given = new Map<Placeholder, string>();
  #returning: Promise<void> | undefined;
  #watching: Watching = { granted: false };

  private constructor(name: string, socket: Socket, token: string) {
    this.name = name;
    this.#socket = socket;
    this.#given.set('@token', token);
    socket.onAny((fact: string, payload: unknown) => {
      this.heard.push({ fact, payload, watching: this.#watching });
      this.#learn(payload);
    });
    socket.on('disconnect', () => {
      this.#watching = { granted: false };
    });
  }

  /** Rejects with Socket.IO's connect_error. */
  static async connect(name: string, url: string, token: string): Promise<HostilePerson> {
    const socket = io(url, { auth: { token }, transports: ['websocket'], reconnection: false, forceNew: true });
    await opened(socket);
    return new HostilePerson(name, socket, token);
  }

  get isConnected(): boolean {
    return this.#socket.connected;
  }

  /** Connects again where the socket was closed, as somebody without a seat. */
  async back(): Promise<void> {
    if (this.#socket.connected) return;
    this.#returning ??= opened(this.#socket).finally(() => {
      this.#returning = undefined;
    });
    this.#socket.connect();
    await this.#returning;
  }

  /** A right call, for getting somewhere. Throws when it is refused. */
  async call(name: CallName, input: unknown): Promise<void> {
    const outcome = await this.shoot({ name, args: [input], asks: true });
    if (typeof outcome === 'string' || !outcome.ok) {
      throw new Error(`${this.name} was not let through with ${name}: ${JSON.stringify(outcome)}`);
    }
  }

  /** Waits until the server has given it out: what others do is told beside the answers, in no order with them. */
  async given(what: Placeholder): Promise<void> {
    await until(`${this.name} was given ${what}`, () => this.#given.has(what));
  }

  /** Rejects when an answer that is owed does not come while the socket is open. */
  shoot({ name, args, asks }: CallShot): Promise<Outcome> {
    const filled = args.map((value) => this.#fill(value));
    if (!this.#socket.connected) return Promise.resolve('gone');
    if (!asks) {
      this.#socket.emit(name, ...filled);
      return Promise.resolve('silent');
    }
    const watching = name === 'queue:watch-clinic' ? this.#watching : { granted: false };
    return new Promise((resolve, reject) => {
      const over = () => {
        // What it came to is not known any more.
        watching.granted = true;
        settle(() => resolve('gone'));
      };
      const timer = setTimeout(
        () =>
          settle(() => reject(new Error(`${this.name} waited ${patienceMs} ms in vain for the answer to ${name}.`))),
        patienceMs,
      );
      const settle = (finish: () => void) => {
        clearTimeout(timer);
        this.#socket.off('disconnect', over);
        finish();
      };
      this.#socket.once('disconnect', over);
      this.#socket.emit(name, ...filled, (answer: Answer<unknown>) => {
        if (answer.ok) this.#learn(answer.data, name);
        if (answer.ok) watching.granted = true;
        settle(() => resolve(answer));
      });
    });
  }

  close(): void {
    this.#socket.close();
  }

  /** Keeps the ids that the server gives out. */
  #learn(data: unknown, call?: string): void {
    if (typeof data !== 'object' || data === null) return;
    const { transport, producerId, id, media, producer, send, recv } = data as {
      transport?: { id: string; direction: 'send' | 'recv' };
      producerId?: string;
      id?: string;
      media?: { producers?: { producerId: string }[] };
      producer?: { producerId: string };
      send?: { id: string };
      recv?: { id: string };
    };
    if (transport) this.#given.set(`@${transport.direction}`, transport.id);
    if (call === 'media:produce' && producerId) this.#given.set('@own-producer', producerId);
    if (call === 'media:consume' && id) this.#given.set('@consumer', id);
    if (send && recv) this.#given.set('@test-send', send.id).set('@test-recv', recv.id);
    if (call === 'test:produce' && producerId) this.#given.set('@test-producer', producerId);
    if (call === 'test:consume' && id) this.#given.set('@test-consumer', id);
    const other = producer?.producerId ?? media?.producers?.[0]?.producerId;
    if (other) this.#given.set('@other-producer', other);
  }

  /** What a placeholder stands for; as long as nobody knows, an id that nobody has. */
  #meant(text: string): string {
    if (!isPlaceholder(text)) return text;
    return this.#given.get(text) ?? '01234567-89ab-7def-8123-456789abcdef';
  }

  /** The value with its placeholders filled in as far as they are known. What is deeper has none. */
  #fill(value: unknown, depth = 0): unknown {
    if (typeof value === 'string') return this.#meant(value);
    if (typeof value !== 'object' || value === null || ArrayBuffer.isView(value) || depth > 10) return value;
    if (Array.isArray(value)) return value.length > 50 ? value : value.map((child) => this.#fill(child, depth + 1));
    const filled = {};
    for (const [key, child] of Object.entries(value)) {
      const own = { value: this.#fill(child, depth + 1), enumerable: true, configurable: true, writable: true };
      Object.defineProperty(filled, key, own);
    }
    return filled;
  }
}

function opened(socket: Socket): Promise<void> {
  return new Promise((resolve, reject) => {
    socket.once('connect', resolve);
    socket.once('connect_error', reject);
  });
}
