/** What the database says of the waiting. */
import type { DeviceVerdict, NetworkVerdict, WaitingEntry } from '../../../signaling/protocol/index.ts';
import { Prisma } from '../../platform/db/client.ts';
import type { Queued } from './order.ts';

export interface QueueRow extends Queued {
  doctorId: string;
  patientId: string;
  patientName: string;
  reason: string | null;
  network: NetworkVerdict | null;
  devices: DeviceVerdict | null;
  unread: number;
  alarmSign: string | null;
  alarmAt: Date | null;
}

/** A select of `QueueRow`, for the doctors that the condition on `m` leaves; in no order. */
export function waitingRows(tenantId: string, doctors: Prisma.Sql = Prisma.empty): Prisma.Sql {
  return Prisma.sql`
    select m.id as "meetingId", m.doctor_id as "doctorId", m.patient_id as "patientId", p.name as "patientName", m.reason,
      m.scheduled_at as "scheduledAt", m.waiting_since as "since", w.network, w.devices,
      case when w.alarm_at >= m.waiting_since then w.alarm_sign end as "alarmSign", w.alarm_at as "alarmAt",
      case when w.place_since = m.waiting_since then w.place end as "place",
      (select count(*)::int from waiting_line l
       where l.tenant_id = m.tenant_id and l.meeting_id = m.id and l.from_role = 'patient'
         and (w.clinic_read_at is null or l.sent_at > w.clinic_read_at)) as "unread"
    from meeting m
    join patient p on p.tenant_id = m.tenant_id and p.id = m.patient_id
    left join waiting w on w.tenant_id = m.tenant_id and w.meeting_id = m.id
    where m.tenant_id = ${tenantId}::uuid and m.waiting_since is not null and m.status = 'scheduled' ${doctors}`;
}

export const ofDoctor = (doctorId: string): Prisma.Sql => Prisma.sql`and m.doctor_id = ${doctorId}::uuid`;

export function toEntry(row: QueueRow): WaitingEntry {
  return {
    meetingId: row.meetingId,
    patientId: row.patientId,
    patientName: row.patientName,
    reason: row.reason,
    scheduledAt: row.scheduledAt.toISOString(),
    since: row.since.toISOString(),
    network: row.network,
    devices: row.devices,
    moved: row.place !== null,
    unread: row.unread,
    alarm: row.alarmSign !== null && row.alarmAt ? { sign: row.alarmSign, at: row.alarmAt.toISOString() } : null,
  };
}

/** The meeting that something about its waiting is asked of. */
export interface WaitedFor {
  doctorId: string;
  patientId: string;
  status: 'scheduled' | 'active' | 'ended' | 'cancelled';
  waitingSince: Date | null;
}

export const waitedForColumns = Prisma.sql`
  m.doctor_id as "doctorId", m.patient_id as "patientId", m.status::text as "status", m.waiting_since as "waitingSince"`;

/** Changes what is kept beside one meeting's waiting, the row made if there is none: `set` names columns and their values. */
export function keepWaiting(tenantId: string, meetingId: string, set: readonly [string, Prisma.Sql][]): Prisma.Sql {
  const columns = Prisma.raw(set.map(([column]) => column).join(', '));
  const changes = Prisma.raw(set.map(([column]) => `${column} = excluded.${column}`).join(', '));
  return Prisma.sql`
    insert into waiting (tenant_id, meeting_id, ${columns})
    values (${tenantId}::uuid, ${meetingId}::uuid, ${Prisma.join(set.map(([, value]) => value))})
    on conflict (tenant_id, meeting_id) do update set ${changes}`;
}
