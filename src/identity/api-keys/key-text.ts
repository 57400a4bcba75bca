/** API keys as their holders write them: `hck_<prefix>_<secret>`. The prefix finds the key and may be shown, the secret is told once. */
import { randomSecret, sha256 } from '../../platform/crypto.ts';

const form = /^hck_([a-z0-9]{12})_[A-Za-z0-9_-]{43}$/;

export interface KeyRef {
  prefix: string;
  /** SHA-256 of the whole key, which holds 256 bits of chance and needs no slow hash. */
  hash: Buffer<ArrayBuffer>;
}

export function makeKey(): KeyRef & { key: string } {
  const prefix = randomSecret(6).toString('hex');
  const key = `hck_${prefix}_${randomSecret(32).toString('base64url')}`;
  return { key, prefix, hash: sha256(key) };
}

/** Undefined when the text is not of our form. */
export function readKey(text: string): KeyRef | undefined {
  const prefix = form.exec(text)?.[1];
  return prefix === undefined ? undefined : { prefix, hash: sha256(text) };
}
