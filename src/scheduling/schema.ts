/** Words that all of scheduling shares. */
import { z } from 'zod';
import { When } from '../meetings/schema.ts';

export { When };

export const VisitModality = z.enum(['video', 'in_person']).meta({ id: 'VisitModality' });
export type VisitModality = z.infer<typeof VisitModality>;

export const OfferedModality = z.enum(['video', 'in_person', 'both']).meta({
  id: 'OfferedModality',
  description: '`both`: whoever books chooses.',
});
export type OfferedModality = z.infer<typeof OfferedModality>;

/** A day of a calendar on the wall; the years as for instants. */
export const LocalDate = z.iso
  .date()
  .refine((day) => /^(19|20|21)/.test(day), 'must be between the years 1900 and 2199')
  .meta({ description: 'A day of the local calendar.' });

/** Minutes of the wall's clock, `24:00` for the end of the day. */
export const LocalTime = z
  .string()
  .regex(/^(?:(?:[01]\d|2[0-3]):[0-5]\d|24:00)$/, 'Must be a time of the clock, e.g. 09:30, or 24:00')
  .meta({ description: 'Local clock, 24 hours.' });

export const TimeZone = z
  .string()
  .max(64)
  .refine((name) => {
    try {
      return Boolean(Intl.DateTimeFormat('en', { timeZone: name })) && !/^[+-]/.test(name);
    } catch {
      return false;
    }
  }, 'Must be an IANA time zone, e.g. Asia/Kolkata');

/** One line of text. */
export const line = (longest: number) => z.string().trim().min(1).max(longest);

/** What every list takes. */
export const paging = {
  limit: z.coerce.number().int().min(1).max(200).default(50),
  cursor: z.string().min(1).max(2_000).optional().meta({ description: 'The nextCursor of the page before.' }),
};

/** `true` or `false` in a query string. */
export const Flag = z.enum(['true', 'false']).transform((word) => word === 'true');

export const nextCursor = z.string().nullable().meta({ description: 'Null when this was the last page.' });
