/** With which keys access tokens are signed and verified, and what others may know of them. */
import { createHash, createPublicKey, createSecretKey, type KeyObject } from 'node:crypto';
import type { JSONWebKeySet, JWK, JWTHeaderParameters } from 'jose';
import { readPrivateKeys } from '../../platform/private-keys.ts';

export interface TokenKeySettings {
  /** At least 32 bytes (RFC 7518, section 3.2). Signs with HS256 where there is no private key, and verifies beside one. */
  secret?: string | undefined;
  /** As src/platform/private-keys.ts reads it: the first signs with RS256, all verify. */
  privateKey?: string | undefined;
}

interface TokenKey {
  alg: 'HS256' | 'RS256';
  /** None for the secret: its tokens never named one, and nobody else has to find it. */
  kid: string | undefined;
  sign: KeyObject;
  verify: KeyObject;
}

export interface TokenKeys {
  readonly signing: TokenKey;
  /** Which algorithms there is a key for. */
  readonly algorithms: readonly TokenKey['alg'][];
  /** The key that a token was signed with if it is ours: chosen by its id, and only with the algorithm that belongs to it. */
  find(header: Pick<JWTHeaderParameters, 'alg' | 'kid'>): KeyObject | undefined;
  /** The public keys, for who verifies our tokens elsewhere (RFC 7517); none with the secret alone. */
  readonly jwks: JSONWebKeySet;
}

/** Throws when there is neither a secret that is long enough nor a private key. */
export function createTokenKeys({ secret, privateKey }: TokenKeySettings): TokenKeys {
  const pairs = privateKey === undefined ? [] : readPrivateKeys(privateKey).map(pairOf);
  const keys = secret === undefined ? pairs : [...pairs, secretKey(secret)];
  const [signing] = keys;
  if (!signing) throw new Error('Tokens need a secret or a private key.');
  return {
    signing,
    algorithms: [...new Set(keys.map(({ alg }) => alg))],
    find: ({ alg, kid }) => keys.find((key) => key.kid === kid && key.alg === alg)?.verify,
    jwks: { keys: pairs.map(publicJwk) },
  };
}

function secretKey(secret: string): TokenKey {
  const bytes = Buffer.from(secret, 'utf8');
  if (bytes.byteLength < 32) throw new Error('The token secret must have at least 32 bytes.');
  const key = createSecretKey(bytes);
  return { alg: 'HS256', kid: undefined, sign: key, verify: key };
}

function pairOf(sign: KeyObject): TokenKey {
  const verify = createPublicKey(sign);
  return { alg: 'RS256', kid: thumbprint(verify), sign, verify };
}

/** RFC 7638: the hash of the members that make the key, in their alphabetic order. */
function thumbprint(key: KeyObject): string {
  const { e, kty, n } = key.export({ format: 'jwk' });
  return createHash('sha256').update(JSON.stringify({ e, kty, n })).digest('base64url');
}

function publicJwk({ verify, kid, alg }: TokenKey): JWK {
  const { e, kty, n } = verify.export({ format: 'jwk' }) as { e: string; kty: 'RSA'; n: string };
  return { kty, n, e, alg, use: 'sig', ...(kid !== undefined && { kid }) };
}
