/** What comes after a visit: a summary, a rating, a note. */
import { z } from 'zod';
import { Id, Instant } from '../../../signaling/protocol/index.ts';

export const NewRating = z
  .strictObject({
    stars: z.int().min(1).max(5),
    words: z
      .string()
      .trim()
      .max(1_000)
      .optional()
      .meta({ description: 'A few words; nobody but the clinic sees them.' }),
  })
  .meta({ id: 'NewVisitRating' });
export type NewRating = z.output<typeof NewRating>;

const Rating = z.object({
  stars: z.int(),
  words: z.string().nullable(),
  ratedAt: Instant,
  changeableUntil: Instant,
});

export const AfterVisit = z
  .object({
    meetingId: Id,
    next: z
      .object({
        appointmentId: Id,
        startsAt: Instant,
        practitionerName: z.string(),
        modality: z.enum(['video', 'in_person']),
      })
      .nullable()
      .meta({ description: "The patient's next appointment here; the doctor is told of those with themself." }),
    rating: Rating.nullable().meta({
      description: "The patient's own, which the clinic sees too; null for the doctor.",
    }),
    mayRate: z.boolean(),
  })
  .meta({ id: 'AfterVisit' });
export type AfterVisit = z.infer<typeof AfterVisit>;

export const SaveNote = z
  .strictObject({
    text: z.string().max(20_000),
    version: z.int().min(0).meta({ description: 'The one that was read; 0 for the first.' }),
  })
  .meta({ id: 'SaveVisitNote' });
export type SaveNote = z.output<typeof SaveNote>;

export const SignNote = z.strictObject({ version: z.int().min(1) }).meta({ id: 'SignVisitNote' });
export type SignNote = z.output<typeof SignNote>;

export const VisitNote = z
  .object({
    meetingId: Id,
    text: z.string(),
    version: z.int().nonnegative().meta({ description: 'Raised by every save; 0 while there is no note.' }),
    changedAt: Instant.nullable(),
    signedAt: Instant.nullable().meta({ description: 'Since then nothing changes.' }),
  })
  .meta({ id: 'VisitNote' });
export type VisitNote = z.infer<typeof VisitNote>;

export const NoteVersions = z
  .object({ items: z.array(z.object({ version: z.int(), text: z.string(), at: Instant })) })
  .meta({ id: 'VisitNoteVersions' });
export type NoteVersions = z.infer<typeof NoteVersions>;
