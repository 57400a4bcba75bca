/** Who waits for a doctor, in the order in which they are called. A place belongs to the meeting, not to a connection. */

import type { ToldQueue } from '../../signaling/meeting-gate.ts';
import type { DoctorQueue, WaitingEntry, WaitingPlace } from '../../signaling/protocol/index.ts';
import { Prisma } from '../platform/db/client.ts';
import type { Reads } from '../platform/db/quick.ts';
import type { TenantDb } from '../platform/db/scope.ts';
import { estimateOf, type Pace } from './waiting/estimate.ts';
import { inOrder } from './waiting/order.ts';
import { ofDoctor, type QueueRow, toEntry, waitingRows } from './waiting/rows.ts';

const dayMs = 86_400_000;

export async function queueOf(db: TenantDb, doctorId: string): Promise<WaitingEntry[]> {
  const read: Reads<QueueRow> = waitingRows(db.tenantId, ofDoctor(doctorId));
  return inOrder(await db.readAbout(read)).map(toEntry);
}

/** All that is told when a queue changes, in one round trip. Null when the clinic has no such doctor. */
export async function toldQueue(db: TenantDb, doctorId: string, now: Date): Promise<ToldQueue | null> {
  const rows = await db.read(queueWithPace(db.tenantId, doctorId, now));
  const [doctor] = rows;
  if (!doctor) return null;
  const queue = inOrder(rows.filter((row): row is PacedRow & QueueRow => row.meetingId !== null));
  const { doctorName, busySince } = doctor;
  const places = queue.map(({ meetingId, patientId, scheduledAt }, ahead) => {
    const estimate = estimateOf(doctor, { ahead, scheduledAt }, now);
    const { earliest, latest } = estimate ?? {};
    return {
      meetingId,
      patientId,
      place: {
        position: ahead + 1,
        doctorBusy: busySince !== null,
        estimate: earliest && latest ? { earliest: earliest.toISOString(), latest: latest.toISOString() } : null,
      },
    };
  });
  return { doctorId, doctorName, busySince: busySince?.toISOString() ?? null, waiting: queue.map(toEntry), places };
}

/** The place of one meeting in its doctor's queue. A meeting that has left the queue meanwhile is next. */
export async function placeOf(
  db: TenantDb,
  meeting: { id: string; doctorId: string },
  now: Date,
): Promise<WaitingPlace> {
  const queue = await toldQueue(db, meeting.doctorId, now);
  const own = queue?.places.find(({ meetingId }) => meetingId === meeting.id);
  return own?.place ?? { position: 1, doctorBusy: false, estimate: null };
}

type PacedRow = Pace & { doctorName: string } & (QueueRow | { [K in keyof QueueRow]: null });

/** One row for each who waits, or one alone for the doctor when nobody does. */
function queueWithPace(tenantId: string, doctorId: string, now: Date): Reads<PacedRow> {
  const [since, active] = [new Date(now.getTime() - 90 * dayMs), new Date(now.getTime() - 2 * dayMs)];
  const lasted = (whose: Prisma.Sql) => Prisma.sql`
    array(
      select v.duration_seconds from meeting v
      where v.tenant_id = ${tenantId}::uuid ${whose} and v.status = 'ended' and v.duration_seconds >= 60
        and v.scheduled_at between ${since}::timestamptz and ${now}::timestamptz
      order by v.scheduled_at desc limit 20)`;
  return Prisma.sql`
    select d.name as "doctorName", ${lasted(Prisma.sql`and v.doctor_id = ${doctorId}::uuid`)} as "own",
      ${lasted(Prisma.empty)} as "clinic",
      (select max(a.started_at) from meeting a
       where a.tenant_id = ${tenantId}::uuid and a.doctor_id = ${doctorId}::uuid and a.status = 'active'
         and a.scheduled_at > ${active}::timestamptz) as "busySince",
      q.*
    from practitioner d
    left join lateral (${waitingRows(tenantId, ofDoctor(doctorId))}) q on true
    where d.tenant_id = ${tenantId}::uuid and d.id = ${doctorId}::uuid`;
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
