/** What the routes of the own account take and answer. */
import { z } from 'zod';
import { Email, Slug } from '../auth/schema.ts';

/** Its rules are looked at where e-mail and name are known: src/identity/accounts/good-password.ts. */
const Password = z
  .string()
  .min(1)
  .max(1_024)
  .meta({ description: '8 characters to 72 bytes with upper and lower case, a digit and a symbol; nothing common.' });
const PresentPassword = z.string().min(1).max(1_024);
const MailedToken = z
  .string()
  .min(1)
  .max(200)
  .meta({ description: 'From the link in the mail: what stands behind `#token=`.' });

export const CheckMail = z.object({ checkMail: z.literal(true) }).meta({
  id: 'CheckMail',
  description: 'The same whether or not the address is known.',
  example: { checkMail: true },
});
export type CheckMail = z.output<typeof CheckMail>;
export const checkMail: CheckMail = { checkMail: true };

export const PasswordChange = z
  .strictObject({ currentPassword: PresentPassword, newPassword: Password })
  .meta({ id: 'PasswordChange', example: { currentPassword: 'Housecall-Demo-1', newPassword: 'Seven-Green-Boats-7' } });
export type PasswordChange = z.output<typeof PasswordChange>;

export const EmailChange = z
  .strictObject({ email: Email, password: PresentPassword })
  .meta({ id: 'EmailChange', example: { email: 'kamala@mail.example', password: 'Housecall-Demo-1' } });
export type EmailChange = z.output<typeof EmailChange>;

export const AccountRef = z
  .strictObject({
    email: Email,
    tenant: Slug.optional().meta({
      description: "The clinic's short name; without it, every clinic with that account.",
    }),
  })
  .meta({ id: 'AccountRef', example: { email: 'patient@demo.clinic', tenant: 'demo' } });
export type AccountRef = z.output<typeof AccountRef>;

export const PasswordReset = z
  .strictObject({ token: MailedToken, newPassword: Password })
  .meta({ id: 'PasswordReset', example: { token: 'hca_…', newPassword: 'Seven-Green-Boats-7' } });
export type PasswordReset = z.output<typeof PasswordReset>;

export const EmailVerification = z
  .strictObject({ token: MailedToken })
  .meta({ id: 'EmailVerification', example: { token: 'hca_…' } });
export type EmailVerification = z.output<typeof EmailVerification>;
