/** How visits were rated: averages and how often which stars, by month and doctor, and what patients wrote. */
import { z } from 'zod';
import { Id, Instant } from '../../../signaling/protocol/index.ts';

const doctorId = Id.optional().meta({
  description: "All of the clinic's unless given; a doctor sees the own ones only.",
});
const months = z.coerce.number().int().min(1).max(36);

export const RatingQuery = z.strictObject({
  doctorId,
  months: months.optional().meta({
    description: "The last so many months of the clinic's calendar, the present one among them; all unless given.",
  }),
});
export type RatingQuery = z.output<typeof RatingQuery>;

const average = z
  .number()
  .nullable()
  .meta({ description: 'To a tenth; null for fewer than five, behind which one could stand.' });

export const RatingTotals = z
  .object({
    count: z.int().nonnegative().meta({
      description:
        'For doctors in whole steps of five, of ratings from before yesterday: no two answers differ by one rating.',
    }),
    average,
    stars: z
      .array(z.int().nonnegative())
      .length(5)
      .nullable()
      .meta({ description: 'How many gave one star, two, … five; null where the average is.' }),
  })
  .meta({ id: 'RatingTotals' });
export type RatingTotals = z.infer<typeof RatingTotals>;

export const RatingMonthsQuery = z.strictObject({ doctorId, months: months.default(12) });
export type RatingMonthsQuery = z.output<typeof RatingMonthsQuery>;

export const RatingMonths = z
  .object({
    items: z.array(
      z.object({
        month: z.string().meta({ description: "Of the clinic's calendar.", example: '2026-11' }),
        doctorId: Id,
        doctorName: z.string(),
        count: z.int().positive(),
        average,
      }),
    ),
  })
  .meta({ id: 'RatingMonths' });
export type RatingMonths = z.infer<typeof RatingMonths>;

export const CommentQuery = z.strictObject({
  doctorId,
  limit: z.coerce.number().int().min(1).max(200).default(50),
  cursor: z.string().min(1).max(2_000).optional().meta({ description: 'The nextCursor of the page before.' }),
});
export type CommentQuery = z.output<typeof CommentQuery>;

export const CommentPage = z
  .object({
    items: z.array(
      z.object({
        meetingId: Id.meta({ description: 'Says whose it is, to whoever may read the visit.' }),
        doctorId: Id,
        doctorName: z.string(),
        stars: z.int(),
        words: z.string(),
        ratedAt: Instant,
      }),
    ),
    nextCursor: z.string().nullable().meta({ description: 'Null when this was the last page.' }),
  })
  .meta({ id: 'RatingCommentPage' });
export type CommentPage = z.infer<typeof CommentPage>;
