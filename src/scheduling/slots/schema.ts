/** What the search for free times takes and answers. */
import { z } from 'zod';
import { Id, Instant } from '../../../signaling/protocol/index.ts';
import { nextCursor, OfferedModality, paging, VisitModality, When } from '../schema.ts';

/** Days. */
export const longestWindow = 31;

export const SlotQuery = z
  .strictObject({
    serviceId: Id.meta({ description: 'What is to be booked: its length and its buffers decide.' }),
    practitionerId: Id.optional().meta({ description: 'Without it, everybody who accepts patients.' }),
    specialty: z.string().trim().min(1).max(64).optional().meta({ description: 'The code of a specialty.' }),
    locationId: Id.optional().meta({ description: 'Times at this place only.' }),
    modality: VisitModality.optional(),
    from: When.meta({ description: 'Starts at or after this instant.' }),
    to: When.meta({ description: `Starts before this instant, at most ${longestWindow} days later.` }),
    limit: z.coerce.number().int().min(1).max(1_000).default(1_000),
    cursor: paging.cursor,
  })
  .check(({ value, issues }) => {
    if (issues.length > 0) return;
    const span = Date.parse(value.to) - Date.parse(value.from);
    const message =
      span <= 0
        ? 'Must be after from'
        : span > longestWindow * 86_400_000
          ? `At most ${longestWindow} days after from`
          : '';
    if (message) issues.push({ code: 'custom', path: ['to'], message, input: undefined });
  });
export type SlotQuery = z.output<typeof SlotQuery>;

export const SlotView = z
  .object({
    practitionerId: Id,
    startsAt: Instant,
    endsAt: Instant,
    locationId: Id.nullable(),
    modality: OfferedModality,
  })
  .meta({ id: 'Slot' });
export type SlotView = z.infer<typeof SlotView>;

export const SlotPage = z.object({ items: z.array(SlotView), nextCursor }).meta({ id: 'SlotPage' });
export type SlotPage = z.infer<typeof SlotPage>;
