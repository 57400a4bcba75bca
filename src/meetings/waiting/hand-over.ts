/** Gives a visit that has not begun to another doctor, and its appointment with it. */
import type { Meeting } from '../../../signaling/protocol/index.ts';
import type { Actor } from '../../platform/actor.ts';
import { Prisma } from '../../platform/db/client.ts';
import type { Reads } from '../../platform/db/quick.ts';
import type { TenantDb } from '../../platform/db/scope.ts';
import { AppError } from '../../platform/errors.ts';
import { handOverAppointment } from '../../scheduling/index.ts';
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

/**
 * The appointment of the visit goes with it, if the other doctor is free then: SLOT_TAKEN when they are not. INVALID_CALL when
 * there is no such doctor at work in the clinic; harmless when it is theirs already.
 */
export async function handOver(deps: MeetingDeps, db: TenantDb, actor: Actor, input: HandOver): Promise<Meeting> {
  db.about({ entity: { type: 'Meeting', id: input.meetingId } });
  const draft = await db.run(async (tx) => {
    const { tenantId } = db;
    const now = deps.clock.now();
    const [to] = await tx.$queryRaw<Doctor[]>(doctorAtWork(tenantId, input.doctorId));
    const look = (lock: 'none' | 'wait') => tx.$queryRaw<LockedRow[]>(meetingLock(tenantId, input.meetingId, lock));
    const first = allowed(db, actor, await look('none'), to, now);
    if (first.row.appointmentId !== null && first.row.doctorId !== first.to.id) {
      // Before the meeting's row, in the order in which whoever moves the appointment locks them.
      const { role, id: actorId } = doerOf(actor, first.row, null);
      const doer = { role: role === 'admin' || role === 'doctor' ? role : 'staff', actorId } as const;
      const whose = { appointmentId: first.row.appointmentId, practitionerId: first.to.id };
      await handOverAppointment(tx, tenantId, { ...whose, doer, at: now });
    }
    const { row, to: other, made } = allowed(db, actor, await look('wait'), to, now);
    if (row.doctorId === other.id) return openDraft(lockedMeeting(tenantId, row));
    note(made, 'handed_over', now.toISOString(), doerOf(actor, row, null), { doctorId: other.id });
    made.changed = true;
    made.effects.push({ type: 'queue' }, { type: 'queue', doctorId: row.doctorId });
    for (const write of [givenTo(tenantId, row.id, other.id), ...writesOf(made), whyOf(tenantId, input)])
      await tx.$executeRaw(write);
    return made;
  });
  committed(deps, draft);
  return toMeeting(drafted(draft));
}

/** What may be handed over, as it will be; throws what speaks against it. */
function allowed(db: TenantDb, actor: Actor, [row]: readonly LockedRow[], to: Doctor | undefined, now: Date) {
  if (!row) throw new AppError('MEETING_NOT_FOUND');
  if (!mayArrange(actor, row)) throw new AppError('NOT_ASSIGNED');
  db.about({ patientIds: [row.patientId] });
  if (!to) throw new AppError('INVALID_CALL', 'doctorId: is not a doctor of this clinic.');
  const made = draftOf(db.tenantId, row, to, now.toISOString());
  const refusal = tooLate({ status: statusOf(made.stored) });
  if (refusal) throw new AppError(refusal);
  return { row, to, made };
}

const givenTo = (tenantId: string, meetingId: string, doctorId: string): Prisma.Sql => Prisma.sql`
  update meeting set doctor_id = ${doctorId}::uuid where tenant_id = ${tenantId}::uuid and id = ${meetingId}::uuid`;

/** In the other queue the rule gives the place. */
function whyOf(tenantId: string, { meetingId, reason }: HandOver): Prisma.Sql {
  return keepWaiting(tenantId, meetingId, [
    ['move_reason', Prisma.sql`${reason}::text`],
    ['place', Prisma.sql`null::timestamptz`],
    ['place_since', Prisma.sql`null::timestamptz`],
  ]);
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
