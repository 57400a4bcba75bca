/** What the routes of the second factor take and answer. */
import { z } from 'zod';

const Password = z.string().min(1).max(1_024).meta({ description: 'The present password.' });
export const Code = z
  .string()
  .trim()
  .min(6)
  .max(40)
  .meta({ description: 'Six digits of the app, or a recovery code.', example: '123456' });

export const TotpBegin = z.strictObject({ password: Password }).meta({ id: 'SecondFactorBegin' });
export const TotpConfirm = z.strictObject({ code: Code }).meta({ id: 'SecondFactorConfirm' });
export const TotpEnd = z.strictObject({ password: Password, code: Code }).meta({ id: 'SecondFactorEnd' });

export const TotpBegun = z
  .object({
    secret: z.string().meta({ description: 'In base32, for an app that cannot scan.', example: 'JBSWY3DPEHPK3PXP' }),
    uri: z.string().meta({ description: 'For the QR code.', example: 'otpauth://totp/Clinic:a%40b.example?secret=…' }),
  })
  .meta({ id: 'SecondFactorBegun' });
export type TotpBegun = z.output<typeof TotpBegun>;

export const RecoveryCodes = z
  .object({
    recoveryCodes: z.array(z.string()).meta({ description: 'Each is good once. Shown now and never again.' }),
  })
  .meta({ id: 'RecoveryCodes' });
export type RecoveryCodes = z.output<typeof RecoveryCodes>;

export const MfaState = z
  .object({
    enabled: z.boolean(),
    required: z.boolean().meta({ description: 'By the clinic, for one of the roles.' }),
    recoveryCodesLeft: z.int().min(0),
  })
  .meta({ id: 'SecondFactor' });
export type MfaState = z.output<typeof MfaState>;
