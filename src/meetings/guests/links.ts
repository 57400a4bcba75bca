/** The two secrets of a guest: the link that the doctor gives away, and what the browser that opened it comes back with. */
import { sameBytes } from '../../platform/crypto.ts';
import { AppError } from '../../platform/errors.ts';
import { makeTenantToken, readTenantToken, type TenantToken } from '../../platform/tenant-token.ts';

const prefixes = { link: 'hcg_', device: 'hcd_' } as const;
export type GuestSecret = keyof typeof prefixes;

/** In the clear, for the only time, with what is kept of it. */
export function makeGuestSecret(
  kind: GuestSecret,
  owner: { tenantId: string; id: string },
): { token: string; hash: Uint8Array<ArrayBuffer> } {
  const token = makeTenantToken(prefixes[kind], owner);
  return { token, hash: readGuestSecret(kind, token).hash };
}

/** Throws INVALID_INPUT when the text is not of our form. */
export function readGuestSecret(kind: GuestSecret, token: string): TenantToken {
  const ref = readTenantToken(prefixes[kind], token);
  if (!ref) throw notGood();
  return ref;
}

/** Throws INVALID_INPUT unless it is what the row keeps the hash of. */
export function requireSecret(kept: Uint8Array | null | undefined, { hash }: TenantToken): void {
  if (!kept || !sameBytes(kept, hash)) throw notGood();
}

function notGood(): AppError {
  return new AppError('INVALID_INPUT', 'This invitation is not valid any more. Ask for a new one.', {
    faults: [{ path: 'token', message: 'Is not valid any more' }],
  });
}
