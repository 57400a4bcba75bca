/** A meeting as callers see it, over REST and over the socket alike. */
import { z } from 'zod';
import { Id, Instant } from './ids.ts';

export const meetingStatuses = ['scheduled', 'active', 'ended', 'cancelled'] as const;
export const MeetingStatus = z.enum(meetingStatuses);
export type MeetingStatus = z.infer<typeof MeetingStatus>;

/** Why a meeting is over: a closed list, extended only beside it. */
export const endReasons = [
  'doctor_ended',
  'doctor_disconnected',
  'patient_timeout',
  'cancelled',
  'no_show',
  'admin_ended',
  'max_duration',
] as const;
export const EndReason = z.enum(endReasons);
export type EndReason = z.infer<typeof EndReason>;

export const Meeting = z
  .object({
    id: Id,
    roomId: Id,
    status: MeetingStatus,
    doctorId: Id,
    doctorName: z.string(),
    patientId: Id,
    patientName: z.string(),
    appointmentId: Id.nullable(),
    reason: z.string().nullable().meta({ description: 'What the visit is for, as entered by the clinic.' }),
    scheduledAt: Instant,
    startedAt: Instant.nullable(),
    endedAt: Instant.nullable(),
    durationSeconds: z.int().nonnegative().nullable(),
    endReason: EndReason.nullable(),
    reconnectDeadline: Instant.nullable().meta({
      description: 'The earliest pending deadline of somebody who is away.',
    }),
    waitingSince: Instant.nullable().meta({ description: 'Since when the patient is in the waiting room.' }),
    version: z.int().positive().meta({ description: 'Raised by every change; the higher one is the newer.' }),
    createdAt: Instant,
  })
  .meta({ id: 'Meeting' });
export type Meeting = z.infer<typeof Meeting>;
