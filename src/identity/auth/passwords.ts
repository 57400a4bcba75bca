/** Keeping and comparing passwords by bcrypt, which works outside the event loop. */
import { hash, verify } from '@node-rs/bcrypt';
import { randomSecret } from '../../platform/crypto.ts';
import { maxPasswordBytes } from './schema.ts';

export interface Passwords {
  /** Throws RATE_LIMITED when too many wait for bcrypt already: ask before a sign-in costs anything else. */
  requireRoom(): void;
  hash(password: string): Promise<string>;
  /**
   * Whether the password belongs to the hash. Costs one bcrypt in every case, also with no hash at all or an impossible
   * password, so that the time taken does not tell who has an account.
   */
  verify(password: string, hash: string | undefined): Promise<boolean>;
}

/** bcrypt itself, so that a test can count. */
export interface Bcrypt {
  hash(password: string, options: { cost: number }): Promise<string>;
  verify(password: string, hash: string): Promise<boolean>;
  /** As in `Passwords`; without it there is always room. */
  requireRoom?(): void;
}

/** `cost` is the binary logarithm of the rounds: 12 takes about 250 ms of a core. */
export function createPasswords({
  cost = 12,
  bcrypt = { hash, verify },
}: {
  cost?: number;
  bcrypt?: Bcrypt;
} = {}): Passwords {
  let nobody: Promise<string> | undefined;
  const hashOfNobody = () => {
    nobody ??= bcrypt.hash(randomSecret().toString('base64'), { cost }).catch((error: unknown) => {
      nobody = undefined;
      throw error;
    });
    return nobody;
  };
  return {
    requireRoom: () => bcrypt.requireRoom?.(),
    hash: (password) => bcrypt.hash(password, { cost }),
    async verify(password, stored) {
      const right = await bcrypt.verify(password, stored ?? (await hashOfNobody()));
      return right && stored !== undefined && Buffer.byteLength(password, 'utf8') <= maxPasswordBytes;
    },
  };
}
