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

/** A connection for nothing but hearing what is published. What is subscribed to while Redis is away is so from its return on. */
export function openRedisListener(url: string, logger: Logger): RedisConnection {
  const client = new Redis(url, {
    connectTimeout: 2_000,
    maxRetriesPerRequest: null,
    connectionName: 'housecall-listener',
    retryStrategy: pauseBefore,
  });
  // The other connection says in the log what is the matter.
  client.on('error', (error: Error) => logger.debug({ err: error }, 'nothing is heard from Redis'));
  return connection(client);
}

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
    retryStrategy: pauseBefore,
  });
  let away = false;
  client.on('ready', () => {
    if (away) logger.info('Redis is there again');
    away = false;
  });
  client.on('error', (error: Error) => {
    if (!away)
      logger.warn(
        { err: error },
        'Redis is not there: limits count in memory until it is, and other nodes are not heard',
      );
    away = true;
  });
  return connection(client);
}

const pauseBefore = (times: number): number => Math.min(100 * 2 ** Math.min(times, 10), longestPauseMs);

function connection(client: Redis): RedisConnection {
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
