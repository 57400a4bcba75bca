/** What the routes of sign-ins take and answer. */
import { z } from 'zod';

export const SessionQuery = z.strictObject({
  limit: z.coerce.number().int().min(1).max(200).default(50),
  cursor: z.string().max(500).optional(),
});
export type SessionQuery = z.output<typeof SessionQuery>;

export const SessionParams = z.strictObject({ id: z.uuid() });

export const SessionView = z
  .object({
    id: z.uuid(),
    createdAt: z.iso.datetime(),
    lastUsedAt: z.iso.datetime().meta({ description: 'When it signed in or refreshed last.' }),
    address: z.string().meta({ description: 'From where it was used last.', example: '192.0.2.10' }),
    userAgent: z.string().meta({ description: 'The program; empty when it does not say.', example: 'Firefox/145.0' }),
    isCurrent: z.boolean().meta({ description: 'Whether it is the one that asks.' }),
  })
  .meta({ id: 'SignIn' });
export type SessionView = z.output<typeof SessionView>;

export const SessionPage = z
  .object({ items: z.array(SessionView), nextCursor: z.string().nullable() })
  .meta({ id: 'SignInPage' });
export type SessionPage = z.output<typeof SessionPage>;

export const LogoutEverywhere = z
  .strictObject({
    exceptThis: z.boolean().optional().meta({ description: 'Whether the sign-in that asks goes on.', example: true }),
  })
  .optional()
  .meta({ id: 'LogoutEverywhere' });
