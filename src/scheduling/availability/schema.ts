/** What the calls about working hours take and answer. */
import { z } from 'zod';
import { Id, Instant } from '../../../signaling/protocol/index.ts';
import { LocalDate, LocalTime, line, nextCursor, OfferedModality, paging, VisitModality } from '../schema.ts';

const Weekday = z.int().min(1).max(7).meta({ description: 'ISO 8601: 1 is Monday, 7 is Sunday.' });

/** How hours are offered. */
const offer = {
  stepMinutes: z
    .int()
    .min(1)
    .max(1_440)
    .nullable()
    .meta({ description: 'From one start to the next; null for the length of the visit with its buffers.' }),
  capacity: z.int().min(1).max(100).meta({ description: 'How many may book the same time: more than 1 for a group.' }),
  leadMinutes: z
    .int()
    .min(0)
    .max(525_600)
    .meta({ description: 'How long before its start a time is no longer offered.' }),
  bufferBeforeMinutes: z.int().min(0).max(240),
  bufferAfterMinutes: z.int().min(0).max(240),
};
const offerDefaults = {
  stepMinutes: offer.stepMinutes.default(null),
  capacity: offer.capacity.default(1),
  leadMinutes: offer.leadMinutes.default(0),
  bufferBeforeMinutes: offer.bufferBeforeMinutes.default(0),
  bufferAfterMinutes: offer.bufferAfterMinutes.default(0),
};

const place = {
  locationId: Id.nullable().meta({ description: 'Null for video from anywhere.' }),
  roomId: Id.nullable(),
  modality: OfferedModality,
};

const rule = {
  ...place,
  weekday: Weekday,
  startTime: LocalTime,
  endTime: LocalTime,
  validFrom: LocalDate.nullable(),
  validTo: LocalDate.nullable().meta({ description: 'The last day.' }),
  serviceIds: z.array(Id).min(1).max(200).nullable().meta({ description: 'For these services alone; null for all.' }),
};

/** A rule as it must be, with everything that is not said at its default. */
const WholeRule = z.strictObject({
  ...rule,
  locationId: place.locationId.default(null),
  roomId: place.roomId.default(null),
  validFrom: rule.validFrom.default(null),
  validTo: rule.validTo.default(null),
  serviceIds: rule.serviceIds.default(null),
  ...offerDefaults,
  practitionerId: Id.optional().meta({ description: "A doctor's own unless given." }),
});

type Checked = z.core.ParsePayload<z.output<typeof WholeRule>>;

function checkRule({ value, issues }: Checked): void {
  // One fault a field: what is no time cannot be too early.
  if (issues.length > 0) return;
  const refuse = (field: string, message: string) =>
    void issues.push({ code: 'custom', path: [field], message, input: undefined });
  checkPlace(value, refuse);
  if (value.startTime >= value.endTime) {
    refuse(
      'endTime',
      'Must be later than startTime. Hours over midnight are two rules, one until 24:00, one from 00:00',
    );
  }
  const { validFrom, validTo, weekday } = value;
  if (validFrom === null || validTo === null) return;
  const [first, last] = [Date.parse(validFrom) / 86_400_000, Date.parse(validTo) / 86_400_000];
  if (last < first) refuse('validTo', 'Must not be before validFrom');
  // 1970-01-01 was a Thursday.
  else if (first + ((weekday - 1 - ((first + 3) % 7) + 7) % 7) > last) {
    refuse('weekday', 'No such day of the week lies between validFrom and validTo');
  }
}

interface Place {
  locationId: string | null;
  roomId: string | null;
  modality: string | null;
}

function checkPlace({ locationId, roomId, modality }: Place, refuse: (field: string, message: string) => void): void {
  if (locationId === null && modality !== 'video') refuse('locationId', 'Is needed, unless the visits are by video');
  if (locationId === null && roomId !== null) refuse('roomId', 'Needs the location that the room is in');
}

export const NewRule = WholeRule.check(checkRule).meta({ id: 'NewAvailabilityRule' });
export type NewRule = z.output<typeof NewRule>;

export const RuleChange = z
  .strictObject({ ...rule, ...offer })
  .partial()
  .meta({ id: 'AvailabilityRuleChange' });
export type RuleChange = z.output<typeof RuleChange>;

export const RuleView = z
  .object({
    id: Id,
    practitionerId: Id,
    ...rule,
    ...offer,
    timeZone: z.string().meta({ description: "Of the location, or the clinic's." }),
  })
  .meta({ id: 'AvailabilityRule' });
export type RuleView = z.infer<typeof RuleView>;

const reason = line(500).nullable().meta({ description: 'For the staff; patients never see it.' });

const period = { startsOn: LocalDate, startTime: LocalTime, endsOn: LocalDate, endTime: LocalTime };

/** Whole days unless times are given. */
const NewLeave = z.strictObject({
  kind: z.literal('leave'),
  practitionerId: Id.nullable().default(null).meta({ description: 'Null for everybody.' }),
  locationId: Id.nullable().default(null).meta({ description: 'Only there; null for everywhere.' }),
  startsOn: period.startsOn,
  startTime: period.startTime.default('00:00'),
  endsOn: period.endsOn.optional().meta({ description: 'The same day unless given.' }),
  endTime: period.endTime.default('24:00'),
  reason: reason.default(null),
});

const NewExtra = z.strictObject({
  kind: z.literal('extra'),
  practitionerId: Id.optional().meta({ description: "A doctor's own unless given." }),
  locationId: place.locationId.default(null),
  roomId: place.roomId.default(null),
  modality: place.modality,
  startsOn: period.startsOn,
  startTime: period.startTime,
  endTime: period.endTime,
  ...offerDefaults,
  reason: reason.default(null),
});

export const NewException = z
  .discriminatedUnion('kind', [NewLeave, NewExtra])
  .check(({ value, issues }) => {
    if (issues.length > 0) return;
    const refuse = (field: string, message: string) =>
      void issues.push({ code: 'custom', path: [field], message, input: undefined });
    if (value.kind === 'extra') checkPlace(value, refuse);
    const endsOn = value.kind === 'leave' ? (value.endsOn ?? value.startsOn) : value.startsOn;
    if (value.startTime === '24:00') refuse('startTime', 'Must be before 24:00; that is 00:00 of the next day');
    if (endsOn < value.startsOn) refuse('endsOn', 'Must not be before startsOn');
    else if (endsOn === value.startsOn && value.startTime >= value.endTime) {
      refuse('endTime', 'Must be later than startTime on the same day');
    } else if (value.endTime === '00:00')
      refuse('endTime', 'Must be after 00:00; until midnight is 24:00 of the day before');
  })
  .meta({ id: 'NewAvailabilityException' });
export type NewException = z.output<typeof NewException>;

/** What may change: when, and why. Who and where is another exception. */
export const ExceptionChange = z
  .strictObject({ ...period, reason })
  .partial()
  .meta({ id: 'AvailabilityExceptionChange' });
export type ExceptionChange = z.output<typeof ExceptionChange>;

export const ExceptionView = z
  .object({
    id: Id,
    kind: z.enum(['leave', 'extra']),
    practitionerId: Id.nullable(),
    locationId: Id.nullable(),
    roomId: Id.nullable(),
    modality: OfferedModality.nullable(),
    ...period,
    ...offer,
    reason,
  })
  .meta({ id: 'AvailabilityException' });
export type ExceptionView = z.infer<typeof ExceptionView>;

/** A visit that is booked and that the hours no longer cover. It stays booked. */
export const AffectedVisit = z
  .object({
    appointmentId: Id,
    practitionerId: Id,
    locationId: Id.nullable(),
    modality: VisitModality,
    startsAt: Instant,
    endsAt: Instant,
  })
  .meta({ id: 'AffectedVisit' });
export type AffectedVisit = z.infer<typeof AffectedVisit>;

const affected = {
  affected: z
    .array(AffectedVisit)
    .meta({ description: 'Booked visits that were within hours and no longer are, at most 200.' }),
  affectedCount: z.int().nonnegative(),
};

export const ChangedRule = z.object({ rule: RuleView, ...affected }).meta({ id: 'ChangedAvailabilityRule' });
export type ChangedRule = z.infer<typeof ChangedRule>;
export const ChangedException = z
  .object({ exception: ExceptionView, ...affected })
  .meta({ id: 'ChangedAvailabilityException' });
export type ChangedException = z.infer<typeof ChangedException>;
export const Affected = z.object(affected).meta({ id: 'AffectedVisits' });
export type Affected = z.infer<typeof Affected>;

/** A change as it could be asked for, to hear what it would do. */
export const Preview = z
  .discriminatedUnion('change', [
    z.strictObject({ change: z.literal('create-rule'), rule: NewRule }),
    z.strictObject({ change: z.literal('change-rule'), id: Id, rule: RuleChange }),
    z.strictObject({ change: z.literal('delete-rule'), id: Id }),
    z.strictObject({ change: z.literal('create-exception'), exception: NewException }),
    z.strictObject({ change: z.literal('change-exception'), id: Id, exception: ExceptionChange }),
    z.strictObject({ change: z.literal('delete-exception'), id: Id }),
  ])
  .meta({ id: 'AvailabilityPreview' });
export type Preview = z.output<typeof Preview>;

export const RuleQuery = z.strictObject({
  practitionerId: Id.optional(),
  locationId: Id.optional(),
  weekday: z.coerce.number().int().min(1).max(7).optional(),
  ...paging,
});
export type RuleQuery = z.output<typeof RuleQuery>;
export const RulePage = z.object({ items: z.array(RuleView), nextCursor }).meta({ id: 'AvailabilityRulePage' });
export type RulePage = z.infer<typeof RulePage>;

export const ExceptionQuery = z.strictObject({
  practitionerId: Id.optional().meta({ description: "Theirs, and everybody's." }),
  kind: z.enum(['leave', 'extra']).optional(),
  from: LocalDate.optional().meta({ description: 'Ending on this day or later.' }),
  to: LocalDate.optional().meta({ description: 'Starting on this day or earlier.' }),
  ...paging,
});
export type ExceptionQuery = z.output<typeof ExceptionQuery>;
export const ExceptionPage = z
  .object({ items: z.array(ExceptionView), nextCursor })
  .meta({ id: 'AvailabilityExceptionPage' });
export type ExceptionPage = z.infer<typeof ExceptionPage>;

export const AvailabilityParams = z.strictObject({ id: Id });
