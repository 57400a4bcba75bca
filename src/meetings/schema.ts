/** One line of a meeting's timeline. */
import { z } from 'zod';
import { AwayCause, CallErrorCode, EndReason, Id, Instant, ParticipantRole } from '../../signaling/protocol/index.ts';

/** The events of MEETING.md, and the refusals that are kept. */
export const entryTypes = [
  'waited',
  'left_queue',
  'start',
  'start_refused',
  'join',
  'join_refused',
  'drop',
  'deadline',
  'end',
  'max_duration',
  'cancel',
  'no_show',
] as const;
export const EntryType = z.enum(entryTypes);
export type EntryType = z.infer<typeof EntryType>;

/** Numbers, instants and words of closed lists: never what a person wrote. */
export const EntryDetail = z.object({
  role: ParticipantRole.optional().meta({ description: 'Whose seat it is about.' }),
  seat: z.int().nonnegative().optional().meta({ description: 'The number of the seat taken or lost.' }),
  absence: z.int().positive().optional().meta({ description: 'Which absence of this participant it is.' }),
  deadline: Instant.optional().meta({ description: 'Until when they may come back.' }),
  cause: AwayCause.optional(),
  returned: z.boolean().optional().meta({ description: 'They had been away.' }),
  tookOver: z.boolean().optional().meta({ description: 'From an older connection of the same participant.' }),
  code: CallErrorCode.optional().meta({ description: 'Why it was refused.' }),
  endReason: EndReason.optional().meta({ description: 'Why the meeting is over, if this ended it.' }),
  waitingSince: Instant.optional().meta({ description: 'The patient was waiting, since then.' }),
});
export type EntryDetail = z.infer<typeof EntryDetail>;

export const TimelineEntry = z
  .object({
    id: Id,
    type: EntryType,
    actorRole: z.enum(['patient', 'doctor', 'lab', 'staff', 'admin', 'clock', 'server']),
    actorId: Id.nullable().meta({
      description: 'The participant for doctor and patient, the user for others, null for clock and server.',
    }),
    at: Instant,
    nodeId: Id.nullable(),
    detail: EntryDetail,
  })
  .meta({ id: 'MeetingTimelineEntry' });
export type TimelineEntry = z.infer<typeof TimelineEntry>;
