/** Links between our users and their sign-ins at a portal, over REST. */
import { z } from 'zod';

export const UserParams = z.strictObject({ id: z.uuid() });
export const IdentityParams = z.strictObject({ id: z.uuid() });

export const NewExternalIdentity = z
  .strictObject({
    issuer: z.string().min(1).max(500).meta({
      description: 'One of the issuers that this server trusts for this clinic.',
      example: 'https://portal.example',
    }),
    subject: z.string().min(1).max(255).meta({
      description: "How the portal's tokens name the person.",
      example: 'a81bc81b-dead-4e5d-abff-90865d1e13b1',
    }),
  })
  .meta({ id: 'NewExternalIdentity' });
export type NewExternalIdentity = z.output<typeof NewExternalIdentity>;

export const ExternalIdentityView = z
  .object({
    id: z.uuid(),
    userId: z.uuid(),
    issuer: z.string(),
    subject: z.string(),
    createdAt: z.iso.datetime(),
  })
  .meta({ id: 'ExternalIdentity' });
export type ExternalIdentityView = z.output<typeof ExternalIdentityView>;

export const ExternalIdentityList = z
  .object({ items: z.array(ExternalIdentityView), nextCursor: z.null() })
  .meta({ id: 'ExternalIdentityList' });
export type ExternalIdentityList = z.output<typeof ExternalIdentityList>;
