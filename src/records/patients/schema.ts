/** What finding patients takes and answers. */
import { z } from 'zod';
import { Id } from '../../../signaling/protocol/index.ts';

export const PatientView = z
  .object({
    id: Id,
    name: z.string(),
    birthDate: z.iso
      .date()
      .nullable()
      .meta({ description: 'Tells apart those who have the same name.', example: '1984-05-17' }),
  })
  .meta({ id: 'Patient' });
export type PatientView = z.infer<typeof PatientView>;

/** How the desk made sure who somebody is. */
export const IdentityCheck = z.enum(['document', 'known', 'code']).meta({
  description:
    '`document`: an official one with a picture was seen. `known`: known to the clinic in person. `code`: told back a code that was sent to the number or address on record.',
});
export type IdentityCheck = z.infer<typeof IdentityCheck>;

/** One patient, with what the law asks about. */
export const PatientDetails = PatientView.extend({
  guardian: z
    .object({ name: z.string(), relation: z.string() })
    .nullable()
    .meta({ description: 'Who answers for a minor.' }),
  identity: z
    .object({ checkedAt: z.iso.datetime(), how: IdentityCheck })
    .nullable()
    .meta({ description: 'That the clinic made sure who this is; null when it has not.' }),
}).meta({ id: 'PatientDetails' });
export type PatientDetails = z.infer<typeof PatientDetails>;

const line = (longest: number) => z.string().trim().min(1).max(longest);

/** What is left out stays. */
export const PatientChange = z
  .strictObject({
    birthDate: z.iso
      .date()
      .refine((day) => /^(18[5-9]|19|20)/.test(day), 'must be between the years 1850 and 2099')
      .nullable()
      .meta({ example: '1984-05-17' }),
    guardian: z.strictObject({ name: line(200), relation: line(100) }).nullable(),
    identity: z
      .strictObject({ how: IdentityCheck })
      .nullable()
      .meta({ description: 'It was made sure now who this is; null takes an earlier check back.' }),
  })
  .partial()
  .meta({ id: 'PatientChange' });
export type PatientChange = z.output<typeof PatientChange>;

export const PatientQuery = z.strictObject({
  name: z
    .string()
    .trim()
    .min(1)
    .max(100)
    .optional()
    .meta({ description: 'Accents, titles and slips of the keyboard do not matter; those most like it come first.' }),
  limit: z.coerce.number().int().min(1).max(200).default(50),
  cursor: z.string().min(1).max(2_000).optional().meta({ description: 'The nextCursor of the page before.' }),
});
export type PatientQuery = z.output<typeof PatientQuery>;

export const PatientPage = z
  .object({
    items: z.array(PatientView),
    nextCursor: z.string().nullable().meta({ description: 'Null when this was the last page.' }),
  })
  .meta({ id: 'PatientPage' });
export type PatientPage = z.infer<typeof PatientPage>;

export const PatientParams = z.strictObject({ id: Id });
