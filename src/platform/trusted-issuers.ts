/** Portals whose access tokens are taken beside our own, as TRUSTED_ISSUERS names them. */
import { z } from 'zod';
import { roles } from './actor.ts';
import { isLoopbackHost } from './loopback.ts';

const portal = z.strictObject({
  /** What its tokens say in `iss`, exactly. */
  issuer: z.string().min(1).max(500),
  /** What its tokens must say in `aud`. */
  audience: z.string().min(1).max(500),
  /** Where its public keys are (RFC 7517). */
  jwksUri: z.url({ protocol: /^https?$/, error: 'must be an https:// address' }),
  /** The clinic, by its short name, whose people sign in there. */
  tenant: z.string().min(1).max(63),
  /** Which claim names the person; without it the first of `sub`, `user_id`, `uid`, `userId` that is there. */
  userClaim: z.string().min(1).max(100).optional(),
  /** Only people with no other roles than these may come this way. Anybody whom the clinic has linked, unless given. */
  roles: z.array(z.enum(roles)).min(1).optional(),
  /** Makes an account, as a patient, for whoever is not linked yet. */
  provision: z.literal('patient').optional(),
});
export type TrustedIssuer = z.output<typeof portal>;

/** The JSON of TRUSTED_ISSUERS. Its faults name the entry and the field, never what stands there. */
export const TrustedIssuers = z
  .string()
  .transform((text, context): unknown => {
    try {
      return JSON.parse(text);
    } catch {
      context.addIssue('must be a JSON list');
      return z.NEVER;
    }
  })
  .pipe(z.array(portal))
  .refine(isUnambiguous, 'names one issuer with one audience twice');

function isUnambiguous(issuers: readonly TrustedIssuer[]): boolean {
  return new Set(issuers.map(({ issuer, audience }) => JSON.stringify([issuer, audience]))).size === issuers.length;
}

/** Whether its keys travel in a way that nobody can change: https, or within this machine while developing. */
export function hasSafeKeys({ jwksUri }: TrustedIssuer, production: boolean): boolean {
  const { protocol, hostname } = new URL(jwksUri);
  return protocol === 'https:' || (!production && isLoopbackHost(hostname));
}
