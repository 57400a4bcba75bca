/** Counts by key that forget themselves: in this process, or in Redis for all processes together. */
import type { Cluster, Redis } from 'ioredis';
import { type RateLimiterAbstract, RateLimiterMemory, RateLimiterRedis, RateLimiterRes } from 'rate-limiter-flexible';

/** What one key has come to. */
export interface Count {
  /** Together with what was just added. */
  value: number;
  /** Milliseconds until it is forgotten. */
  msLeft: number;
}

export interface Counter {
  /** Adds one; a key is forgotten `seconds` (the counter's own unless given) after its first. */
  add(key: string, seconds?: number): Promise<Count>;
  /** Takes one away again. */
  takeBack(key: string): Promise<void>;
  /** Undefined for what was never counted, or is forgotten. */
  read(key: string): Promise<Count | undefined>;
  /** Marks the key for so many seconds from now. */
  mark(key: string, seconds: number): Promise<void>;
  forget(key: string): Promise<void>;
}

/** Makes a counter of that name; the same name means the same counts wherever they are shared. */
export type Counters = (name: string, seconds: number) => Counter;

/** Never reached: whoever counts decides what is too many. */
const points = Number.MAX_SAFE_INTEGER;

export const memoryCounters: Counters = (name, seconds) =>
  counterOn(new RateLimiterMemory({ keyPrefix: name, points, duration: seconds }));

/** While Redis is away, this process counts for itself. */
export function redisCounters(client: Redis | Cluster): Counters {
  return (name, seconds) =>
    counterOn(
      new RateLimiterRedis({
        storeClient: client,
        rejectIfRedisNotReady: true,
        keyPrefix: `housecall:${name}`,
        points,
        duration: seconds,
        insuranceLimiter: new RateLimiterMemory({ keyPrefix: name, points, duration: seconds }),
      }),
    );
}

function counterOn(limiter: RateLimiterAbstract): Counter {
  return {
    add: async (key, seconds) =>
      countOf(await limiter.consume(key, 1, seconds === undefined ? {} : { customDuration: seconds })),
    takeBack: async (key) => {
      await limiter.reward(key);
    },
    read: async (key) => {
      const found = await limiter.get(key);
      return found instanceof RateLimiterRes && found.consumedPoints > 0 ? countOf(found) : undefined;
    },
    mark: async (key, seconds) => {
      await limiter.set(key, 1, seconds);
    },
    forget: async (key) => {
      await limiter.delete(key);
    },
  };
}

function countOf({ consumedPoints, msBeforeNext }: RateLimiterRes): Count {
  return { value: consumedPoints, msLeft: Math.max(0, msBeforeNext) };
}
