/** A meeting as the database gives it, with the names and settings that every use of it needs, and as callers see it. */

import type { Attendance } from '../../signaling/meeting-gate.ts';
import type { EndReason, Meeting, MeetingStatus, ParticipantRole } from '../../signaling/protocol/index.ts';
import { Prisma } from '../platform/db/client.ts';
import type { Reads } from '../platform/db/quick.ts';
import type { ConsentForm } from './consent-rule.ts';
import { MeetingRules } from './model.ts';
import { isUnpaid } from './payment-rule.ts';
import { StoredMeeting, statusOf } from './step.ts';

/** The columns of a meeting on the wire. */
export interface MeetingRow {
  id: string;
  status: MeetingStatus;
  doctorId: string;
  doctorName: string;
  patientId: string;
  patientName: string;
  appointmentId: string | null;
  reason: string | null;
  scheduledAt: Date;
  startedAt: Date | null;
  endedAt: Date | null;
  durationSeconds: number | null;
  endReason: EndReason | null;
  reconnectDeadline: Date | null;
  waitingSince: Date | null;
  version: number;
  createdAt: Date;
}

/** A row under lock, with what the machine needs. */
export interface LockedMeeting extends MeetingRow {
  tenantId: string;
  stored: StoredMeeting;
  /** How and when the patient agreed to be seen at a distance. */
  consent: ConsentForm | null;
  consentAt: Date | null;
  /** The clinic asks for payment first, and something of the price is owed. */
  isUnpaid: boolean;
  clinic: MeetingRules;
  /** The clinic's settings as they were read. */
  settings: unknown;
  nextDeadlineAt: Date | null;
}

export const meetingColumns = Prisma.sql`
  m.id, m.status::text as "status", m.doctor_id as "doctorId", d.name as "doctorName",
  m.patient_id as "patientId", p.name as "patientName", m.appointment_id as "appointmentId", m.reason,
  m.scheduled_at as "scheduledAt", m.started_at as "startedAt", m.ended_at as "endedAt",
  m.duration_seconds as "durationSeconds", m.end_reason::text as "endReason",
  m.reconnect_deadline as "reconnectDeadline", m.waiting_since as "waitingSince", m.version, m.created_at as "createdAt"`;

export const meetingTables = Prisma.sql`
  meeting m
  join practitioner d on d.tenant_id = m.tenant_id and d.id = m.doctor_id
  join patient p on p.tenant_id = m.tenant_id and p.id = m.patient_id`;

/** What `meetingLock` finds. */
export type LockedRow = MeetingRow &
  Pick<LockedMeeting, 'consent' | 'consentAt' | 'isUnpaid' | 'settings' | 'nextDeadlineAt'> & { snapshot: unknown };

/**
 * Reads one meeting and locks it until the transaction ends; no row when this tenant has none of that id, or, with `skip`,
 * when somebody else holds it. `none` locks nothing. The lock lets rows that only refer to the meeting (chat lines) be written beside it.
 */
export function meetingLock(tenantId: string, meetingId: string, whenHeld: keyof typeof locks): Reads<LockedRow> {
  return Prisma.sql`
    select ${meetingColumns}, m.snapshot, m.next_deadline_at as "nextDeadlineAt", m.consent, m.consent_at as "consentAt",
      ${isUnpaid} as "isUnpaid", t.settings
    from ${meetingTables} join tenant t on t.id = m.tenant_id
    where m.tenant_id = ${tenantId}::uuid and m.id = ${meetingId}::uuid
    ${locks[whenHeld]}`;
}

const locks = {
  wait: Prisma.sql`for no key update of m`,
  skip: Prisma.sql`for no key update of m skip locked`,
  /** Only looks. */
  none: Prisma.empty,
};

export function lockedMeeting(tenantId: string, { snapshot, settings, ...columns }: LockedRow): LockedMeeting {
  return {
    ...columns,
    tenantId,
    stored: StoredMeeting.parse(snapshot),
    clinic: MeetingRules.parse(settings),
    settings,
  };
}

const instant = (date: Date | null): string | null => date?.toISOString() ?? null;

/** The meeting as the protocol and REST show it. */
export function toMeeting(row: MeetingRow): Meeting {
  return {
    id: row.id,
    roomId: row.id,
    status: row.status,
    doctorId: row.doctorId,
    doctorName: row.doctorName,
    patientId: row.patientId,
    patientName: row.patientName,
    appointmentId: row.appointmentId,
    reason: row.reason,
    scheduledAt: row.scheduledAt.toISOString(),
    startedAt: instant(row.startedAt),
    endedAt: instant(row.endedAt),
    durationSeconds: row.durationSeconds,
    endReason: row.endReason,
    reconnectDeadline: instant(row.reconnectDeadline),
    waitingSince: instant(row.waitingSince),
    version: row.version,
    createdAt: row.createdAt.toISOString(),
  };
}

/** Doctor and patient as the machine knows them. When the meeting is over, whoever has been there is `away` for good. */
export function attendanceOf(row: MeetingRow, stored: StoredMeeting): Attendance[] {
  const presence = (role: ParticipantRole): Attendance['presence'] => {
    if (typeof stored.value !== 'string') return stored.value.active[role];
    return stored.context.seats[role].seat > 0 ? 'away' : 'absent';
  };
  const deadline = (role: ParticipantRole): Date | null => {
    const until = stored.context.seats[role].deadline;
    return until === null ? null : new Date(until);
  };
  return [
    {
      role: 'doctor',
      participantId: row.doctorId,
      displayName: row.doctorName,
      presence: presence('doctor'),
      deadline: deadline('doctor'),
    },
    {
      role: 'patient',
      participantId: row.patientId,
      displayName: row.patientName,
      presence: presence('patient'),
      deadline: deadline('patient'),
    },
  ];
}

/** The columns that follow from the snapshot alone. */
export function derivedColumns(
  stored: StoredMeeting,
): Pick<MeetingRow, 'status' | 'startedAt' | 'endedAt' | 'durationSeconds' | 'endReason'> {
  const { startedAt, endedAt, endReason } = stored.context;
  const started = startedAt === null ? null : new Date(startedAt);
  const ended = endedAt === null ? null : new Date(endedAt);
  return {
    status: statusOf(stored),
    startedAt: started,
    endedAt: ended,
    durationSeconds: started && ended ? Math.floor((ended.getTime() - started.getTime()) / 1000) : null,
    endReason,
  };
}
