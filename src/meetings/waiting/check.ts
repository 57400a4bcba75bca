/** What the waiting patient's device found out about itself, for the doctor to see. */
import type { DeviceVerdict, NetworkVerdict } from '../../../signaling/protocol/index.ts';
import type { Actor } from '../../platform/actor.ts';
import { Prisma } from '../../platform/db/client.ts';
import type { Reads } from '../../platform/db/quick.ts';
import type { TenantDb } from '../../platform/db/scope.ts';
import { AppError } from '../../platform/errors.ts';
import { seatOf } from '../policy.ts';
import type { MeetingDeps } from '../transact.ts';
import { tooLate } from './policy.ts';
import { keepWaiting, type WaitedFor, waitedForColumns } from './rows.ts';

export interface Told {
  meetingId: string;
  network?: NetworkVerdict | undefined;
  devices?: DeviceVerdict | undefined;
}

interface Checked extends WaitedFor {
  network: NetworkVerdict | null;
  devices: DeviceVerdict | null;
}

/** Keeps it with the meeting. Whose queue is another by it; null when it says nothing new, or nobody waits yet. */
export function tellCheck(
  { clock }: MeetingDeps,
  db: TenantDb,
  actor: Actor,
  { meetingId, network, devices }: Told,
): Promise<{ changed: string | null }> {
  const { tenantId } = db;
  db.about({ entity: { type: 'Meeting', id: meetingId } });
  const read: Reads<Checked> = Prisma.sql`
    select ${waitedForColumns}, w.network, w.devices
    from meeting m left join waiting w on w.tenant_id = m.tenant_id and w.meeting_id = m.id
    where m.tenant_id = ${tenantId}::uuid and m.id = ${meetingId}::uuid`;
  return db.decide(read, ([found]) => {
    if (!found) throw new AppError('MEETING_NOT_FOUND');
    if (seatOf(actor, found) !== 'patient') throw new AppError('NOT_ASSIGNED');
    db.about({ patientIds: [found.patientId] });
    const refusal = tooLate(found);
    if (refusal) throw new AppError(refusal);
    const after = { network: network ?? found.network, devices: devices ?? found.devices };
    if (after.network === found.network && after.devices === found.devices)
      return { writes: [], answer: { changed: null } };
    const write = keepWaiting(tenantId, meetingId, [
      ['network', Prisma.sql`${after.network}::text`],
      ['devices', Prisma.sql`${after.devices}::text`],
      ['checked_at', Prisma.sql`${clock.now()}::timestamptz`],
    ]);
    return { writes: [write], answer: { changed: found.waitingSince && found.doctorId } };
  });
}
