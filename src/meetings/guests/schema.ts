/** What the REST calls of guests take and answer. */
import { z } from 'zod';
import { GuestEntry, GuestRole, GuestState, Id, Instant } from '../../../signaling/protocol/index.ts';

export const InviteParams = z.strictObject({ id: Id, inviteId: Id });

export const NewInvite = z
  .strictObject({
    role: GuestRole,
    minutes: z.int().min(1).max(240).default(15).meta({ description: 'For how long the link may be opened.' }),
    namesPatient: z.boolean().default(false).meta({ description: "Whether the guest sees the patient's name." }),
  })
  .meta({ id: 'NewInvite' });
export type NewInvite = z.output<typeof NewInvite>;

export const InviteMade = GuestEntry.extend({
  url: z.string().meta({ description: 'The link to give away; told this once.' }),
}).meta({ id: 'InviteMade' });
export type InviteMade = z.infer<typeof InviteMade>;

export const InviteList = z
  .object({ items: z.array(GuestEntry), nextCursor: z.null().meta({ description: 'All are on this page.' }) })
  .meta({ id: 'InviteList' });

const secret = z.string().min(1).max(200);

export const GuestLink = z
  .strictObject({ token: secret.meta({ description: 'What stands behind `#token=` in the link.' }) })
  .meta({ id: 'GuestLink' });
export type GuestLink = z.output<typeof GuestLink>;

export const GuestEntrance = GuestLink.extend({
  name: z.string().trim().min(2).max(80).meta({ description: 'As the others are to see them.' }),
}).meta({ id: 'GuestEntrance' });
export type GuestEntrance = z.output<typeof GuestEntrance>;

export const GuestReturn = z
  .strictObject({ resumeToken: secret.meta({ description: 'As entering gave it.' }) })
  .meta({ id: 'GuestReturn' });
export type GuestReturn = z.output<typeof GuestReturn>;

/** `expired`: nobody opened the link in time; `over`: the meeting has ended, or was cancelled. */
export const Standing = z.enum([...GuestState.options, 'expired', 'over']);
export type Standing = z.infer<typeof Standing>;

export const GuestInvitation = z
  .object({
    meetingId: Id,
    role: GuestRole,
    standing: Standing,
    clinicName: z.string(),
    doctorName: z.string(),
    timeZone: z.string().meta({ description: "The clinic's, with the locale in which it writes its times." }),
    locale: z.string(),
    expiresAt: Instant,
  })
  .meta({ id: 'GuestInvitation' });
export type GuestInvitation = z.infer<typeof GuestInvitation>;

export const GuestPass = GuestInvitation.extend({
  guestId: Id,
  name: z.string(),
  resumeToken: z.string().nullable().meta({ description: 'Told once, to the browser that opened the link.' }),
  accessToken: z
    .string()
    .nullable()
    .meta({ description: 'For the socket of this meeting alone; null once it is over.' }),
  expiresIn: z.int().nullable().meta({ description: 'Seconds.' }),
}).meta({ id: 'GuestPass' });
export type GuestPass = z.infer<typeof GuestPass>;
