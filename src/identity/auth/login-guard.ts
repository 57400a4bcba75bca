/**
 * Slows down who guesses passwords. Pauses belong to an account and an address together, so that nobody can lock
 * somebody else out for good: whatever others try from elsewhere, each address keeps one try a pause, and an address from
 * which the right password has come lately does not feel what others do at all.
 */
import { sha256 } from '../../platform/crypto.ts';
import { AppError } from '../../platform/errors.ts';
import { addressBlock } from '../../platform/http/address.ts';
import { type Counters, memoryCounters } from '../../platform/limits/counters.ts';

export interface LoginGuard {
  /** Counts an attempt before it is made, so that many at once count too. Throws RATE_LIMITED when there were too many. */
  attempt(email: string, address: string): Promise<void>;
  /** The attempt was right: forgets the failures before it. */
  succeeded(email: string, address: string): Promise<void>;
}

export const noLoginGuard: LoginGuard = { attempt: async () => {}, succeeded: async () => {} };

export interface GuardRules {
  /** Failures of one account from one address before it has to pause. */
  failures: number;
  /** Failures of one account from all addresses together, before addresses that it does not know pause after each. */
  ofAccount: number;
  /** Failures from one address, whichever the account, before accounts that do not know it pause after each. */
  ofAddress: number;
  /** Seconds; each further failure doubles the pause. */
  firstPause: number;
  longestPause: number;
}

const usual: GuardRules = { failures: 10, ofAccount: 50, ofAddress: 100, firstPause: 30, longestPause: 15 * 60 };

const hour = 3_600;
const memory = { pair: 24 * hour, account: 24 * hour, address: hour, known: 14 * 24 * hour };

/** Keys are hashes: no e-mail address is kept. */
export function createLoginGuard(rules: Partial<GuardRules> = {}, counters: Counters = memoryCounters): LoginGuard {
  const { failures, ofAccount, ofAddress, ...pauses } = { ...usual, ...rules };
  const counts = {
    pair: counters('login-pair', memory.pair),
    account: counters('login-account', memory.account),
    address: counters('login-address', memory.address),
    known: counters('login-known', memory.known),
    pause: counters('login-pause', pauses.longestPause),
  };

  /** The smallest number of failures beyond what is free, by which the next pause is reckoned; below 1 none is due. */
  const strain = (ofPair: number, inAll: { account: number; address: number }, isKnown: boolean): number => {
    const own = ofPair - failures + 1;
    if (isKnown) return own;
    const times = Math.max(inAll.account / ofAccount, inAll.address / ofAddress);
    return times > 1 ? Math.max(own, ofPair + Math.floor(Math.log2(times))) : own;
  };

  return {
    async attempt(email, address) {
      const keys = keysOf(email, address);
      const [pair, account, from, known] = await Promise.all([
        counts.pair.add(keys.pair),
        counts.account.add(keys.account),
        counts.address.add(keys.address),
        counts.known.read(keys.pair),
      ]);
      const over = strain(pair.value, { account: account.value, address: from.value }, known !== undefined);
      if (over < 1) return;
      // Whoever is first takes the pause's one try, however many come at once.
      const { value, msLeft } = await counts.pause.add(keys.pair, pauseOf(over, pauses));
      if (value === 1) return;
      await takeBack(keys);
      throw new AppError('RATE_LIMITED', 'Too many wrong passwords. Wait before you try again.', {
        retryAfter: msLeft / 1_000,
      });
    },
    async succeeded(email, address) {
      const keys = keysOf(email, address);
      await Promise.all([
        counts.pair.forget(keys.pair),
        counts.pause.forget(keys.pair),
        counts.account.takeBack(keys.account),
        counts.address.takeBack(keys.address),
        counts.known.mark(keys.pair, memory.known),
      ]);
    },
  };

  /** An attempt that was not made is no failure. */
  async function takeBack(keys: Keys): Promise<void> {
    await Promise.all([
      counts.pair.takeBack(keys.pair),
      counts.account.takeBack(keys.account),
      counts.address.takeBack(keys.address),
    ]);
  }
}

/** Seconds. */
function pauseOf(over: number, { firstPause, longestPause }: Pick<GuardRules, 'firstPause' | 'longestPause'>): number {
  return Math.min(firstPause * 2 ** Math.min(over - 1, 20), longestPause);
}

interface Keys {
  pair: string;
  account: string;
  address: string;
}

function keysOf(email: string, from: string): Keys {
  const [account, address] = [folded(email), addressBlock(from)];
  return { pair: hashed(`${account}\n${address}`), account: hashed(account), address: hashed(address) };
}

/** No finer than citext, which finds the account: for PostgreSQL a capital I with a dot is an i, for JavaScript i and a dot. */
function folded(email: string): string {
  return email.trim().toLowerCase().replaceAll('i\u0307', 'i');
}

function hashed(text: string): string {
  return sha256(text).toString('base64url');
}
