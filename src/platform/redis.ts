/** The connection to Redis, where an operator has one. What is kept there may be lost: nothing but counters and news. */
import { Cluster, Redis } from 'ioredis';
import type { Logger } from './logger.ts';
import { RedisListener } from './redis-listener.ts';

/** Where Redis is: one server, or servers of one Redis Cluster, which name the rest. */
export interface RedisPlace {
  urls: readonly string[];
  isCluster: boolean;
}

export interface RedisConnection {
  readonly client: Redis | Cluster;
  /** Another connection, to hear what is published. */
  listener(): RedisListener;
  /** Rejects when it does not answer. */
  ready(): Promise<void>;
  /** Idempotent. */
  close(): Promise<void>;
}

const longestPauseMs = 5_000;

const connectionOptions = {
  connectTimeout: 2_000,
  commandTimeout: 500,
  // A connection that only looks open, as after a cut in the network, is made anew.
  socketTimeout: 2_000,
  maxRetriesPerRequest: 0,
  autoResendUnfulfilledCommands: false,
  connectionName: 'housecall',
};

/** What one node says to another is gathered before (signaling/cluster/sender.ts), and is not to wait for an answer to the last. */
const whatGoesAlone = ['spublish'];

/**
 * Connects in the background and again for ever, with growing pauses. While Redis is away every command fails at once, and
 * one line says so for each time that it goes.
 */
export function openRedis(place: RedisPlace, logger: Logger): RedisConnection {
  const client = place.isCluster ? openMany(place.urls) : openOne(place.urls);
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
  const find = client instanceof Cluster ? masters(client, place.urls) : async () => firstOf(place.urls);
  return {
    client,
    listener: () => new RedisListener({ place: find, logger }),
    async ready() {
      await client.ping();
    },
    async close() {
      if (client.status === 'ready') await client.quit().catch(() => client.disconnect());
      else client.disconnect();
    },
  };
}

const pauseBefore = (times: number): number => Math.min(100 * 2 ** Math.min(times, 10), longestPauseMs);

function openOne(urls: readonly string[]): Redis {
  return new Redis(firstOf(urls), {
    ...connectionOptions,
    enableOfflineQueue: false,
    // What one turn of the event loop asks goes in one piece.
    enableAutoPipelining: true,
    autoPipeliningIgnoredCommands: whatGoesAlone,
    retryStrategy: pauseBefore,
  });
}

function openMany(urls: readonly string[]): Cluster {
  const { username, password, protocol } = new URL(firstOf(urls));
  return new Cluster([...urls], {
    enableOfflineQueue: false,
    enableAutoPipelining: true,
    autoPipeliningIgnoredCommands: whatGoesAlone,
    clusterRetryStrategy: pauseBefore,
    // A command whose master is away fails soon, like all others then.
    maxRedirections: 3,
    redisOptions: {
      ...connectionOptions,
      ...(username && { username: decodeURIComponent(username) }),
      ...(password && { password: decodeURIComponent(password) }),
      ...(protocol === 'rediss:' && { tls: {} }),
    },
  });
}

/** The master of a channel's slot, as the cluster says when it is asked; rejects when it cannot be. */
function masters(client: Cluster, urls: readonly string[]): (channel: string) => Promise<string> {
  return async (channel) => {
    const [slot, ranges] = await Promise.all([client.cluster('KEYSLOT', channel), client.cluster('SLOTS')]);
    const range = ranges.find(([from, to]) => from <= slot && slot <= to);
    const master = range?.[2];
    if (!master) throw new Error('No master has the slot of the nodes’ channels.');
    const [host, port] = master;
    // Its login and protocol are those of all.
    const { protocol, username, password } = new URL(firstOf(urls));
    const login = username || password ? `${username}:${password}@` : '';
    return `${protocol}//${login}${host.includes(':') ? `[${host}]` : host}:${port}`;
  };
}

function firstOf([url]: readonly string[]): string {
  if (url === undefined) throw new Error('No address of Redis.');
  return url;
}
