/** What the calls of appointments take and answer. */
import { z } from 'zod';
import { Id, Instant } from '../../../signaling/protocol/index.ts';
import { nextCursor, paging, VisitModality, When } from '../schema.ts';

/** FHIR's AppointmentStatus, as far as we have them. */
export const AppointmentStatus = z.enum(['pending', 'booked', 'arrived', 'fulfilled', 'cancelled', 'noshow']);
export type AppointmentStatus = z.infer<typeof AppointmentStatus>;

export const NoShowSide = z.enum(['doctor', 'patient', 'both']);
export type NoShowSide = z.infer<typeof NoShowSide>;

/** HL7's code system appointment-cancellation-reason, as far as a clinic's desk needs it. */
export const CancelCode = z
  .enum([
    'pat',
    'pat-fb',
    'pat-lt',
    'pat-mv',
    'prov',
    'prov-pers',
    'maint',
    'oth-err',
    'oth-room',
    'oth-weath',
    'other',
  ])
  .meta({
    id: 'AppointmentCancelCode',
    description:
      "Of HL7's appointment-cancellation-reason: by the patient (feeling better, no transport, moved away), by the provider (personal), maintenance, an error, no room, the weather, other.",
  });
export type CancelCode = z.infer<typeof CancelCode>;

export const Canceller = z.enum(['patient', 'doctor', 'staff', 'admin', 'service', 'clock']);
export type Canceller = z.infer<typeof Canceller>;

const reason = z.string().trim().min(1).max(500);

export const Appointment = z
  .object({
    id: Id,
    status: AppointmentStatus,
    practitionerId: Id,
    practitionerName: z.string(),
    patientId: Id,
    patientName: z.string(),
    serviceId: Id,
    serviceName: z.string(),
    locationId: Id.nullable(),
    locationName: z.string().nullable(),
    roomId: Id.nullable(),
    roomName: z.string().nullable(),
    modality: VisitModality,
    startsAt: Instant,
    endsAt: Instant,
    holdUntil: Instant.nullable().meta({ description: 'Until when an offer from the waiting list can be accepted.' }),
    reason: z.string().nullable(),
    cancelCode: CancelCode.nullable(),
    cancelReason: z.string().nullable(),
    cancelledBy: Canceller.nullable(),
    cancelledLate: z.boolean(),
    noShowSide: NoShowSide.nullable().meta({ description: 'Who was not there.' }),
    priceMinor: z.int().nonnegative().meta({ description: 'As it was when it was booked, in minor units.' }),
    currency: z.string().length(3),
    seriesId: Id.nullable(),
    waitlistEntryId: Id.nullable(),
    meetingId: Id.nullable().meta({ description: 'Its video meeting.' }),
    version: z.int().positive(),
    createdAt: Instant,
  })
  .meta({ id: 'Appointment' });
export type Appointment = z.infer<typeof Appointment>;

const booking = {
  practitionerId: Id,
  patientId: Id.optional().meta({ description: 'The own record when left out.' }),
  serviceId: Id,
  startsAt: When,
  locationId: Id.optional(),
  modality: VisitModality,
  reason: reason.optional().meta({ description: 'What the visit is for.' }),
  overrideHours: z.boolean().default(false).meta({
    description: 'Staff only: outside of hours, leave and lead time as well. What overlaps is refused all the same.',
  }),
};
export const NewAppointment = z.strictObject(booking).meta({ id: 'NewAppointment' });
export type NewAppointment = z.output<typeof NewAppointment>;

export const NewSeries = z
  .strictObject({
    ...booking,
    count: z.int().min(2).max(52).meta({ description: 'How many, a week apart, at the same local time.' }),
  })
  .meta({ id: 'NewAppointmentSeries' });
export type NewSeries = z.output<typeof NewSeries>;

export const Series = z.object({ seriesId: Id, items: z.array(Appointment) }).meta({ id: 'AppointmentSeries' });
export type Series = z.infer<typeof Series>;

const version = z.int().positive().optional().meta({
  description: 'The version that the caller has seen: CONFLICT when it has changed since. The same as If-Match.',
});

export const Reschedule = z
  .strictObject({
    startsAt: When,
    locationId: Id.optional().meta({ description: 'As it is when left out.' }),
    overrideHours: z.boolean().default(false),
    version,
  })
  .meta({ id: 'RescheduleAppointment' });
export type Reschedule = z.output<typeof Reschedule>;

export const Cancel = z
  .strictObject({ code: CancelCode.optional(), reason: reason.optional(), version })
  .meta({ id: 'CancelAppointment' });
export type Cancel = z.output<typeof Cancel>;

export const NoShow = z.strictObject({ side: NoShowSide, version }).meta({ id: 'AppointmentNoShow' });
export type NoShow = z.output<typeof NoShow>;

export const AppointmentParams = z.strictObject({ id: Id });

export const AppointmentFilters = z.strictObject({
  from: When.optional().meta({ description: 'Starts at or after this instant.' }),
  to: When.optional().meta({ description: 'Starts before this instant.' }),
  practitionerId: Id.optional(),
  patientId: Id.optional(),
  locationId: Id.optional(),
  seriesId: Id.optional(),
  status: AppointmentStatus.optional(),
  sort: z.enum(['startsAt', '-startsAt']).default('startsAt'),
});
export type AppointmentFilters = z.output<typeof AppointmentFilters>;
export const AppointmentQuery = AppointmentFilters.extend(paging);
export type AppointmentQuery = z.output<typeof AppointmentQuery>;

export const AppointmentPage = z.object({ items: z.array(Appointment), nextCursor }).meta({ id: 'AppointmentPage' });
export type AppointmentPage = z.infer<typeof AppointmentPage>;

/** Instants, codes and words of closed lists: never what a person wrote. */
export const EventDetail = z.object({
  from: Instant.optional().meta({ description: 'When it was before it was moved.' }),
  to: Instant.optional().meta({ description: 'To when it was moved.' }),
  code: CancelCode.optional(),
  late: z.boolean().optional(),
  side: NoShowSide.optional(),
  overrideHours: z.boolean().optional(),
  fromId: Id.optional().meta({ description: 'The practitioner who gave it to another one.' }),
  toId: Id.optional().meta({ description: 'The practitioner who has it now.' }),
});
export type EventDetail = z.infer<typeof EventDetail>;

export const AppointmentEntry = z
  .object({
    id: Id,
    type: z.enum([
      'book',
      'offer',
      'accept',
      'decline',
      'expire',
      'reschedule',
      'cancel',
      'arrive',
      'fulfil',
      'no_show',
      'hand_over',
    ]),
    actorRole: Canceller,
    actorId: Id.nullable(),
    at: Instant,
    detail: EventDetail,
  })
  .meta({ id: 'AppointmentTimelineEntry' });
export type AppointmentEntry = z.infer<typeof AppointmentEntry>;
export const TimelineQuery = z.strictObject(paging);
export const AppointmentTimeline = z
  .object({ items: z.array(AppointmentEntry), nextCursor })
  .meta({ id: 'AppointmentTimeline' });
export type AppointmentTimeline = z.infer<typeof AppointmentTimeline>;

export const WaitlistState = z.enum(['waiting', 'offered', 'booked', 'left', 'expired']);

export const NewWaitlistEntry = z
  .strictObject({
    patientId: Id.optional().meta({ description: 'The own record when left out.' }),
    serviceId: Id,
    practitionerId: Id.optional().meta({ description: 'Anybody who gives the service when left out.' }),
    modality: VisitModality.optional().meta({ description: 'Either when left out.' }),
    from: When,
    to: When,
    reason: reason.optional(),
  })
  .meta({ id: 'NewWaitlistEntry' });
export type NewWaitlistEntry = z.output<typeof NewWaitlistEntry>;

export const WaitlistEntry = z
  .object({
    id: Id,
    patientId: Id,
    patientName: z.string(),
    serviceId: Id,
    serviceName: z.string(),
    practitionerId: Id.nullable(),
    modality: VisitModality.nullable(),
    from: Instant,
    to: Instant,
    state: WaitlistState,
    offerId: Id.nullable().meta({ description: 'The appointment that is held for them now.' }),
    createdAt: Instant,
  })
  .meta({ id: 'WaitlistEntry' });
export type WaitlistEntry = z.infer<typeof WaitlistEntry>;

export const WaitlistQuery = z.strictObject({
  ...paging,
  state: WaitlistState.optional(),
  practitionerId: Id.optional(),
});
export type WaitlistQuery = z.output<typeof WaitlistQuery>;
export const WaitlistPage = z.object({ items: z.array(WaitlistEntry), nextCursor }).meta({ id: 'WaitlistPage' });
export type WaitlistPage = z.infer<typeof WaitlistPage>;

/** By which way somebody is reminded; `none` for not at all. */
export const ReminderChannel = z.enum(['mail', 'none']);
export type ReminderChannel = z.infer<typeof ReminderChannel>;

export const Preferences = z
  .strictObject({
    language: z
      .enum(['en', 'es', 'hi'])
      .nullable()
      .meta({ description: "In which they are written to; null for the clinic's." }),
    reminderChannel: ReminderChannel,
  })
  .meta({ id: 'PatientPreferences' });
export type Preferences = z.infer<typeof Preferences>;
