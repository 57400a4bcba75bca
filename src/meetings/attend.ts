/** Waiting, starting and joining: the three ways towards a seat. */
import type { Admission } from '../../signaling/meeting-gate.ts';
import type { Meeting, ParticipantRole, WaitingText } from '../../signaling/protocol/index.ts';
import type { Actor } from '../platform/actor.ts';
import type { TenantDb } from '../platform/db/scope.ts';
import type { ErrorCode } from '../platform/errors.ts';
import { agreeByComing, mustNotJoin, mustNotStart } from './consent-rule.ts';
import { doerOf } from './doer.ts';
import { type Doer, type Draft, drafted, note, take } from './draft.ts';
import { type MeetingEvent, WaitingWords } from './model.ts';
import { joinsUnpaid, startsUnpaid } from './payment-rule.ts';
import { seatOf } from './policy.ts';
import { attendanceOf, toMeeting } from './rows.ts';
import type { RefusalCode } from './step.ts';
import { type Decision, type MeetingDeps, withMeeting } from './transact.ts';

/**
 * Puts the assigned patient into the doctor's queue. Again and again is once: the place is kept. Answers with the clinic's
 * own words for its waiting room.
 */
export function wait(
  deps: MeetingDeps,
  db: TenantDb,
  actor: Actor,
  meetingId: string,
): Promise<{ meeting: Meeting; welcome: WaitingText }> {
  return withMeeting(deps, db, meetingId, (draft, at): Decision<{ meeting: Meeting; welcome: WaitingText }> => {
    if (seatOf(actor, draft.before) !== 'patient') return { refuse: 'NOT_ASSIGNED' };
    agreeByComing(draft, at);
    const { code } = take(draft, { type: 'wait', at }, doerOf(actor, draft.before, null));
    if (code !== null) return { refuse: code };
    return {
      answer: {
        meeting: toMeeting(drafted(draft)),
        welcome: WaitingWords.parse(draft.before.settings).waitingRoomText,
      },
    };
  });
}

/** Takes the patient out of the queue. Harmless when they are not in it, whatever the meeting has become. */
export function stopWaiting(deps: MeetingDeps, db: TenantDb, actor: Actor, meetingId: string): Promise<void> {
  return withMeeting(deps, db, meetingId, (draft, at): Decision<void> => {
    if (seatOf(actor, draft.before) !== 'patient') return { refuse: 'NOT_ASSIGNED' };
    take(draft, { type: 'leave_queue', at }, doerOf(actor, draft.before, null));
    return { answer: undefined };
  });
}

/** The assigned doctor starts the meeting, or comes back to it. A refusal is kept in the timeline. */
export function start(
  deps: MeetingDeps,
  db: TenantDb,
  actor: Actor,
  meetingId: string,
  nodeId: string,
): Promise<Admission> {
  return withMeeting(deps, db, meetingId, (draft, at) => {
    const doer = doerOf(actor, draft.before, nodeId);
    if (seatOf(actor, draft.before) !== 'doctor') return refused(draft, 'start_refused', at, doer, 'NOT_ASSIGNED');
    if (mustNotStart(draft)) return refused(draft, 'start_refused', at, doer, 'CONSENT_REQUIRED');
    if (startsUnpaid(draft)) return refused(draft, 'start_refused', at, doer, 'PAYMENT_REQUIRED');
    return admit(draft, 'doctor', { type: 'start', at, nodeId, clinic: draft.before.clinic }, doer);
  });
}

/** Doctor or patient takes their seat in the active meeting. A refusal is kept in the timeline. */
export function join(
  deps: MeetingDeps,
  db: TenantDb,
  actor: Actor,
  meetingId: string,
  nodeId: string,
): Promise<Admission> {
  return withMeeting(deps, db, meetingId, (draft, at) => {
    const doer = doerOf(actor, draft.before, nodeId);
    const role = seatOf(actor, draft.before);
    if (!role) return refused(draft, 'join_refused', at, doer, 'NOT_ASSIGNED');
    if (role === 'patient') agreeByComing(draft, at);
    if (role === 'patient' && mustNotJoin(draft)) return refused(draft, 'join_refused', at, doer, 'CONSENT_REQUIRED');
    if (role === 'patient' && joinsUnpaid(draft)) return refused(draft, 'join_refused', at, doer, 'PAYMENT_REQUIRED');
    return admit(draft, role, { type: 'join', role, at, nodeId }, doer);
  });
}

function admit(draft: Draft, role: ParticipantRole, event: MeetingEvent, doer: Doer): Decision<Admission> {
  const outcome = take(draft, event, doer);
  if (outcome.code !== null) {
    return refused(draft, event.type === 'start' ? 'start_refused' : 'join_refused', event.at, doer, outcome.code);
  }
  const { id, tenantId, doctorId, patientId, clinic } = draft.before;
  const row = drafted(draft);
  const participantId = role === 'doctor' ? doctorId : patientId;
  const seat = { tenantId, meetingId: id, role, participantId, seat: draft.stored.context.seats[role].seat };
  const returnWindowSeconds = role === 'doctor' ? clinic.doctorGraceSeconds : clinic.reconnectWindowSeconds;
  return {
    answer: { seat, meeting: toMeeting(row), attendance: attendanceOf(row, draft.stored), returnWindowSeconds },
  };
}

function refused(
  draft: Draft,
  type: 'start_refused' | 'join_refused',
  at: string,
  doer: Doer,
  code: RefusalCode | 'NOT_ASSIGNED' | 'CONSENT_REQUIRED' | 'PAYMENT_REQUIRED',
): { refuse: ErrorCode } {
  note(draft, type, at, doer, { code });
  return { refuse: code };
}
