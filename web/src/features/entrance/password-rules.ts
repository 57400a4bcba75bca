/** What a password needs, as the server asks for it (src/identity/auth/schema.ts); whether it is too common, it alone knows. Pure. */

export interface PasswordOwner {
  email?: string | undefined;
  displayName?: string | undefined;
}

export const passwordRules = ['length', 'upper', 'lower', 'digit', 'symbol', 'notYou'] as const;
export type PasswordRule = (typeof passwordRules)[number];

/** bcrypt reads no further. */
const maxBytes = 72;

const fold = (text: string) => text.normalize('NFKC').toLowerCase();

function isOf(password: string, { email = '', displayName = '' }: PasswordOwner): boolean {
  const names = [email, email.slice(0, email.lastIndexOf('@')), displayName].map((name) => fold(name).trim());
  return names.some((name) => name !== '' && name === fold(password));
}

/** The rules that it keeps. */
export function keptRules(password: string, owner: PasswordOwner): ReadonlySet<PasswordRule> {
  const kept: Record<PasswordRule, boolean> = {
    length: Array.from(password).length >= 8,
    upper: /\p{Lu}/u.test(password),
    lower: /\p{Ll}/u.test(password),
    digit: /\p{Nd}/u.test(password),
    symbol: /[^\p{L}\p{M}\p{N}]/u.test(password),
    notYou: password !== '' && !isOf(password, owner),
  };
  return new Set(passwordRules.filter((rule) => kept[rule]));
}

/** Longer than what would be looked at. */
export function isTooLong(password: string): boolean {
  return new TextEncoder().encode(password).length > maxBytes;
}

export function isGoodEnough(password: string, owner: PasswordOwner): boolean {
  return keptRules(password, owner).size === passwordRules.length && !isTooLong(password);
}
