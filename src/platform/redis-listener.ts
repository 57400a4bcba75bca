/**
 * Hears what is published on channels (SSUBSCRIBE, Redis 7) over a connection of its own, which Redis allows nothing else,
 * and which is made again for ever. In a Redis Cluster it is a connection to the master of the channels, which have to lie in
 * one slot. Not ioredis' own subscribers of shards: with a master away they try again without a pause.
 */
import { Redis } from 'ioredis';
import type { Logger } from './logger.ts';

export interface ChannelEars {
  message(channel: string, message: Buffer): void;
  /** All channels are heard from now on, for the first time or again. */
  listening(): void;
  /** From now on something may be missed, until `listening`. */
  deaf(): void;
}

export interface RedisListenerDeps {
  /** Address of the Redis where that channel is published. */
  place(channel: string): Promise<string>;
  logger: Logger;
}

const firstPauseMs = 100;
const longestPauseMs = 1_000;

export class RedisListener {
  readonly #deps: RedisListenerDeps;
  #ears: ChannelEars | undefined;
  #channels: readonly string[] = [];
  #client: Redis | undefined;
  #retry: NodeJS.Timeout | undefined;
  #pauseMs = firstPauseMs;
  #connecting: Promise<void> | undefined;
  #closed = false;

  constructor(deps: RedisListenerDeps) {
    this.#deps = deps;
  }

  /** Connects in the background. */
  open(channels: readonly string[], ears: ChannelEars): void {
    this.#channels = channels;
    this.#ears = ears;
    this.#connect();
  }

  /** Hears `channels` and no others from now on; what they have in common is heard without a break. */
  async change(channels: readonly string[]): Promise<void> {
    const before = this.#channels;
    this.#channels = channels;
    const client = this.#client;
    // Whoever is only just connecting takes the new ones.
    if (client?.status !== 'ready') return;
    const gone = before.filter((channel) => !channels.includes(channel));
    const come = channels.filter((channel) => !before.includes(channel));
    try {
      if (come.length > 0) await client.ssubscribe(...come);
      if (gone.length > 0) await client.sunsubscribe(...gone);
    } catch {
      client.disconnect();
    }
  }

  /** The connection only looks as if it were one: another is made. */
  renew(): void {
    this.#client?.disconnect();
  }

  /** Idempotent. */
  async close(): Promise<void> {
    this.#closed = true;
    clearTimeout(this.#retry);
    this.#client?.disconnect();
    await this.#connecting;
  }

  #connect(): void {
    if (this.#closed || this.#connecting) return;
    this.#connecting = this.#listen()
      .catch((error: unknown) => this.#failed(error))
      .finally(() => {
        this.#connecting = undefined;
      });
  }

  async #listen(): Promise<void> {
    const [first = ''] = this.#channels;
    const url = await this.#deps.place(first);
    if (this.#closed) return;
    const client = new Redis(url, {
      lazyConnect: true,
      connectTimeout: 2_000,
      commandTimeout: 2_000,
      maxRetriesPerRequest: 0,
      autoResubscribe: false,
      connectionName: 'housecall-listener',
      retryStrategy: () => null,
    });
    this.#client = client;
    // Why is heard where it is waited for.
    client.on('error', () => undefined);
    client.once('end', () => this.#lost(client));
    // The slot is another master's now.
    client.on('moved', () => client.disconnect());
    client.on('smessageBuffer', (channel: Buffer, message: Buffer) => this.#ears?.message(channel.toString(), message));
    try {
      await client.connect();
      await this.#subscribe(client);
    } catch (error) {
      client.disconnect();
      throw error;
    }
    this.#pauseMs = firstPauseMs;
    this.#ears?.listening();
  }

  /** They may be others by the time of the answer. */
  async #subscribe(client: Redis): Promise<void> {
    for (let asked: readonly string[] = []; asked !== this.#channels; ) {
      asked = this.#channels;
      await client.ssubscribe(...asked);
    }
  }

  #failed(error: unknown): void {
    // The connection for all else says in the log when Redis is away; this may be one that is too old.
    const isRefused = error instanceof Error && error.name === 'ReplyError';
    const { logger } = this.#deps;
    if (isRefused) logger.warn({ err: error }, 'other nodes are not heard: Redis 7 or newer is needed, and SSUBSCRIBE');
    else logger.debug({ err: error }, 'nothing is heard from Redis');
    this.#again();
  }

  /** Once for each connection, whichever way it was lost. */
  #lost(client: Redis): void {
    if (this.#client !== client) return;
    this.#client = undefined;
    client.removeAllListeners('smessageBuffer');
    this.#ears?.deaf();
    this.#again();
  }

  #again(): void {
    if (this.#closed) return;
    clearTimeout(this.#retry);
    this.#retry = setTimeout(() => (this.#connecting ? this.#again() : this.#connect()), this.#pauseMs).unref();
    this.#pauseMs = Math.min(this.#pauseMs * 2, longestPauseMs);
  }
}
