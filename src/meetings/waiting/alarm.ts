/** A patient who waits has told the assistant of an emergency: their doctors, and the front desk, see it in the queue. */
import { Prisma } from '../../platform/db/client.ts';
import type { TenantDb } from '../../platform/db/scope.ts';
import { note, openDraft } from '../draft.ts';
import { lockedMeeting, meetingLock } from '../rows.ts';
import { committed, type MeetingDeps } from '../transact.ts';
import { writesOf } from '../write.ts';
import { keepWaiting } from './rows.ts';

export interface Alarm {
  patientId: string;
  /** What the words were a sign of: a word of a closed list. */
  sign: string;
}

/** Kept in the timeline of each meeting that the patient waits for; answers how many these are. */
export async function raiseAlarm(deps: MeetingDeps, db: TenantDb, { patientId, sign }: Alarm): Promise<number> {
  const { tenantId } = db;
  const waiting = await db.read<{ id: string }>(Prisma.sql`
    select m.id from meeting m
    where m.tenant_id = ${tenantId}::uuid and m.patient_id = ${patientId}::uuid and m.status = 'scheduled'
      and m.waiting_since is not null`);
  let raised = 0;
  for (const { id } of waiting) if (await raise(deps, db, { id, patientId, sign })) raised += 1;
  return raised;
}

async function raise(
  deps: MeetingDeps,
  db: TenantDb,
  { id, patientId, sign }: Alarm & { id: string },
): Promise<boolean> {
  const { tenantId } = db;
  const draft = await db.decide(meetingLock(tenantId, id, 'wait'), ([row]) => {
    const isWaiting = row?.status === 'scheduled' && row.waitingSince !== null;
    if (!row || !isWaiting) return { writes: [], answer: undefined };
    const now = deps.clock.now();
    const made = openDraft(lockedMeeting(tenantId, row));
    note(made, 'alarmed', now.toISOString(), { role: 'patient', id: patientId, nodeId: null }, { sign });
    made.changed = true;
    made.effects.push({ type: 'queue' });
    const alarm = keepWaiting(tenantId, id, [
      ['alarm_sign', Prisma.sql`${sign}::text`],
      ['alarm_at', Prisma.sql`${now}::timestamptz`],
    ]);
    return { writes: [...writesOf(made), alarm], answer: made };
  });
  if (draft) committed(deps, draft);
  return draft !== undefined;
}
