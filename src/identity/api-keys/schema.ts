/** Keys for services over REST. */
import { z } from 'zod';

export const NewApiKey = z
  .strictObject({
    name: z.string().trim().min(1).max(100).meta({ example: 'Voice assistant' }),
    scopes: z
      .array(z.string().min(1).max(64))
      .min(1)
      .max(100)
      .meta({ description: 'Of those that its maker has.', example: ['slots:read', 'appointments:manage'] }),
    expiresAt: z.iso
      .datetime({ offset: true })
      .meta({ description: 'At most a year ahead.', example: '2027-06-30T00:00:00.000Z' }),
  })
  .meta({ id: 'NewApiKey' });
export type NewApiKey = z.output<typeof NewApiKey>;

export const ApiKeyParams = z.strictObject({ id: z.uuid() });

const instant = z.iso.datetime();

export const ApiKeyView = z
  .object({
    id: z.uuid(),
    name: z.string(),
    prefix: z.string().meta({ description: 'How the key begins: enough to tell it from others, not to use it.' }),
    scopes: z.array(z.string()),
    createdBy: z.uuid(),
    createdAt: instant,
    expiresAt: instant,
    lastUsedAt: instant.nullable().meta({ description: 'True to about a minute.' }),
    revokedAt: instant.nullable(),
  })
  .meta({ id: 'ApiKey' });
export type ApiKeyView = z.output<typeof ApiKeyView>;

export const MadeApiKey = ApiKeyView.extend({
  key: z.string().meta({ description: 'The key itself, told this once and never again.' }),
}).meta({ id: 'MadeApiKey' });
export type MadeApiKey = z.output<typeof MadeApiKey>;

export const ApiKeyQuery = z.strictObject({
  limit: z.coerce.number().int().min(1).max(200).default(50),
  cursor: z.string().min(1).max(500).optional().meta({ description: 'The nextCursor of the page before.' }),
});
export type ApiKeyQuery = z.output<typeof ApiKeyQuery>;

export const ApiKeyPage = z
  .object({
    items: z.array(ApiKeyView).meta({ description: 'The newest first, those that are over included.' }),
    nextCursor: z.string().nullable().meta({ description: 'Null when this was the last page.' }),
  })
  .meta({ id: 'ApiKeyPage' });
export type ApiKeyPage = z.output<typeof ApiKeyPage>;
