/** Who is in the room, and who waits outside it. */
import { z } from 'zod';
import { GuestRole } from './guest.ts';
import { Instant, ParticipantId } from './ids.ts';

export const ParticipantRole = z.enum(['doctor', 'patient']);
export type ParticipantRole = z.infer<typeof ParticipantRole>;
/** The two whose meeting it is, and the third person whom the doctor lets in. */
export const RoomRole = z.enum([...ParticipantRole.options, 'guest']);
export type RoomRole = z.infer<typeof RoomRole>;

/** `connection`: the socket was lost; `leave`: they chose to; `server`: the node that held them went away. */
export const AwayCause = z.enum(['connection', 'leave', 'server']);
export type AwayCause = z.infer<typeof AwayCause>;

/** What a participant is sending, as they say themselves. */
export const SendingState = z.object({
  audio: z.boolean(),
  video: z.boolean(),
  /** Their screen is shared beside the camera; left out is no. */
  screen: z.boolean().optional(),
});
export type SendingState = z.infer<typeof SendingState>;

export const Participant = z.object({
  id: ParticipantId,
  role: RoomRole,
  /** What a guest is here for; of guests alone. */
  guestRole: GuestRole.optional(),
  /** Empty where a guest is told of a patient whose name the doctor keeps back. */
  displayName: z.string(),
  /** `absent` means: has not been in this meeting yet. */
  presence: z.enum(['absent', 'present', 'away']),
  /** Until when they may return; null unless away. */
  deadline: Instant.nullable(),
  sending: SendingState,
});
export type Participant = z.infer<typeof Participant>;
