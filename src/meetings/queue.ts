/** Who waits for a doctor, in the order in which they are called. A place belongs to the meeting, not to a connection. */

import type { DoctorQueue, WaitingEntry } from '../../signaling/protocol/index.ts';
import { Prisma } from '../platform/db/client.ts';
import type { Reads } from '../platform/db/quick.ts';
import type { TenantDb } from '../platform/db/scope.ts';
import { inOrder } from './waiting/order.ts';
import { ofDoctor, type QueueRow, toEntry, waitingRows } from './waiting/rows.ts';

const dayMs = 86_400_000;

export async function queueOf(db: TenantDb, doctorId: string): Promise<WaitingEntry[]> {
  const read: Reads<QueueRow> = waitingRows(db.tenantId, ofDoctor(doctorId));
  return inOrder(await db.readAbout(read)).map(toEntry);
}

/**
 * The queues of every doctor for whom somebody waits or who is in a consultation, by name, for the front desk; or of one
 * doctor.
 */
export async function clinicQueues(db: TenantDb, now: Date, doctorId?: string): Promise<DoctorQueue[]> {
  const read: Reads<QueueRow> = waitingRows(db.tenantId, doctorId === undefined ? Prisma.empty : ofDoctor(doctorId));
  const waiting = inOrder(await db.readAbout(read));
  const doctors = await db.read(
    doctorsAtWork(
      db.tenantId,
      [...waiting.map((one) => one.doctorId), ...(doctorId === undefined ? [] : [doctorId])],
      new Date(now.getTime() - 2 * dayMs),
    ),
  );
  const asked = doctors.filter((doctor) => doctorId === undefined || doctor.doctorId === doctorId);
  return asked.map(({ busySince, ...doctor }) => ({
    ...doctor,
    busySince: busySince?.toISOString() ?? null,
    waiting: waiting.filter(({ doctorId }) => doctorId === doctor.doctorId).map(toEntry),
  }));
}

function doctorsAtWork(
  tenantId: string,
  awaited: readonly string[],
  active: Date,
): Reads<{ doctorId: string; doctorName: string; busySince: Date | null }> {
  return Prisma.sql`
    select d.id as "doctorId", d.name as "doctorName", busy.since as "busySince"
    from practitioner d
    left join (
      select a.doctor_id, max(a.started_at) as since from meeting a
      where a.tenant_id = ${tenantId}::uuid and a.status = 'active' and a.scheduled_at > ${active}::timestamptz
      group by a.doctor_id) busy on busy.doctor_id = d.id
    where d.tenant_id = ${tenantId}::uuid
      and (busy.since is not null or d.id = any (${[...new Set(awaited)]}::uuid[]))
    order by d.name, d.id`;
}
