/** Waiting for the doctor: the queue, a patient's place in it, and what is written meanwhile. */
import { z } from 'zod';
import { Id, Instant } from './ids.ts';

/** What a test of the network came to: good is less than 1 % loss and less than 30 ms of jitter. */
export const NetworkVerdict = z.enum(['good', 'fair', 'poor']);
export type NetworkVerdict = z.infer<typeof NetworkVerdict>;

/** Whether the patient's camera and microphone were found to work. */
export const DeviceVerdict = z.enum(['passed', 'failed']);
export type DeviceVerdict = z.infer<typeof DeviceVerdict>;

/** A patient in the doctor's queue. */
export const WaitingEntry = z.object({
  meetingId: Id,
  patientId: Id,
  patientName: z.string(),
  reason: z.string().nullable(),
  scheduledAt: Instant,
  since: Instant,
  /** Null until the patient's device has said. */
  network: NetworkVerdict.nullable(),
  devices: DeviceVerdict.nullable(),
  /** Somebody gave them another place than the rule does. */
  moved: z.boolean(),
  /** Lines of the patient that nobody of the clinic has read. */
  unread: z.int().nonnegative(),
  /** They have told the assistant of an emergency since they wait: of which, and when. */
  alarm: z.object({ sign: z.string(), at: Instant }).nullable(),
});
export type WaitingEntry = z.infer<typeof WaitingEntry>;

/** Between which instants the doctor is likely to be free for a patient, from recent visits; never a promise. */
export const WaitEstimate = z.object({ earliest: Instant, latest: Instant });
export type WaitEstimate = z.infer<typeof WaitEstimate>;

/** A waiting patient's own place. */
export const WaitingPlace = z.object({
  /** 1 is next. */
  position: z.int().positive(),
  /** The doctor is in another consultation now. */
  doctorBusy: z.boolean(),
  /** Null when too little is known to say. */
  estimate: WaitEstimate.nullable(),
});
export type WaitingPlace = z.infer<typeof WaitingPlace>;

/** One doctor's queue as the front desk sees it. */
export const DoctorQueue = z.object({
  doctorId: Id,
  doctorName: z.string(),
  /** Since when the doctor is in a consultation; null when they are in none. */
  busySince: Instant.nullable(),
  waiting: z.array(WaitingEntry),
});
export type DoctorQueue = z.infer<typeof DoctorQueue>;

export const WaitingSide = z.enum(['patient', 'doctor', 'staff']);
export type WaitingSide = z.infer<typeof WaitingSide>;

export const WaitingLine = z.object({
  id: Id,
  meetingId: Id,
  from: WaitingSide,
  text: z.string(),
  clientId: z.string(),
  sentAt: Instant,
});
export type WaitingLine = z.infer<typeof WaitingLine>;

/** Until when each side has read; null when it has read nothing. */
export const WaitingRead = z.object({ patient: Instant.nullable(), clinic: Instant.nullable() });
export type WaitingRead = z.infer<typeof WaitingRead>;

/** The clinic's own words for its waiting room, by language tag. */
export const WaitingText = z.record(z.string(), z.string());
export type WaitingText = z.infer<typeof WaitingText>;
