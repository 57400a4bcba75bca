/** What the catalogue takes and answers. */
import { z } from 'zod';
import { Id } from '../../../signaling/protocol/index.ts';
import { Flag, line, nextCursor, OfferedModality, paging } from '../schema.ts';

const currencies = new Set(Intl.supportedValuesOf('currency'));

const buffer = z.int().min(0).max(240);

const service = {
  codeSystem: z.url().max(200).meta({ description: 'The code system, e.g. http://snomed.info/sct.' }),
  code: line(64),
  name: line(200),
  durationMinutes: z.int().min(1).max(1_440),
  priceMinor: z
    .int()
    .min(0)
    .max(2_147_483_647)
    .meta({ description: "In the currency's minor units, e.g. paise; 0 for free." }),
  currency: z.string().refine((code) => currencies.has(code), 'Must be a currency of ISO 4217, e.g. INR'),
  modality: OfferedModality,
  bufferBeforeMinutes: buffer.meta({ description: "Kept free of other visits before it, in the practitioner's day." }),
  bufferAfterMinutes: buffer,
  practitionerIds: z
    .array(Id)
    .max(200)
    .refine((list) => new Set(list).size === list.length, 'Must not name anybody twice')
    .meta({ description: 'Who gives it.' }),
};

export const NewService = z
  .strictObject({
    ...service,
    bufferBeforeMinutes: buffer.default(0),
    bufferAfterMinutes: buffer.default(0),
    practitionerIds: service.practitionerIds.default([]),
  })
  .meta({ id: 'NewService' });
export type NewService = z.output<typeof NewService>;

export const ServiceChange = z
  .strictObject({ ...service, isActive: z.boolean() })
  .partial()
  .meta({ id: 'ServiceChange' });
export type ServiceChange = z.output<typeof ServiceChange>;

export const ServiceView = z
  .object({
    id: Id,
    codeSystem: z.string(),
    code: z.string(),
    name: z.string(),
    durationMinutes: z.int(),
    priceMinor: z.int(),
    currency: z.string(),
    modality: OfferedModality,
    bufferBeforeMinutes: z.int(),
    bufferAfterMinutes: z.int(),
    practitionerIds: z.array(Id),
    isActive: z.boolean().optional().meta({ description: 'Told to those who keep the catalogue.' }),
  })
  .meta({ id: 'Service' });
export type ServiceView = z.infer<typeof ServiceView>;

export const ServiceQuery = z.strictObject({
  name: line(100).optional().meta({ description: 'Or a code. Slips of the keyboard do not matter in a name.' }),
  modality: z.enum(['video', 'in_person']).optional(),
  practitionerId: Id.optional(),
  isActive: Flag.optional().meta({ description: 'For those who keep the catalogue; others see active ones.' }),
  sort: z
    .enum(['name', '-name', 'priceMinor', '-priceMinor', 'durationMinutes', '-durationMinutes', 'relevance'])
    .optional()
    .meta({ description: 'By relevance if a name is asked for, else by name.' }),
  ...paging,
});
export type ServiceQuery = z.output<typeof ServiceQuery>;

export const ServicePage = z.object({ items: z.array(ServiceView), nextCursor }).meta({ id: 'ServicePage' });
export type ServicePage = z.infer<typeof ServicePage>;

export const ServiceParams = z.strictObject({ id: Id });
