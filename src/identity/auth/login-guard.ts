/** Slows down who guesses passwords: so many failures for one account from one address, then a pause. */
import { RateLimiterMemory, RateLimiterRes } from 'rate-limiter-flexible';
import { sha256 } from '../../platform/crypto.ts';
import { AppError } from '../../platform/errors.ts';

export interface LoginGuard {
  /** Counts an attempt before it is made, so that many at once count too. Throws RATE_LIMITED when there were too many. */
  attempt(email: string, address: string): Promise<void>;
  /** The attempt was right: forgets the failures before it. */
  succeeded(email: string, address: string): Promise<void>;
}

export const noLoginGuard: LoginGuard = { attempt: async () => {}, succeeded: async () => {} };

/**
 * The address is part of the key, so that nobody can lock somebody else out. `failures` within `window` seconds are let
 * through. Keys are hashes: no e-mail address is kept.
 */
export function createLoginGuard({ failures = 10, window = 15 * 60 } = {}): LoginGuard {
  const counter = new RateLimiterMemory({ points: failures, duration: window, keyPrefix: 'login' });
  return {
    async attempt(email, address) {
      try {
        await counter.consume(keyOf(email, address));
      } catch (refusal) {
        if (!(refusal instanceof RateLimiterRes)) throw refusal;
        const options = { retryAfter: refusal.msBeforeNext / 1_000 };
        throw new AppError('RATE_LIMITED', 'Too many wrong passwords. Wait before you try again.', options);
      }
    },
    async succeeded(email, address) {
      await counter.delete(keyOf(email, address));
    },
  };
}

function keyOf(email: string, address: string): string {
  return sha256(`${email.toLowerCase()}\n${address}`).toString('base64url');
}
