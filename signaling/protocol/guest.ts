/** The third person of a consultation: who they are, how far they have come, and what they may ask and hear. */
import { z } from 'zod';
import { Id, Instant } from './ids.ts';

export const guestRoles = ['interpreter', 'carer', 'specialist'] as const;
export const GuestRole = z.enum(guestRoles);
export type GuestRole = z.infer<typeof GuestRole>;

/**
 * `invited`: the link is out; `waiting`: it was opened, and the doctor is asked; `admitted`: may sit in the room as long as
 * the meeting goes on. The others are for good: `refused` at the door, `removed` from the room, `revoked` before either.
 */
export const guestStates = ['invited', 'waiting', 'admitted', 'refused', 'removed', 'revoked'] as const;
export const GuestState = z.enum(guestStates);
export type GuestState = z.infer<typeof GuestState>;

/** A guest as the doctor sees them. */
export const GuestEntry = z
  .object({
    id: Id,
    role: GuestRole,
    state: GuestState,
    name: z.string().nullable().meta({ description: 'As they call themselves; null until the link is opened.' }),
    namesPatient: z.boolean().meta({ description: "Whether they see the patient's name." }),
    expiresAt: Instant.meta({ description: 'Until when the link may be opened for the first time.' }),
    waitingSince: Instant.nullable(),
    isPresent: z.boolean().meta({ description: 'They sit in the room now.' }),
    createdAt: Instant,
  })
  .meta({ id: 'MeetingGuest' });
export type GuestEntry = z.infer<typeof GuestEntry>;
