/** Remembers which access tokens were found good: one token comes with hundreds of requests, and verifying costs more than most of them. */
import { type Clock, systemClock } from '../../platform/clock.ts';
import type { VerifyAccess } from '../../platform/http/authenticate.ts';

/**
 * `verify` for signed tokens, whose answer stays the same until they run out. What can end earlier is asked behind this,
 * each time: revocations, accounts. Of many tokens the ones that were remembered longest ago are verified anew.
 */
export function rememberVerified(
  verify: VerifyAccess,
  { most = 10_000, clock = systemClock }: { most?: number; clock?: Clock } = {},
): VerifyAccess {
  const known = new Map<string, Awaited<ReturnType<VerifyAccess>>>();
  return async (token) => {
    const found = known.get(token);
    if (found && found.expiresAt > clock.now()) return found;
    known.delete(token);
    const actor = await verify(token);
    const [oldest] = known.keys();
    if (known.size >= most && oldest !== undefined) known.delete(oldest);
    known.set(token, actor);
    return actor;
  };
}
