/**
 * How often one address, one user or one clinic may ask. Tells the state in the fields of
 * draft-ietf-httpapi-ratelimit-headers (`RateLimit`, `RateLimit-Policy`) with every answer, and when to come back
 * (`Retry-After`) with a refusal.
 */
import type { Request, Response } from 'express';
import { AppError } from '../errors.ts';
import { type Counters, memoryCounters } from '../limits/counters.ts';
import { addressBlock } from './address.ts';

export interface Policy {
  /** Named in the header fields. */
  name: string;
  /** So many requests … */
  quota: number;
  /** … in so many seconds. */
  window: number;
}

/** A clinic's people often share one address, so addresses get more than one user does. */
export const policies = {
  address: { name: 'address', quota: 3_000, window: 60 },
  user: { name: 'user', quota: 1_200, window: 60 },
  /** One clinic's users and API keys together: nobody's program may take the server from the other clinics. */
  tenant: { name: 'tenant', quota: 30_000, window: 60 },
  /** Every request to a sign-in route costs us a bcrypt: about 250 ms of a core. */
  auth: { name: 'auth', quota: 120, window: 60 },
  /** Tokens and keys that are not good: an office has some when they run out, a guesser nothing else. */
  refused: { name: 'credentials', quota: 300, window: 300 },
} as const satisfies Record<string, Policy>;

export type PolicyName = keyof typeof policies;
export type Take = readonly [policy: PolicyName, key: string];

export interface RateLimits {
  /** Counts one request under each policy and tells the tightest. Throws RATE_LIMITED when there were too many of any. */
  take(res: Response, ...takes: readonly Take[]): Promise<void>;
  /** Counts credentials of this address that were not good. */
  refused(address: string): Promise<void>;
  /** Throws RATE_LIMITED when this address has given too many of those, before another is looked at. */
  requireTrust(address: string, res: Response): Promise<void>;
}

export const noRateLimits: RateLimits = {
  take: async () => {},
  refused: async () => {},
  requireTrust: async () => {},
};

interface State {
  policy: Policy;
  used: number;
  msLeft: number;
}

export function createRateLimits(
  overrides: Partial<Record<PolicyName, Policy>> = {},
  counters: Counters = memoryCounters,
): RateLimits {
  const limiter = (name: PolicyName) => {
    const policy: Policy = { ...policies, ...overrides }[name];
    return { policy, counter: counters(`limit-${name}`, policy.window) };
  };
  const limiters = {
    address: limiter('address'),
    user: limiter('user'),
    tenant: limiter('tenant'),
    auth: limiter('auth'),
    refused: limiter('refused'),
  };
  return {
    async take(res, ...takes) {
      const states = await Promise.all(
        takes.map(async ([name, key]): Promise<State> => {
          const { policy, counter } = limiters[name];
          const { value, msLeft } = await counter.add(key);
          return { policy, used: value, msLeft };
        }),
      );
      const tightest = states.reduce<State | undefined>(
        (one, other) => (one && share(one) >= share(other) ? one : other),
        undefined,
      );
      if (tightest) judge(res, tightest);
    },
    async refused(address) {
      await limiters.refused.counter.add(address);
    },
    async requireTrust(address, res) {
      const { policy, counter } = limiters.refused;
      const found = await counter.read(address);
      // One too many is told as one that the quota has no room for.
      if (found && found.value >= policy.quota) judge(res, { policy, used: found.value + 1, msLeft: found.msLeft });
    },
  };
}

const share = ({ used, policy }: State): number => used / policy.quota;

/** The state that was looked at last is the one told: it is the narrower one. */
function judge(res: Response, { policy: { name, quota, window }, used, msLeft }: State): void {
  res.setHeader('RateLimit-Policy', `"${name}";q=${quota};w=${window}`);
  res.setHeader('RateLimit', `"${name}";r=${Math.max(0, quota - used)};t=${Math.ceil(msLeft / 1_000)}`);
  if (used > quota) throw new AppError('RATE_LIMITED', 'Wait before you try again.', { retryAfter: msLeft / 1_000 });
}

export function addressKey(req: Request): string {
  return addressBlock(req.ip ?? '');
}
