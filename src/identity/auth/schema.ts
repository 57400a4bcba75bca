/** What the sign-in routes take and answer. */
import { z } from 'zod';
import { Code } from '../mfa/schema.ts';

/** bcrypt reads no further than 72 bytes; a longer password would be weaker than it looks. */
export const maxPasswordBytes = 72;

export const Email = z.string().trim().max(254).pipe(z.email()).meta({ example: 'patient@demo.clinic' });
export const Slug = z.string().regex(/^[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?$/, 'Must be the short name of a clinic');

/** Control characters, line breaks, and what turns the direction of the text that follows (UAX #9). */
const disguise = /[\p{Cc}\u2028\u2029\u202A-\u202E\u2066-\u2069]/u;

/** It stands in mails, lists and calendars of others: one line. Every script is fine, and what joins its letters. */
export const PersonName = z
  .string()
  .trim()
  .min(1)
  .max(200)
  .refine((name) => !disguise.test(name), 'Must be one line without control characters');

export const Registration = z
  .strictObject({
    tenant: Slug.meta({ description: "The clinic's short name.", example: 'demo' }),
    email: Email,
    password: z
      .string()
      .max(1_024)
      .meta({ description: '8 characters to 72 bytes with upper and lower case, a digit and a symbol.' }),
    displayName: PersonName,
  })
  .superRefine(({ password, ...person }, context) => {
    for (const message of passwordFaults(password, person))
      context.addIssue({ code: 'custom', path: ['password'], message });
  })
  .meta({ id: 'Registration' });
export type Registration = z.output<typeof Registration>;

export const Login = z
  .strictObject({
    email: z.string().trim().min(1).max(254),
    password: z.string().min(1).max(1_024),
    tenant: Slug.optional().meta({
      description: 'Needed only where one e-mail address and password belong to several clinics.',
    }),
    code: Code.optional().meta({ description: 'Of the second factor, where there is one: without it MFA_REQUIRED.' }),
  })
  .meta({ id: 'Login' });
export type Login = z.output<typeof Login>;

export const RefreshInput = z
  .strictObject({
    refreshToken: z
      .string()
      .min(1)
      .max(4_096)
      .optional()
      .meta({ description: 'A browser leaves it out and sends its cookie.' }),
  })
  .optional()
  .meta({ id: 'Refresh' });

export const Me = z
  .object({
    id: z.uuid(),
    email: z.string(),
    emailVerified: z.boolean().meta({ description: 'Whether the address was confirmed.' }),
    displayName: z.string(),
    tenantId: z.uuid(),
    roles: z.array(z.enum(['patient', 'doctor', 'lab', 'staff', 'admin'])),
    clinicRoles: z
      .array(z.object({ key: z.string(), name: z.string() }))
      .meta({ description: "Of the clinic's own roles. What they add is in `scopes`." }),
    scopes: z.array(z.string()),
    mustChangePassword: z.boolean().meta({
      description: 'Somebody else knows the password. Until it is changed, `scopes` are those of the own account.',
    }),
    mfa: z.object({ enabled: z.boolean(), required: z.boolean() }).meta({
      description: 'The second factor. Required and not enabled: until it is, `scopes` are those of the own account.',
    }),
    patientId: z.uuid().nullable(),
    practitionerId: z.uuid().nullable(),
    tenant: z.object({
      slug: z.string(),
      name: z.string(),
      timeZone: z.string(),
      locale: z.string(),
      cancelFreeHours: z.int().meta({
        description:
          'Until how long before its time a patient moves a visit alone, and calls it off without being noted as late.',
      }),
    }),
  })
  .meta({ id: 'Me' });
export type Me = z.output<typeof Me>;

export const SignedIn = z
  .object({
    accessToken: z.string(),
    refreshToken: z
      .string()
      .optional()
      .meta({ description: 'Not in the body for a browser, which gets it as a cookie.' }),
    tokenType: z.literal('Bearer'),
    expiresIn: z.int().positive().meta({ description: 'Seconds.' }),
    user: Me,
  })
  .meta({ id: 'SignedIn' });
export type SignedIn = z.output<typeof SignedIn>;

/** Whose password it is. */
export interface PasswordOwner {
  email: string;
  displayName: string;
}

/**
 * What the password lacks, in words; empty when it keeps the rules that can be written down. Whether it is too common is
 * looked at in src/identity/accounts/good-password.ts.
 */
export function passwordFaults(password: string, { email, displayName }: PasswordOwner): string[] {
  const folded = password.normalize('NFKC').toLowerCase();
  const isNot = (text: string) => folded !== text.normalize('NFKC').toLowerCase().trim();
  const rules: [boolean, string][] = [
    [Array.from(password).length >= 8, 'Must have at least 8 characters'],
    [Buffer.byteLength(password, 'utf8') <= maxPasswordBytes, `Must have at most ${maxPasswordBytes} bytes`],
    [/\p{Lu}/u.test(password), 'Must have an upper case letter'],
    [/\p{Ll}/u.test(password), 'Must have a lower case letter'],
    [/\p{Nd}/u.test(password), 'Must have a digit'],
    [/[^\p{L}\p{M}\p{N}]/u.test(password), 'Must have a character that is neither letter nor digit'],
    [isNot(email) && isNot(email.slice(0, email.lastIndexOf('@'))), 'Must not be the e-mail address'],
    [isNot(displayName), 'Must not be the name'],
  ];
  return rules.flatMap(([kept, message]) => (kept ? [] : [message]));
}
