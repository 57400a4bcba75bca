/** New meetings. */
import type { Meeting } from '../../signaling/protocol/index.ts';
import type { Actor } from '../platform/actor.ts';
import { Prisma } from '../platform/db/client.ts';
import type { Reads } from '../platform/db/quick.ts';
import type { TenantDb } from '../platform/db/scope.ts';
import { AppError, type InputFault } from '../platform/errors.ts';
import { newId } from '../platform/ids.ts';
import type { ConsentForm } from './consent-rule.ts';
import { ClinicRules } from './model.ts';
import { pendingEvents } from './pending.ts';
import { maySchedule } from './policy.ts';
import { type MeetingRow, toMeeting } from './rows.ts';
import type { NewMeeting } from './schema.ts';
import { type StoredMeeting, scheduleMeeting } from './step.ts';
import type { MeetingDeps } from './transact.ts';
import { insertWithFact } from './write.ts';

/** A row for `tx.meeting.create`, complete with the machine's first snapshot. */
export interface NewMeetingRow {
  id: string;
  tenantId: string;
  doctorId: string;
  patientId: string;
  appointmentId: string | null;
  reason: string | null;
  scheduledAt: Date;
  nextDeadlineAt: Date;
  consent: ConsentForm | null;
  consentAt: Date | null;
  snapshot: StoredMeeting;
}

export function newMeeting(
  input: {
    tenantId: string;
    doctorId: string;
    patientId: string;
    scheduledAt: Date;
    appointmentId?: string | undefined;
    reason?: string | undefined;
    /** When the patient asked for it themself, who thereby agrees to be seen at a distance. */
    askedByPatientAt?: Date | null;
  },
  clinic: ClinicRules,
): NewMeetingRow {
  const { appointmentId = null, reason = null, askedByPatientAt: consentAt = null, ...given } = input;
  const consent = consentAt === null ? null : 'implied';
  const snapshot = scheduleMeeting(given.scheduledAt);
  const [noShow] = pendingEvents(snapshot, clinic);
  if (!noShow) throw new AppError('INTERNAL', 'A scheduled meeting has a no-show time.');
  return {
    ...given,
    id: newId(),
    appointmentId,
    reason,
    nextDeadlineAt: new Date(noShow.at),
    consent,
    consentAt,
    snapshot,
  };
}

const dayMs = 86_400_000;
const farthestDays = 3_660;

/**
 * Schedules a meeting. FORBIDDEN for a doctor who names another doctor; INVALID_INPUT when doctor or patient are not of
 * this clinic, or the time is more than a day ago or ten years ahead.
 */
export async function createMeeting(
  deps: MeetingDeps,
  db: TenantDb,
  actor: Actor,
  input: NewMeeting,
): Promise<Meeting> {
  if (!maySchedule(actor, input)) throw new AppError('FORBIDDEN', 'A doctor schedules their own meetings only.');
  const scheduledAt = new Date(input.scheduledAt);
  const { tenantId } = actor;
  db.about({ patientIds: [input.patientId] });
  const created = await db.decide(clinicOf(tenantId, input), ([clinic]) => {
    if (!clinic) throw new AppError('NOT_FOUND');
    const faults = [...faultsOfTime(scheduledAt, deps.clock.now()), ...faultsOfPeople(clinic)];
    if (faults.length > 0) throw new AppError('INVALID_INPUT', 'Correct the fields named in errors.', { faults });
    const row = newMeeting({ ...input, tenantId, scheduledAt }, ClinicRules.parse(clinic.settings));
    const { doctorName, patientName } = clinic;
    db.about({ entity: { type: 'Meeting', id: row.id } });
    const told = toldOf(row, { doctorName: doctorName ?? '', patientName: patientName ?? '' });
    const meeting = toMeeting(told);
    db.reply(meeting);
    return { writes: [insertWithFact(row, told)], answer: { meeting, nextDeadlineAt: row.nextDeadlineAt } };
  });
  deps.onCommitted({ nextDeadlineAt: created.nextDeadlineAt });
  return created.meeting;
}

interface Names {
  doctorName: string;
  patientName: string;
}

/** The row as it will be read, for the fact that it is there. */
export function toldOf(row: NewMeetingRow, names: Names): MeetingRow {
  return { ...unstarted, ...row, ...names, createdAt: new Date(), version: 1 };
}

const unstarted = {
  status: 'scheduled',
  startedAt: null,
  endedAt: null,
  durationSeconds: null,
  endReason: null,
  reconnectDeadline: null,
  waitingSince: null,
} as const;

interface Clinic {
  settings: unknown;
  doctorName: string | null;
  patientName: string | null;
  /** Whether the appointment that is named, if any, is of these two. */
  fits: boolean;
}

function clinicOf(tenantId: string, { doctorId, patientId, appointmentId }: NewMeeting): Reads<Clinic> {
  return Prisma.sql`
    select t.settings,
      (select name from practitioner d where d.tenant_id = t.id and d.id = ${doctorId}::uuid) as "doctorName",
      (select name from patient p where p.tenant_id = t.id and p.id = ${patientId}::uuid) as "patientName",
      ${appointmentId ?? null}::uuid is null or exists (
        select from appointment a
        where a.tenant_id = t.id and a.id = ${appointmentId ?? null}::uuid
          and a.practitioner_id = ${doctorId}::uuid and a.patient_id = ${patientId}::uuid) as fits
    from tenant t where t.id = ${tenantId}::uuid`;
}

function faultsOfPeople({ doctorName, patientName, fits }: Clinic): InputFault[] {
  return [
    ...(doctorName === null ? [{ path: 'doctorId', message: 'Is not a doctor of this clinic' }] : []),
    ...(patientName === null ? [{ path: 'patientId', message: 'Is not a patient of this clinic' }] : []),
    ...(fits ? [] : [{ path: 'appointmentId', message: 'Is not an appointment of this doctor and this patient' }]),
  ];
}

function faultsOfTime(scheduledAt: Date, now: Date): InputFault[] {
  const days = (scheduledAt.getTime() - now.getTime()) / dayMs;
  const path = 'scheduledAt';
  if (days < -1) return [{ path, message: 'Must not be more than a day ago' }];
  return days > farthestDays ? [{ path, message: 'Must be within ten years' }] : [];
}
