/** Accounts as an administrator sees, makes and changes them. */
import { z } from 'zod';
import { PersonName } from '../auth/schema.ts';

const Role = z.enum(['patient', 'doctor', 'lab', 'staff', 'admin']);
const roles = z
  .array(Role)
  .max(5)
  .transform((list) => [...new Set(list)]);
const clinicRoleIds = z
  .array(z.uuid())
  .max(20)
  .transform((list) => [...new Set(list)])
  .meta({ description: "Of the clinic's own roles." });
const displayName = PersonName.meta({ example: 'Asha Menon' });
const password = z
  .string()
  .min(1)
  .max(1_024)
  .meta({ description: 'For the first sign-in. It must be changed there, because somebody else knows it.' });

export const NewUser = z
  .strictObject({
    email: z.string().trim().max(254).pipe(z.email()).meta({ example: 'asha@demo.clinic' }),
    displayName,
    roles: roles.default([]),
    clinicRoleIds: clinicRoleIds.default([]),
    password: password.optional().meta({ description: 'Left out, the person is invited by mail to choose one.' }),
    patientId: z.uuid().optional().meta({ description: 'The record of a patient who has no account yet.' }),
    practitionerId: z.uuid().optional().meta({ description: 'The record of a practitioner who has no account yet.' }),
  })
  .refine((user) => user.roles.length + user.clinicRoleIds.length > 0, {
    path: ['roles'],
    message: 'Give at least one role',
  })
  .meta({ id: 'NewUser' });
export type NewUser = z.output<typeof NewUser>;

/** What is left out stays. */
export const UserChange = z
  .strictObject({ displayName, roles, clinicRoleIds, isActive: z.boolean(), password })
  .partial()
  .meta({ id: 'UserChange' });
export type UserChange = z.output<typeof UserChange>;

export const UserParams = z.strictObject({ id: z.uuid() });

export const UserView = z
  .object({
    id: z.uuid(),
    email: z.string(),
    displayName: z.string(),
    roles: z.array(Role),
    clinicRoles: z.array(z.object({ id: z.uuid(), key: z.string(), name: z.string() })),
    isActive: z.boolean(),
    mustChangePassword: z.boolean(),
    emailVerified: z.boolean(),
    hasSecondFactor: z.boolean(),
    patientId: z.uuid().nullable(),
    practitionerId: z.uuid().nullable(),
    lastSignInAt: z.iso.datetime().nullable(),
    createdAt: z.iso.datetime(),
  })
  .meta({ id: 'User' });
export type UserView = z.output<typeof UserView>;

export const userSortKeys = ['displayName', 'email', 'createdAt'] as const;

export const UserQuery = z.strictObject({
  q: z.string().trim().min(1).max(200).optional().meta({ description: 'A part of the name or e-mail address.' }),
  role: Role.optional(),
  clinicRoleId: z.uuid().optional(),
  active: z.stringbool({ truthy: ['true'], falsy: ['false'], case: 'sensitive' }).optional(),
  sort: z.enum([...userSortKeys, '-displayName', '-email', '-createdAt']).default('displayName'),
  limit: z.coerce.number().int().min(1).max(200).default(50),
  cursor: z.string().min(1).max(1_000).optional().meta({ description: 'The nextCursor of the page before.' }),
});
export type UserQuery = z.output<typeof UserQuery>;

export const UserPage = z
  .object({
    items: z.array(UserView),
    nextCursor: z.string().nullable().meta({ description: 'Null when this was the last page.' }),
  })
  .meta({ id: 'UserPage' });
export type UserPage = z.output<typeof UserPage>;
