/** What several processes share through Redis, where an operator has one: what they count, and the live rooms. */
import type { ClusterWay } from '../signaling/cluster/cluster.ts';
import type { Config } from './platform/config.ts';
import type { Lifecycle } from './platform/lifecycle.ts';
import type { Logger } from './platform/logger.ts';
import { openRedis, type RedisConnection } from './platform/redis.ts';
import { createSealer } from './platform/sealer.ts';

interface Base {
  config: Config;
  logger: Logger;
  lifecycle: Lifecycle;
}

/** Undefined where none is configured. */
export function openSharedRedis({ config, logger, lifecycle }: Base): RedisConnection | undefined {
  if (config.redis === undefined) return undefined;
  const redis = openRedis(config.redis, logger);
  lifecycle.onStop('redis', () => redis.close());
  return redis;
}

export interface ClusterGround {
  redis: RedisConnection | undefined;
  /** The database serves one process. */
  alone: boolean;
  encryptionKey: string;
}

/** The way to the other nodes; undefined where there can be none. */
export function openCluster(
  { lifecycle }: Pick<Base, 'lifecycle'>,
  { redis, alone, encryptionKey }: ClusterGround,
): ClusterWay | undefined {
  if (!redis || alone) return undefined;
  const listener = redis.listener();
  lifecycle.onStop('redis listener', () => listener.close());
  return { publisher: redis.client, listener, sealer: createSealer(encryptionKey, 'between nodes') };
}
