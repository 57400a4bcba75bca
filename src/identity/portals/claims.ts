/** What a portal's token says about the person, however the portal spells it. */
import type { JWTPayload } from 'jose';
import { z } from 'zod';
import { findUnstorableText } from '../../platform/storable-text.ts';
import { PersonName } from '../auth/schema.ts';

/** In the order in which they are looked for. */
const usualClaims = ['sub', 'user_id', 'uid', 'userId'] as const;

const isStorable = (text: string) => findUnstorableText(text).length === 0;

const Subject = z.union([z.string(), z.number().transform(String)]).pipe(z.string().min(1).max(255).refine(isStorable));

/** Who it is at the portal; undefined when the token does not say it in a usable way. */
export function subjectOf(payload: JWTPayload, userClaim?: string): string | undefined {
  const claims = userClaim === undefined ? usualClaims : [userClaim];
  const named = claims.find((claim) => Object.hasOwn(payload, claim));
  const parsed = named === undefined ? undefined : Subject.safeParse(payload[named]);
  return parsed?.success ? parsed.data : undefined;
}

export interface Profile {
  email: string;
  displayName: string;
  isEmailVerified: boolean;
}

const Name = PersonName.refine(isStorable);
const Email = z.string().trim().max(254).pipe(z.email());

/** By the claims of OpenID Connect Core, section 5.1. Undefined without an e-mail address: an account needs one. */
export function profileOf(payload: JWTPayload): Profile | undefined {
  const email = Email.safeParse(payload['email']);
  if (!email.success) return undefined;
  const both = ['given_name', 'family_name'].map((claim) => payload[claim]).filter((part) => typeof part === 'string');
  const name = [payload['name'], both.join(' '), payload['preferred_username']]
    .map((one) => Name.safeParse(one))
    .find((one) => one.success)?.data;
  return {
    email: email.data,
    displayName: name ?? email.data.split('@')[0] ?? email.data,
    isEmailVerified: payload['email_verified'] === true,
  };
}
