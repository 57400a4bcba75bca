/** The meetings of video appointments: made, moved and called off in the transaction that does it to the appointment. */
import type { MeetingChanged } from '../../signaling/meeting-gate.ts';
import type { Actor } from '../platform/actor.ts';
import type { Tx } from '../platform/db/scope.ts';
import { AppError } from '../platform/errors.ts';
import type { AppointmentMeetings, MeetingOutcome } from '../scheduling/index.ts';
import { newMeeting, toldOf } from './create.ts';
import { doerOf } from './doer.ts';
import { type Draft, openDraft, settleDue, take } from './draft.ts';
import { ClinicRules } from './model.ts';
import { cancelsAs } from './policy.ts';
import { type LockedRow, lockedMeeting, meetingLock } from './rows.ts';
import { committed, type MeetingDeps } from './transact.ts';
import { insertWithFact, writesOf } from './write.ts';

type Code = Extract<ReturnType<typeof take>, { code: string }>['code'] | null;

/** What scheduling asks of meetings (its port). */
export function createAppointmentMeetings(deps: MeetingDeps): AppointmentMeetings {
  return {
    schedule: (visit) => {
      const { tenantId, appointmentId, practitionerId, practitionerName, patientId, patientName, settings } = visit;
      const people = { doctorId: practitionerId, patientId };
      const row = newMeeting(
        {
          tenantId,
          appointmentId,
          ...people,
          scheduledAt: visit.startsAt,
          reason: visit.reason ?? undefined,
          askedByPatientAt: visit.askedByPatientAt,
        },
        ClinicRules.parse(settings),
      );
      const write = insertWithFact(row, toldOf(row, { doctorName: practitionerName, patientName }));
      const { id, nextDeadlineAt } = row;
      return { meetingId: id, write, onCommitted: () => deps.onCommitted({ nextDeadlineAt }) };
    },
    move: (tx, actor, meetingId, startsAt) =>
      change(deps, { tx, actor, meetingId }, (draft, at) => {
        const event = { type: 'reschedule', scheduledAt: startsAt.toISOString(), at } as const;
        return take(draft, event, doerOf(actor, draft.before, null)).code;
      }),
    callOff: (tx, actor, meetingId, reason) =>
      change(deps, { tx, actor, meetingId }, (draft, at) => {
        const by = cancelsAs(actor, draft.before) ?? 'staff';
        const { code } = take(draft, { type: 'cancel', by, at }, doerOf(actor, draft.before, null));
        if (code === null) draft.cancelReason = reason;
        // It was called off already, and the appointment has not heard yet.
        return code === 'MEETING_CANCELLED' ? null : code;
      }),
  };
}

/** What a fact of meetings means for the appointment; null when it is none of its business. */
export function outcomeOf(payload: unknown): MeetingOutcome | null {
  // Written by write.ts.
  const { tenantId, meeting, missing, cancelledBy } = payload as MeetingChanged;
  const { appointmentId, status } = meeting;
  if (appointmentId === null || (status !== 'ended' && status !== 'cancelled')) return null;
  const calledOff = status === 'cancelled' && missing === undefined;
  return {
    tenantId,
    appointmentId,
    missing: missing ?? null,
    cancelledBy: calledOff ? (cancelledBy ?? 'clock') : null,
  };
}

interface Place {
  tx: Tx;
  actor: Actor;
  meetingId: string;
}

/** Locks, settles what the clock owes, decides, writes: as transact.ts does, inside somebody else's transaction. */
async function change(
  deps: MeetingDeps,
  { tx, actor, meetingId }: Place,
  decide: (draft: Draft, at: string) => Code,
): Promise<() => void> {
  const { tenantId } = actor;
  const [row] = await tx.$queryRaw<LockedRow[]>(meetingLock(tenantId, meetingId, 'wait'));
  if (!row) throw new AppError('MEETING_NOT_FOUND');
  const draft = openDraft(lockedMeeting(tenantId, row));
  const at = deps.clock.now().toISOString();
  settleDue(draft, at);
  const code = decide(draft, at);
  if (code !== null) throw new AppError(code);
  for (const write of writesOf(draft)) await tx.$executeRaw(write);
  return () => committed(deps, draft);
}
