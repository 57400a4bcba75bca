/** An appointment as the database gives it, with the names that every use of it needs, and as callers see it. */
import { Prisma } from '../../platform/db/client.ts';
import type { VisitModality } from '../schema.ts';
import type { StoredAppointment } from './model.ts';
import type { Appointment, AppointmentStatus, CancelCode, Canceller, NoShowSide } from './schema.ts';

export interface AppointmentRow {
  id: string;
  status: AppointmentStatus;
  practitionerId: string;
  practitionerName: string;
  patientId: string;
  patientName: string;
  serviceId: string;
  serviceName: string;
  locationId: string | null;
  locationName: string | null;
  roomId: string | null;
  roomName: string | null;
  modality: VisitModality;
  startsAt: Date;
  endsAt: Date;
  busyFrom: Date;
  busyUntil: Date;
  holdUntil: Date | null;
  reason: string | null;
  cancelCode: CancelCode | null;
  cancelReason: string | null;
  cancelledBy: Canceller | null;
  cancelledLate: boolean;
  noShowSide: NoShowSide | null;
  priceMinor: number;
  currency: string;
  seriesId: string | null;
  waitlistEntryId: string | null;
  meetingId: string | null;
  sequence: number;
  version: number;
  createdAt: Date;
}

export const appointmentColumns = Prisma.sql`
  a.id, a.status::text as "status", a.practitioner_id as "practitionerId", d.name as "practitionerName",
  a.patient_id as "patientId", p.name as "patientName", a.service_id as "serviceId", s.name as "serviceName",
  a.location_id as "locationId", l.name as "locationName", a.room_id as "roomId", r.name as "roomName",
  a.modality::text as "modality", a.starts_at as "startsAt", a.ends_at as "endsAt",
  a.busy_from as "busyFrom", a.busy_until as "busyUntil", a.hold_until as "holdUntil", a.reason,
  a.cancel_code as "cancelCode", a.cancel_reason as "cancelReason", a.cancelled_by as "cancelledBy",
  a.cancelled_late as "cancelledLate", a.no_show_side::text as "noShowSide", a.price_minor as "priceMinor", a.currency,
  a.series_id as "seriesId", a.waitlist_entry_id as "waitlistEntryId", m.id as "meetingId",
  a.sequence, a.version, a.created_at as "createdAt"`;

export const appointmentTables = Prisma.sql`
  appointment a
  join practitioner d on d.tenant_id = a.tenant_id and d.id = a.practitioner_id
  join patient p on p.tenant_id = a.tenant_id and p.id = a.patient_id
  join service s on s.tenant_id = a.tenant_id and s.id = a.service_id
  left join location l on l.tenant_id = a.tenant_id and l.id = a.location_id
  left join room r on r.tenant_id = a.tenant_id and r.id = a.room_id
  left join meeting m on m.tenant_id = a.tenant_id and m.appointment_id = a.id`;

const instant = (date: Date | null): string | null => date?.toISOString() ?? null;

/** The appointment as REST shows it. */
export function toAppointment(row: AppointmentRow): Appointment {
  const { busyFrom: _from, busyUntil: _until, sequence: _sequence, ...told } = row;
  return {
    ...told,
    startsAt: row.startsAt.toISOString(),
    endsAt: row.endsAt.toISOString(),
    holdUntil: instant(row.holdUntil),
    createdAt: row.createdAt.toISOString(),
  };
}

/** What the machine sees of a row. */
export function storedOf(row: AppointmentRow): StoredAppointment {
  const { status, cancelledBy, cancelCode, cancelledLate, noShowSide, sequence } = row;
  const [startsAt, endsAt] = [row.startsAt.toISOString(), row.endsAt.toISOString()];
  const holdUntil = instant(row.holdUntil);
  return {
    status,
    context: { startsAt, endsAt, holdUntil, cancelledBy, cancelCode, cancelledLate, noShowSide, sequence },
  };
}

/** The row with what the machine made of it. */
export function withStored(row: AppointmentRow, { status, context }: StoredAppointment): AppointmentRow {
  const { startsAt, endsAt, holdUntil, ...same } = context;
  return {
    ...row,
    ...same,
    status,
    startsAt: new Date(startsAt),
    endsAt: new Date(endsAt),
    holdUntil: holdUntil === null ? null : new Date(holdUntil),
  };
}
