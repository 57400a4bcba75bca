/** The connection to Redis, where an operator has one. What is kept there may be lost: nothing but counters and news. */
import { Redis } from 'ioredis';
import type { Logger } from './logger.ts';

export interface RedisConnection {
  readonly client: Redis;
  /** Rejects when it does not answer. */
  ready(): Promise<void>;
  /** Idempotent. */
  close(): Promise<void>;
}

const longestPauseMs = 5_000;

/**
 * Connects in the background and again for ever, with growing pauses. While Redis is away every command fails at once, and
 * one line says so for each time that it goes.
 */
export function openRedis(url: string, logger: Logger): RedisConnection {
  const client = new Redis(url, {
    connectTimeout: 2_000,
    commandTimeout: 500,
    maxRetriesPerRequest: 0,
    enableOfflineQueue: false,
    autoResendUnfulfilledCommands: false,
    // What one turn of the event loop asks goes in one piece.
    enableAutoPipelining: true,
    connectionName: 'housecall',
    retryStrategy: (times) => Math.min(100 * 2 ** Math.min(times, 10), longestPauseMs),
  });
  let away = false;
  client.on('ready', () => {
    if (away) logger.info('Redis is there again');
    away = false;
  });
  client.on('error', (error: Error) => {
    if (!away) logger.warn({ err: error }, 'Redis is not there: limits count in memory until it is');
    away = true;
  });
  return {
    client,
    async ready() {
      await client.ping();
    },
    async close() {
      if (client.status === 'ready') await client.quit().catch(() => client.disconnect());
      else client.disconnect();
    },
  };
}
