/** A browser's side of the socket, typed by the protocol. */
import { io, type Socket } from 'socket.io-client';
import type {
  Answer,
  CallAnswer,
  CallErrorCode,
  CallInput,
  CallName,
  ClientToServer,
  FactName,
  FactPayload,
  ServerToClient,
} from '../../signaling/protocol/index.ts';

/** Far more than anything takes on a busy machine: a wait ends when the fact is there, and only a fault lasts so long. */
const usualLimitMs = 30_000;

export class SocketClient implements AsyncDisposable {
  readonly socket: Socket<ServerToClient, ClientToServer>;
  readonly #heard: { fact: FactName; payload: unknown }[] = [];
  readonly #waiting = new Set<() => void>();
  #cursor = new Map<FactName, number>();

  private constructor(socket: Socket<ServerToClient, ClientToServer>) {
    this.socket = socket;
    socket.onAny((fact: FactName, payload: unknown) => {
      this.#heard.push({ fact, payload });
      for (const look of this.#waiting) look();
    });
  }

  /** Resolves when connected; rejects with Socket.IO's connect_error, or when the connection is closed before it is answered. */
  static async connect(
    url: string,
    token: string,
    options: { transports?: string[]; headers?: Record<string, string> } = {},
  ): Promise<SocketClient> {
    const socket: Socket<ServerToClient, ClientToServer> = io(url, {
      auth: { token },
      transports: options.transports ?? ['websocket'],
      extraHeaders: options.headers ?? {},
      reconnection: false,
      forceNew: true,
    });
    const client = new SocketClient(socket);
    await new Promise<void>((resolve, reject) => {
      socket.once('connect', resolve);
      socket.once('connect_error', (error) => {
        socket.close();
        reject(error);
      });
      socket.once('disconnect', (reason) => reject(new Error(`The connection was closed: ${reason}.`)));
    });
    return client;
  }

  /** The whole acknowledgement. */
  async ask<N extends CallName>(name: N, input: CallInput<N>): Promise<Answer<CallAnswer<N>>> {
    const emit = this.socket.timeout(usualLimitMs).emitWithAck.bind(this.socket.timeout(usualLimitMs)) as (
      name: CallName,
      input: unknown,
    ) => Promise<unknown>;
    return (await emit(name, input)) as Answer<CallAnswer<N>>;
  }

  /** What the call answered; throws when it was refused. */
  async call<N extends CallName>(name: N, input: CallInput<N>): Promise<CallAnswer<N>> {
    const answer = await this.ask(name, input);
    if (!answer.ok) throw new Error(`${name} was refused with ${answer.error.code}: ${answer.error.message}`);
    return answer.data;
  }

  /** The code a call was refused with; throws when it was not. */
  async refusal<N extends CallName>(name: N, input: CallInput<N>): Promise<CallErrorCode> {
    const answer = await this.ask(name, input);
    if (answer.ok) throw new Error(`${name} was carried out, although it should have been refused.`);
    return answer.error.code;
  }

  /** Everything heard of one fact so far. */
  heard<N extends FactName>(fact: N): FactPayload<N>[] {
    return this.#heard.filter((one) => one.fact === fact).map((one) => one.payload as FactPayload<N>);
  }

  /** The next one of this fact that was not handed out yet and fits. */
  async next<N extends FactName>(
    fact: N,
    fits: (payload: FactPayload<N>) => boolean = () => true,
    limitMs = usualLimitMs,
  ): Promise<FactPayload<N>> {
    const take = (): FactPayload<N> | undefined => {
      const all = this.heard(fact);
      const from = this.#cursor.get(fact) ?? 0;
      const index = all.findIndex((payload, at) => at >= from && fits(payload));
      if (index < 0) return undefined;
      this.#cursor.set(fact, index + 1);
      return all[index];
    };
    const found = take();
    if (found !== undefined) return found;
    return new Promise((resolve, reject) => {
      const timer = setTimeout(() => {
        this.#waiting.delete(look);
        reject(
          new Error(
            `Waited ${limitMs} ms in vain for the fact ${fact}; heard: ${this.#heard.map((one) => one.fact).join(', ') || 'nothing'}.`,
          ),
        );
      }, limitMs);
      const look = () => {
        const payload = take();
        if (payload === undefined) return;
        clearTimeout(timer);
        this.#waiting.delete(look);
        resolve(payload);
      };
      this.#waiting.add(look);
    });
  }

  /** Resolves with Socket.IO's reason once the server or the network closed the socket. */
  async closed(limitMs = usualLimitMs): Promise<string> {
    if (!this.socket.connected) return 'closed before';
    return new Promise((resolve, reject) => {
      const timer = setTimeout(() => reject(new Error(`The socket was still open after ${limitMs} ms.`)), limitMs);
      this.socket.once('disconnect', (reason) => {
        clearTimeout(timer);
        resolve(reason);
      });
    });
  }

  /** Cuts the transport under the socket, as a lost network does. */
  cut(): void {
    this.socket.io.engine.close();
  }

  close(): void {
    this.socket.close();
  }

  async [Symbol.asyncDispose](): Promise<void> {
    this.close();
  }
}
