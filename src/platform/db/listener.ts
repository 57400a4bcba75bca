/** Hears what PostgreSQL's NOTIFY says on one channel, over a connection of its own that comes back when it is lost. */
import { Client, type Pool } from 'pg';
import type { Logger } from '../logger.ts';

export interface ListenerDeps {
  /** Whose database; none of its connections is taken. */
  pool: Pool;
  /** A name of ours: it becomes part of a statement. */
  channel: string;
  logger: Logger;
  onPayload(payload: string): void;
  /** It listens, for the first time or again: what was said before has to be read elsewhere. */
  onListening(): void;
}

const firstPauseMs = 100;
const longestPauseMs = 5_000;

export class Listener {
  readonly #deps: ListenerDeps;
  #client: Client | undefined;
  #retry: NodeJS.Timeout | undefined;
  #pauseMs = firstPauseMs;
  #connecting: Promise<void> | undefined;
  #closed = false;

  constructor(deps: ListenerDeps) {
    this.#deps = deps;
  }

  /** Resolves after the first try, whether or not it listens then: it goes on trying. */
  async start(): Promise<void> {
    await (this.#connecting ??= this.#connect().finally(() => {
      this.#connecting = undefined;
    }));
  }

  /** Idempotent. */
  async close(): Promise<void> {
    this.#closed = true;
    clearTimeout(this.#retry);
    await this.#connecting;
    await this.#client?.end().catch(() => undefined);
  }

  async #connect(): Promise<void> {
    const { pool, channel, logger, onPayload, onListening } = this.#deps;
    const { connectionString, ssl } = pool.options;
    const client = new Client({
      ...(connectionString !== undefined && { connectionString }),
      ...(ssl !== undefined && { ssl }),
      application_name: `housecall-listen-${channel}`,
      connectionTimeoutMillis: 5_000,
      keepAlive: true,
      keepAliveInitialDelayMillis: 10_000,
    });
    client.on('notification', ({ payload }) => onPayload(payload ?? ''));
    client.on('error', () => undefined);
    client.once('end', () => this.#lost(client));
    this.#client = client;
    try {
      await client.connect();
      await client.query(`listen ${client.escapeIdentifier(channel)}`);
      this.#pauseMs = firstPauseMs;
      onListening();
    } catch (error) {
      logger.warn({ err: error, channel }, 'cannot listen to the database now, trying again');
      client.end().catch(() => undefined);
      this.#lost(client);
    }
  }

  /** Once for each connection, whichever way it was lost. */
  #lost(client: Client): void {
    if (this.#client !== client) return;
    this.#client = undefined;
    if (this.#closed) return;
    this.#retry = setTimeout(() => void this.start(), this.#pauseMs).unref();
    this.#pauseMs = Math.min(this.#pauseMs * 2, longestPauseMs);
  }
}
