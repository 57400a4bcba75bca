/** What the REST calls of meetings take and answer. */
import { z } from 'zod';
import {
  AwayCause,
  CallErrorCode,
  EndReason,
  GuestRole,
  Id,
  Instant,
  Meeting,
  MeetingStatus,
  ParticipantRole,
} from '../../signaling/protocol/index.ts';

/** What happens to guests, beside the machine. */
const guestEntryTypes = [
  'guest_invited',
  'guest_waited',
  'guest_admitted',
  'guest_refused',
  'guest_joined',
  'guest_left',
  'guest_removed',
  'guest_revoked',
] as const;
export type GuestEntryType = (typeof guestEntryTypes)[number];

/** The events of MEETING.md, the refusals that are kept, and what happens to guests. */
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
  'reschedule',
  'no_show',
  'consented',
  'consent_withdrawn',
  'moved',
  'handed_over',
  'alarmed',
  ...guestEntryTypes,
] as const;
export const EntryType = z.enum(entryTypes);
export type EntryType = z.infer<typeof EntryType>;

/** Numbers, instants and words of closed lists: never what a person wrote. */
export const EntryDetail = z.object({
  role: ParticipantRole.optional().meta({ description: 'Whose seat it is about.' }),
  seat: z.int().nonnegative().optional().meta({ description: 'The number of the seat taken or lost.' }),
  absence: z.int().positive().optional().meta({ description: 'Which absence of this participant it is.' }),
  scheduledAt: Instant.optional().meta({ description: 'The time to which it was moved.' }),
  deadline: Instant.optional().meta({ description: 'Until when they may come back.' }),
  cause: AwayCause.optional(),
  returned: z.boolean().optional().meta({ description: 'They had been away.' }),
  tookOver: z.boolean().optional().meta({ description: 'From an older connection of the same participant.' }),
  code: CallErrorCode.optional().meta({ description: 'Why it was refused.' }),
  endReason: EndReason.optional().meta({ description: 'Why the meeting is over, if this ended it.' }),
  waitingSince: Instant.optional().meta({ description: 'The patient was waiting, since then.' }),
  fromPosition: z.int().positive().optional().meta({ description: 'The place in the queue before.' }),
  position: z.int().positive().optional().meta({ description: 'The place in the queue after.' }),
  doctorId: Id.optional().meta({ description: 'The doctor to whom it was handed over.' }),
  sign: z.string().optional().meta({ description: 'Of which emergency the patient told the assistant.' }),
  guestId: Id.optional().meta({ description: 'Which guest it is about.' }),
  guestRole: GuestRole.optional(),
});
export type EntryDetail = z.infer<typeof EntryDetail>;

export const TimelineEntry = z
  .object({
    id: Id,
    type: EntryType,
    actorRole: z.enum(['patient', 'doctor', 'guest', 'lab', 'staff', 'admin', 'clock', 'server']),
    actorId: Id.nullable().meta({
      description: 'The participant for doctor, patient and guest, the user for others, null for clock and server.',
    }),
    at: Instant,
    nodeId: Id.nullable(),
    detail: EntryDetail,
    guestName: z.string().nullable().meta({ description: 'Of an entry about a guest: as they called themselves.' }),
  })
  .meta({ id: 'MeetingTimelineEntry' });
export type TimelineEntry = z.infer<typeof TimelineEntry>;

export const MeetingParams = z.strictObject({ id: Id });

/** Any offset comes in, UTC goes on. Years beyond these are slips of the keyboard, and some are none in a database. */
export const When = z.iso
  .datetime({ offset: true, abort: true })
  .refine((value) => /^(19|20|21)/.test(value), 'must be between the years 1900 and 2199')
  .overwrite(toUtc);

function toUtc(value: string): string {
  const ms = Date.parse(value);
  return Number.isNaN(ms) ? value : new Date(ms).toISOString();
}

export const NewMeeting = z
  .strictObject({
    doctorId: Id,
    patientId: Id,
    scheduledAt: When,
    appointmentId: Id.optional(),
    reason: z.string().trim().min(1).max(500).optional().meta({ description: 'What the visit is for.' }),
  })
  .meta({ id: 'NewMeeting' });
export type NewMeeting = z.output<typeof NewMeeting>;

export const CancelMeeting = z
  .strictObject({ reason: z.string().trim().min(1).max(500) })
  .meta({ id: 'CancelMeeting' });

export const sortKeys = ['scheduledAt', 'startedAt', 'durationSeconds'] as const;
export type SortKey = (typeof sortKeys)[number];

/** Which meetings, and in which order. */
export const MeetingFilters = z.strictObject({
  status: MeetingStatus.optional(),
  doctorId: Id.optional(),
  patientId: Id.optional(),
  from: When.optional().meta({ description: 'Scheduled at or after this instant.' }),
  to: When.optional().meta({ description: 'Scheduled before this instant.' }),
  endReason: EndReason.optional(),
  minDurationSeconds: z.coerce.number().int().min(0).max(2_147_483_647).optional(),
  sort: z
    .enum([...sortKeys, '-scheduledAt', '-startedAt', '-durationSeconds'])
    .default('-scheduledAt')
    .meta({ description: 'With a minus the greatest first. Meetings that have no such value come last.' }),
});
export type MeetingFilters = z.output<typeof MeetingFilters>;

const paging = {
  limit: z.coerce.number().int().min(1).max(200).default(50),
  cursor: z.string().min(1).max(500).optional().meta({ description: 'The nextCursor of the page before.' }),
};

export const MeetingQuery = MeetingFilters.extend(paging);
export type MeetingQuery = z.output<typeof MeetingQuery>;
export const TimelineQuery = z.strictObject(paging);
export type TimelineQuery = z.output<typeof TimelineQuery>;

const nextCursor = z.string().nullable().meta({ description: 'Null when this was the last page.' });
export const MeetingPage = z.object({ items: z.array(Meeting), nextCursor }).meta({ id: 'MeetingPage' });
export type MeetingPage = z.infer<typeof MeetingPage>;
export const TimelinePage = z.object({ items: z.array(TimelineEntry), nextCursor }).meta({ id: 'MeetingTimelinePage' });
export type TimelinePage = z.infer<typeof TimelinePage>;
