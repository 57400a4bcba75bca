/** Who waits for a doctor, longest first. A place belongs to the meeting, not to a connection. */
import type { WaitingEntry } from '../../signaling/protocol/index.ts';
import { Prisma } from '../platform/db/client.ts';
import type { Reads } from '../platform/db/quick.ts';
import type { TenantDb } from '../platform/db/scope.ts';

interface QueueRow {
  meetingId: string;
  patientId: string;
  patientName: string;
  reason: string | null;
  scheduledAt: Date;
  since: Date;
}

export async function queueOf(db: TenantDb, doctorId: string): Promise<WaitingEntry[]> {
  const rows = await db.readAbout(waitingFor(db.tenantId, doctorId));
  return rows.map((row) => ({
    ...row,
    scheduledAt: row.scheduledAt.toISOString(),
    since: row.since.toISOString(),
  }));
}

function waitingFor(tenantId: string, doctorId: string): Reads<QueueRow> {
  return Prisma.sql`
      select m.id as "meetingId", m.patient_id as "patientId", p.name as "patientName", m.reason,
        m.scheduled_at as "scheduledAt", m.waiting_since as "since"
      from meeting m join patient p on p.tenant_id = m.tenant_id and p.id = m.patient_id
      where m.tenant_id = ${tenantId}::uuid and m.doctor_id = ${doctorId}::uuid
        and m.waiting_since is not null and m.status = 'scheduled'
      order by m.waiting_since, m.id`;
}

/** The place of one meeting in its doctor's queue, 1 is next. A meeting that has left the queue meanwhile is next. */
export async function positionOf(db: TenantDb, meeting: { id: string; doctorId: string }): Promise<number> {
  const waiting = await db.read(waitingFor(db.tenantId, meeting.doctorId));
  return (
    Math.max(
      waiting.findIndex((entry) => entry.meetingId === meeting.id),
      0,
    ) + 1
  );
}
