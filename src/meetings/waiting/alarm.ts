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

/** The same sign again within this time is one emergency: it is seen already, and a timeline is not for filling. */
const sameForMs = 60_000;

/** Kept in the timeline of each meeting that the patient waits for; answers in how many it is shown. */
export async function raiseAlarm(deps: MeetingDeps, db: TenantDb, { patientId, sign }: Alarm): Promise<number> {
  const { tenantId } = db;
  const lately = new Date(deps.clock.now().getTime() - sameForMs);
  const waiting = await db.read<{ id: string; isShown: boolean }>(Prisma.sql`
    select m.id, exists (
      select from waiting w where w.tenant_id = m.tenant_id and w.meeting_id = m.id and w.alarm_sign = ${sign}::text
        and w.alarm_at > ${lately}::timestamptz and w.alarm_at >= m.waiting_since
    ) as "isShown"
    from meeting m
    where m.tenant_id = ${tenantId}::uuid and m.patient_id = ${patientId}::uuid and m.status = 'scheduled'
      and m.waiting_since is not null`);
  let raised = 0;
  for (const { id, isShown } of waiting) if (isShown || (await raise(deps, db, { id, patientId, sign }))) raised += 1;
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
