/**
 * Secrets that are given away in a link or a cookie: opaque text that says which tenant's row it belongs to, so that no
 * lookup has to go around the tenant, with 256 random bits that only the holder knows. Kept as a SHA-256 hash alone.
 */
import { randomSecret, sha256 } from './crypto.ts';

const secretBytes = 32;

export interface TenantToken {
  tenantId: string;
  /** Of the row that keeps the hash. */
  id: string;
  hash: Uint8Array<ArrayBuffer>;
}

/** In the clear, for the only time. `prefix` tells kinds apart, for people and for scanners of leaked secrets. */
export function makeTenantToken(prefix: string, { tenantId, id }: { tenantId: string; id: string }): string {
  return prefix + Buffer.concat([fromUuid(tenantId), fromUuid(id), randomSecret(secretBytes)]).toString('base64url');
}

/** What a token says about itself, before anybody has looked whether it is true. Undefined when it is not of our form. */
export function readTenantToken(prefix: string, token: string): TenantToken | undefined {
  if (!token.startsWith(prefix)) return undefined;
  const bytes = Buffer.from(token.slice(prefix.length), 'base64url');
  if (bytes.length !== 32 + secretBytes) return undefined;
  return { tenantId: toUuid(bytes.subarray(0, 16)), id: toUuid(bytes.subarray(16, 32)), hash: sha256(token) };
}

function fromUuid(id: string): Buffer {
  return Buffer.from(id.replaceAll('-', ''), 'hex');
}

function toUuid(bytes: Buffer): string {
  return bytes.toString('hex').replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, '$1-$2-$3-$4-$5');
}
