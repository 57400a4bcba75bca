/** The public keys of a portal, fetched from where the configuration says and nowhere else. */
import { createRemoteJWKSet, customFetch, errors, type JWTVerifyGetKey } from 'jose';
import { AppError } from '../../platform/errors.ts';
import { tracedFetch } from '../../platform/telemetry/outgoing.ts';

const timeoutMs = 3_000;
/** How soon a key that is not known may be asked for again, after an answer. */
const cooldownMs = 30_000;
/** How long keys are believed without asking: so long a key that the portal took back may still count. */
const maxAgeMs = 10 * 60_000;
const longestPauseMs = 30_000;

/**
 * Chooses a key by the token's `kid` and `alg`. Throws UNAVAILABLE when the keys cannot be had: then only tokens of this
 * portal wait, and after a failure nobody asks it again for a moment.
 */
export function portalKeys(jwksUri: string, call: typeof fetch = fetch): JWTVerifyGetKey {
  const breaker = createBreaker(tracedFetch('portal-keys', call));
  const jwks = createRemoteJWKSet(new URL(jwksUri), {
    timeoutDuration: timeoutMs,
    cooldownDuration: cooldownMs,
    cacheMaxAge: maxAgeMs,
    [customFetch]: (url, options) => breaker.fetch(url, options),
  });
  return async (header, token) => {
    try {
      return await jwks(header, token);
    } catch (cause) {
      if (isFaultOfToken(cause)) throw cause;
      throw new AppError('UNAVAILABLE', 'The keys of this sign-in service cannot be had just now. Try again.', {
        cause,
        retryAfter: breaker.secondsLeft(),
      });
    }
  };
}

function isFaultOfToken(error: unknown): boolean {
  return (
    error instanceof errors.JWKSNoMatchingKey ||
    error instanceof errors.JWKSMultipleMatchingKeys ||
    error instanceof errors.JOSENotSupported
  );
}

/** After each failure in a row it refuses for twice as long, with jitter, so that nobody hammers a portal that is down. */
function createBreaker(call: typeof fetch) {
  let failures = 0;
  let opensAt = 0;
  const failed = () => {
    failures += 1;
    const pause = Math.min(500 * 2 ** failures, longestPauseMs);
    opensAt = performance.now() + pause * (0.5 + Math.random() / 2);
  };
  return {
    secondsLeft: () => Math.max(1, (opensAt - performance.now()) / 1_000),
    fetch: async (...asked: Parameters<typeof fetch>): Promise<Response> => {
      if (performance.now() < opensAt) throw new Error('The keys could not be had a moment ago.');
      try {
        const answer = await call(...asked);
        if (answer.status === 200) failures = 0;
        else failed();
        return answer;
      } catch (error) {
        failed();
        throw error;
      }
    },
  };
}
