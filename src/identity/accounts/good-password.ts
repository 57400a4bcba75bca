/** Whether a password will do: the rules that can be written down, and whether it is guessed too easily. */
import { AppError } from '../../platform/errors.ts';
import { maxPasswordBytes, type PasswordOwner, passwordFaults } from '../auth/schema.ts';
import type { PasswordStrength } from './strength-meter.ts';

/** A hundred million guesses: what zxcvbn calls safely unguessable as long as sign-ins are slowed down. */
const leastGuessesLog10 = 8;

export interface PasswordAbout extends PasswordOwner {
  /** The clinic's names: everybody there would try them. */
  clinic: readonly string[];
  /** The field that the password came in. */
  path?: string;
}

/** Throws INVALID_INPUT with all that it lacks. */
export async function requireGoodPassword(
  strength: PasswordStrength,
  password: string,
  { clinic, path = 'password', ...owner }: PasswordAbout,
): Promise<void> {
  const broken = passwordFaults(password, owner);
  // Judged only as far as bcrypt will read it.
  const isBounded = Buffer.byteLength(password, 'utf8') <= maxPasswordBytes;
  const messages = broken.length === 0 && isBounded ? await weakness(strength, password, owner, clinic) : broken;
  if (messages.length === 0) return;
  throw new AppError('INVALID_INPUT', 'Choose another password.', {
    faults: messages.map((message) => ({ path, message })),
  });
}

async function weakness(
  strength: PasswordStrength,
  password: string,
  { email, displayName }: PasswordOwner,
  clinic: readonly string[],
): Promise<string[]> {
  const known = [email, email.slice(0, email.lastIndexOf('@')), displayName, ...clinic];
  const { guessesLog10, reasons } = await strength.judge(password, knownWords(known));
  if (guessesLog10 >= leastGuessesLog10) return [];
  return [['Is too easy to guess.', ...reasons].join(' ')];
}

/** Whole and in words of at least three letters, few enough to be quick. */
export function knownWords(texts: readonly string[]): string[] {
  const words = texts.flatMap((text) => {
    const short = text.slice(0, 254);
    return [short, ...short.split(/[^\p{L}\p{N}]+/u)];
  });
  return [...new Set(words.map((word) => word.toLowerCase()).filter((word) => word.length >= 3))].slice(0, 50);
}
