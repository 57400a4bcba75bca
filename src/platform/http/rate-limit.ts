/**
 * How often one address or one user may ask. Tells the state in the fields of draft-ietf-httpapi-ratelimit-headers
 * (`RateLimit`, `RateLimit-Policy`) with every answer, and when to come back (`Retry-After`) with a refusal.
 */
import type { Request, Response } from 'express';
import { RateLimiterMemory, RateLimiterRes } from 'rate-limiter-flexible';
import { AppError } from '../errors.ts';
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
  /** Every request to a sign-in route costs us a bcrypt: about 250 ms of a core. */
  auth: { name: 'auth', quota: 120, window: 60 },
} as const satisfies Record<string, Policy>;

export type PolicyName = keyof typeof policies;

export interface RateLimits {
  /** Counts one request. Throws RATE_LIMITED when there were too many. */
  take(policy: PolicyName, key: string, res: Response): Promise<void>;
}

export const noRateLimits: RateLimits = { take: async () => {} };

export function createRateLimits(overrides: Partial<Record<PolicyName, Policy>> = {}): RateLimits {
  const chosen = Object.entries({ ...policies, ...overrides }).map(([name, policy]) => {
    const counter = new RateLimiterMemory({ points: policy.quota, duration: policy.window, keyPrefix: name });
    return [name as PolicyName, { policy, counter }] as const;
  });
  const limiters = new Map(chosen);
  return {
    async take(name, key, res) {
      const limiter = limiters.get(name);
      if (!limiter) return;
      const { policy, counter } = limiter;
      const state = await counter.consume(key).catch((refusal: unknown) => {
        if (refusal instanceof RateLimiterRes) return refusal;
        throw refusal;
      });
      tell(res, policy, state);
      if (state.consumedPoints > policy.quota) {
        throw new AppError('RATE_LIMITED', 'Wait before you try again.', { retryAfter: state.msBeforeNext / 1_000 });
      }
    },
  };
}

/** The policy that was looked at last is the one told: it is the narrower one. */
function tell(res: Response, { name, quota, window }: Policy, state: RateLimiterRes): void {
  res.setHeader('RateLimit-Policy', `"${name}";q=${quota};w=${window}`);
  res.setHeader('RateLimit', `"${name}";r=${state.remainingPoints};t=${Math.ceil(state.msBeforeNext / 1_000)}`);
}

export function addressKey(req: Request): string {
  return addressBlock(req.ip ?? '');
}
