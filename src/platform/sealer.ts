/**
 * Sealing: what is kept in the database and must not be read from a copy of it, such as the secret of a second factor or
 * a mail that waits. AES-256-GCM (NIST SP 800-38D) under a key derived by HKDF (RFC 5869) for one named purpose.
 */
import { createCipheriv, createDecipheriv, createSecretKey, hkdfSync, type KeyObject, randomBytes } from 'node:crypto';
import { sameBytes, sha256 } from './crypto.ts';

export interface Sealer {
  /** Names the key that seals now. */
  readonly present: string;
  /** `context` says where the sealed text belongs, e.g. its row's id: it opens nowhere else. */
  seal(text: string, context: string): Buffer<ArrayBuffer>;
  /** Throws SealError when it was sealed under a key that is not there (any more), elsewhere, or was changed since. */
  open(sealed: Uint8Array, context: string): string;
}

/** Says nothing about what was sealed. */
export class SealError extends Error {
  override name = 'SealError';
}

interface Key {
  id: Buffer;
  /** An object: given as bytes, Node looks into them anew each time, which takes longer than the sealing. */
  secret: KeyObject;
}

/** The layout: version, which key, nonce, tag, what is sealed. */
const version = 1;
const idBytes = 4;
const nonceBytes = 12;
const tagBytes = 16;
const headBytes = 1 + idBytes + nonceBytes + tagBytes;

export const leastKeyLength = 32;

/**
 * `keys` is ENCRYPTION_KEY: one key or several between commas. The first seals, all open: to rotate, put the new one in
 * front and take the old one away when nothing sealed by it is left. Throws when one is shorter than 32 characters.
 */
export function createSealer(keys: string, purpose: string): Sealer {
  const [first, ...older] = splitKeys(keys).map((key) => derive(key, purpose));
  if (!first) throw new SealError('ENCRYPTION_KEY: must not be empty');
  return {
    present: first.id.toString('hex'),
    seal(text, context) {
      const nonce = randomBytes(nonceBytes);
      const cipher = createCipheriv('aes-256-gcm', first.secret, nonce).setAAD(Buffer.from(context));
      const body = Buffer.concat([cipher.update(text, 'utf8'), cipher.final()]);
      return Buffer.concat([Buffer.of(version), first.id, nonce, cipher.getAuthTag(), body]);
    },
    open(sealed, context) {
      const bytes = Buffer.from(sealed);
      if (bytes.length < headBytes || bytes[0] !== version)
        throw new SealError('This is nothing that was sealed here.');
      const id = bytes.subarray(1, 1 + idBytes);
      const key = [first, ...older].find((known) => sameBytes(known.id, id));
      if (!key) throw new SealError('It was sealed under a key that is not among the present ones.');
      return decrypt(key, bytes.subarray(1 + idBytes), context);
    },
  };
}

export function splitKeys(keys: string): string[] {
  const all = keys
    .split(',')
    .map((key) => key.trim())
    .filter(Boolean);
  if (all.some((key) => key.length < leastKeyLength)) {
    throw new SealError(`ENCRYPTION_KEY: each key must have at least ${leastKeyLength} characters`);
  }
  return all;
}

function derive(key: string, purpose: string): Key {
  const bytes = Buffer.from(hkdfSync('sha256', key, '', `housecall seal: ${purpose}`, 32));
  // From the derived key, so that the same ENCRYPTION_KEY cannot be told from two purposes' texts.
  return { secret: createSecretKey(bytes), id: sha256(Buffer.concat([Buffer.from('id'), bytes])).subarray(0, idBytes) };
}

function decrypt(key: Key, rest: Buffer, context: string): string {
  const nonce = rest.subarray(0, nonceBytes);
  const tag = rest.subarray(nonceBytes, nonceBytes + tagBytes);
  const decipher = createDecipheriv('aes-256-gcm', key.secret, nonce, { authTagLength: tagBytes })
    .setAAD(Buffer.from(context))
    .setAuthTag(tag);
  try {
    return Buffer.concat([decipher.update(rest.subarray(nonceBytes + tagBytes)), decipher.final()]).toString('utf8');
  } catch (cause) {
    throw new SealError('It was changed, or it belongs elsewhere.', { cause });
  }
}
