/** RSA private keys as a configuration gives them. */
import { createPrivateKey, type KeyObject } from 'node:crypto';
import { readFileSync } from 'node:fs';

/** NIST SP 800-57: what is shorter protects nothing that shall last. */
const shortestBits = 2_048;
const block = /-----BEGIN ([A-Z ]+)-----[\s\S]*?-----END \1-----/g;

/** Its message says what is wrong with the setting and repeats nothing of it. */
export class PrivateKeyError extends Error {
  override name = 'PrivateKeyError';
}

/**
 * The keys of `setting`, in their order and never none: PEM text (PKCS#8 or PKCS#1), the same with its line ends written
 * as `\n`, or the name of a file that holds such text. Throws PrivateKeyError.
 */
export function readPrivateKeys(setting: string): [KeyObject, ...KeyObject[]] {
  const text = setting.includes('-----BEGIN') ? setting.replaceAll('\\n', '\n') : readPemFile(setting.trim());
  const blocks = [...text.matchAll(block)].map(([pem, label]) => readBlock(pem, label ?? ''));
  const [first, ...rest] = blocks;
  if (!first) throw new PrivateKeyError('holds no PEM block of a private key');
  return [first, ...rest];
}

function readPemFile(name: string): string {
  try {
    return readFileSync(name, 'utf8');
  } catch (cause) {
    throw new PrivateKeyError('is neither a private key in PEM nor the name of a file that can be read', { cause });
  }
}

function readBlock(pem: string, label: string): KeyObject {
  if (label === 'ENCRYPTED PRIVATE KEY' || pem.includes('ENCRYPTED'))
    throw new PrivateKeyError('must not be encrypted with a passphrase');
  if (label !== 'PRIVATE KEY' && label !== 'RSA PRIVATE KEY')
    throw new PrivateKeyError('may hold nothing but private keys in PKCS#8 or PKCS#1');
  const key = parse(pem);
  if (key.asymmetricKeyType !== 'rsa') throw new PrivateKeyError('must be an RSA key');
  if ((key.asymmetricKeyDetails?.modulusLength ?? 0) < shortestBits)
    throw new PrivateKeyError(`must have at least ${shortestBits} bits`);
  return key;
}

function parse(pem: string): KeyObject {
  try {
    return createPrivateKey(pem);
  } catch {
    // The cause might show a part of the key.
    throw new PrivateKeyError('holds a PEM block that cannot be read as a private key');
  }
}
