/** Roles over REST: the built-in ones, which are fixed, and a clinic's own. */
import { z } from 'zod';

const builtIn = ['patient', 'doctor', 'lab', 'staff', 'admin'] as const;

const RoleKey = z
  .string()
  .regex(/^[a-z][a-z0-9-]{1,39}$/, 'Must be 2 to 40 small letters, digits and hyphens, a letter first')
  .refine((key) => !builtIn.some((role) => role === key), 'Is the name of a built-in role')
  .meta({ example: 'triage-nurse' });
const Scopes = z.array(z.string().min(1).max(64)).min(1).max(100);

const fields = {
  name: z.string().trim().min(1).max(100).meta({ example: 'Triage nurse' }),
  description: z.string().trim().max(500),
  scopes: Scopes.meta({ example: ['appointments:read', 'patients:read'] }),
};

export const NewRole = z
  .strictObject({ key: RoleKey, ...fields, description: fields.description.default('') })
  .meta({ id: 'NewRole' });
export type NewRole = z.output<typeof NewRole>;

/** The key stays: others may refer to it. */
export const RoleChange = z.strictObject(fields).partial().meta({ id: 'RoleChange' });
export type RoleChange = z.output<typeof RoleChange>;

export const RoleParams = z.strictObject({ id: z.uuid() });

export const ClinicRoleView = z
  .object({
    id: z.uuid(),
    key: z.string(),
    name: z.string(),
    description: z.string(),
    scopes: z.array(z.string()),
    users: z.int().nonnegative().meta({ description: 'How many people have it.' }),
  })
  .meta({ id: 'ClinicRole' });
export type ClinicRoleView = z.output<typeof ClinicRoleView>;

export const RoleList = z
  .object({
    builtIn: z.array(z.object({ key: z.enum(builtIn), scopes: z.array(z.string()) })),
    items: z.array(ClinicRoleView).meta({ description: "The clinic's own roles, by name." }),
    scopes: z
      .array(z.object({ scope: z.string(), description: z.string(), personal: z.boolean() }))
      .meta({ description: 'Every scope there is. A personal one reaches no further than its holder’s own record.' }),
    nextCursor: z.null(),
  })
  .meta({ id: 'RoleList' });
export type RoleList = z.output<typeof RoleList>;
