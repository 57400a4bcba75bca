/** Passwords: what they must have, and bcrypt, which works outside the event loop. */
import { hash, verify } from '@node-rs/bcrypt';
import { randomSecret } from '../../platform/crypto.ts';

/** bcrypt reads no further than 72 bytes; a longer password would be weaker than it looks. */
export const maxPasswordBytes = 72;

export interface Passwords {
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
  return {
    hash: (password) => bcrypt.hash(password, { cost }),
    async verify(password, stored) {
      nobody ??= bcrypt.hash(randomSecret().toString('base64'), { cost });
      const right = await bcrypt.verify(password, stored ?? (await nobody));
      return right && stored !== undefined && byteLength(password) <= maxPasswordBytes;
    },
  };
}

/** What the password lacks, in words; empty when it will do. */
export function passwordFaults(password: string, email: string): string[] {
  const rules: [boolean, string][] = [
    [Array.from(password).length >= 8, 'Must have at least 8 characters'],
    [byteLength(password) <= maxPasswordBytes, `Must have at most ${maxPasswordBytes} bytes`],
    [/\p{Lu}/u.test(password), 'Must have an upper case letter'],
    [/\p{Ll}/u.test(password), 'Must have a lower case letter'],
    [/\p{Nd}/u.test(password), 'Must have a digit'],
    [/[^\p{L}\p{M}\p{N}]/u.test(password), 'Must have a character that is neither letter nor digit'],
    [password.toLowerCase() !== email.toLowerCase(), 'Must not be the e-mail address'],
  ];
  return rules.flatMap(([kept, message]) => (kept ? [] : [message]));
}

function byteLength(text: string): number {
  return Buffer.byteLength(text, 'utf8');
}
