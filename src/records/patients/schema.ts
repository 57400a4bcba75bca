/** What finding patients takes and answers. */
import { z } from 'zod';
import { Id } from '../../../signaling/protocol/index.ts';

export const PatientView = z.object({ id: Id, name: z.string() }).meta({ id: 'Patient' });
export type PatientView = z.infer<typeof PatientView>;

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
