/** What finding patients takes and answers. */
import { z } from 'zod';
import { Id } from '../../../signaling/protocol/index.ts';

export const PatientView = z.object({ id: Id, name: z.string() }).meta({ id: 'Patient' });
export type PatientView = z.infer<typeof PatientView>;

/** One patient, with what the law asks about. */
export const PatientDetails = PatientView.extend({
  birthDate: z.iso.date().nullable().meta({ example: '1984-05-17' }),
  guardian: z
    .object({ name: z.string(), relation: z.string() })
    .nullable()
    .meta({ description: 'Who answers for a minor.' }),
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
