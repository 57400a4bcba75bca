/**
 * Gives a visit that has not begun to another doctor. The booked time stays with the doctor it was booked with: what is
 * handed over is the visit, not the appointment.
 */
import type { Meeting } from '../../../signaling/protocol/index.ts';
import type { Actor } from '../../platform/actor.ts';
import { Prisma } from '../../platform/db/client.ts';
import type { Reads } from '../../platform/db/quick.ts';
import type { TenantDb } from '../../platform/db/scope.ts';
import { AppError } from '../../platform/errors.ts';
import { doerOf } from '../doer.ts';
import { drafted, note, openDraft, settleDue } from '../draft.ts';
import { type LockedRow, lockedMeeting, meetingLock, toMeeting } from '../rows.ts';
import { statusOf } from '../step.ts';
import { committed, type MeetingDeps } from '../transact.ts';
import { writesOf } from '../write.ts';
import { mayArrange, tooLate } from './policy.ts';
import { keepWaiting } from './rows.ts';

export interface HandOver {
  meetingId: string;
  /** To whom. */
  doctorId: string;
  reason: string;
}

interface Doctor {
  id: string;
  name: string;
}

/** INVALID_CALL when there is no such doctor at work in the clinic; harmless when it is theirs already. */
export async function handOver(
  deps: MeetingDeps,
  db: TenantDb,
  actor: Actor,
  { meetingId, doctorId, reason }: HandOver,
): Promise<Meeting> {
  const { tenantId } = db;
  db.about({ entity: { type: 'Meeting', id: meetingId } });
  const [to] = await db.read(doctorAtWork(tenantId, doctorId));
  const draft = await db.decide(meetingLock(tenantId, meetingId, 'wait'), ([row]) => {
    if (!row) throw new AppError('MEETING_NOT_FOUND');
    if (!mayArrange(actor, row)) throw new AppError('NOT_ASSIGNED');
    db.about({ patientIds: [row.patientId] });
    if (!to) throw new AppError('INVALID_CALL', 'doctorId: is not a doctor of this clinic.');
    const at = deps.clock.now().toISOString();
    const made = draftOf(tenantId, row, to, at);
    const refusal = tooLate({ status: statusOf(made.stored) });
    if (refusal) throw new AppError(refusal);
    if (row.doctorId === to.id) return { writes: [], answer: openDraft(lockedMeeting(tenantId, row)) };
    note(made, 'handed_over', at, doerOf(actor, row, null), { doctorId: to.id });
    made.changed = true;
    made.effects.push({ type: 'queue' }, { type: 'queue', doctorId: row.doctorId });
    const write = Prisma.sql`
      update meeting set doctor_id = ${to.id}::uuid where tenant_id = ${tenantId}::uuid and id = ${meetingId}::uuid`;
    // In the other queue the rule gives the place.
    const why = keepWaiting(tenantId, meetingId, [
      ['move_reason', Prisma.sql`${reason}::text`],
      ['place', Prisma.sql`null::timestamptz`],
      ['place_since', Prisma.sql`null::timestamptz`],
    ]);
    return { writes: [write, ...writesOf(made), why], answer: made };
  });
  committed(deps, draft);
  return toMeeting(drafted(draft));
}

/** The meeting as the other doctor's, once what the clock owes it has happened. */
function draftOf(tenantId: string, row: LockedRow, { id, name }: Doctor, at: string) {
  const draft = openDraft(lockedMeeting(tenantId, { ...row, doctorId: id, doctorName: name }));
  settleDue(draft, at);
  return draft;
}

function doctorAtWork(tenantId: string, doctorId: string): Reads<Doctor> {
  return Prisma.sql`
    select d.id, d.name from practitioner d
    join app_user u on u.tenant_id = d.tenant_id and u.practitioner_id = d.id
    where d.tenant_id = ${tenantId}::uuid and d.id = ${doctorId}::uuid and u.is_active and 'doctor' = any (u.roles)`;
}
