/** What a transaction is about to make of one meeting. Pure: it is filled event by event and written once, at the end. */
import type { RoomEffect } from '../../signaling/meeting-gate.ts';
import type { ParticipantRole } from '../../signaling/protocol/index.ts';
import { newId } from '../platform/ids.ts';
import type { EventOf, MeetingEvent } from './model.ts';
import { dueEvent, pendingEvents, reconnectDeadline } from './pending.ts';
import { derivedColumns, type LockedMeeting, type MeetingRow } from './rows.ts';
import type { EntryDetail, EntryType, TimelineEntry } from './schema.ts';
import { type RefusalCode, type StoredMeeting, step } from './step.ts';

/** Who did it, as the timeline names them. */
export interface Doer {
  role: TimelineEntry['actorRole'];
  /** The participant for a doctor or a patient, the user for everybody else, null for clock and server. */
  id: string | null;
  /** The node through which it came. */
  nodeId: string | null;
}

export const clockDoer: Doer = { role: 'clock', id: null, nodeId: null };

export interface Draft {
  readonly before: LockedMeeting;
  stored: StoredMeeting;
  waitingSince: Date | null;
  cancelReason: string | null;
  consent: Pick<LockedMeeting, 'consent' | 'consentAt'>;
  /** Whether callers see another meeting than before. */
  changed: boolean;
  effects: RoomEffect[];
  entries: NewEntry[];
}

/** An entry of the machine is about no guest. */
type NewEntry = Omit<TimelineEntry, 'guestName'>;

/** What the machine itself takes; the queue is beside it. */
type MachineEvent = Exclude<MeetingEvent, EventOf<'wait' | 'leave_queue'>>;

/** What became of an event. */
export type Outcome = { code: null; changed: boolean } | { code: RefusalCode };

export function openDraft(before: LockedMeeting): Draft {
  const { stored, waitingSince, consent, consentAt } = before;
  return {
    before,
    stored,
    waitingSince,
    consent: { consent, consentAt },
    cancelReason: null,
    changed: false,
    effects: [],
    entries: [],
  };
}

export function note(draft: Draft, type: EntryType, at: string, doer: Doer, detail: EntryDetail): void {
  const { role: actorRole, id: actorId, nodeId } = doer;
  draft.entries.push({ id: newId(), type, actorRole, actorId, at, nodeId, detail });
}

/** Takes one event into the draft, with its entry in the timeline. What changes nothing leaves no entry. */
export function take(draft: Draft, event: MeetingEvent, doer: Doer): Outcome {
  const result = step(draft.stored, event);
  if (!result.accepted) return { code: result.code };
  if (event.type === 'wait' || event.type === 'leave_queue') return moveInQueue(draft, event, doer);
  if (!result.changed) return { code: null, changed: false };
  const earlier = draft.stored;
  draft.stored = result.stored;
  draft.changed = true;
  draft.effects.push(...result.effects);
  note(draft, entryTypeOf(event, earlier), event.at, doer, detailOf(event, earlier, draft));
  if (event.type === 'join' && event.role === 'patient') draft.waitingSince = null;
  if (typeof draft.stored.value === 'string') draft.waitingSince = null;
  return { code: null, changed: true };
}

/** The queue is beside the machine. A place that is held already is kept. */
function moveInQueue(draft: Draft, event: EventOf<'wait' | 'leave_queue'>, doer: Doer): Outcome {
  const waits = event.type === 'wait';
  if (waits === (draft.waitingSince !== null)) return { code: null, changed: false };
  draft.waitingSince = waits ? new Date(event.at) : null;
  draft.changed = true;
  note(draft, waits ? 'waited' : 'left_queue', event.at, doer, { role: 'patient' });
  return { code: null, changed: true };
}

/** Whatever the clock owed by `now` happens first, at its own time: nothing may come in between because nobody looked. */
export function settleDue(draft: Draft, now: string): boolean {
  let settled = false;
  for (;;) {
    const due = dueEvent(draft.stored, draft.before.clinic, now);
    if (!due) return settled;
    const outcome = take(draft, due, clockDoer);
    if (outcome.code !== null || !outcome.changed) return settled;
    settled = true;
  }
}

/** The row as it will be. */
export function drafted(draft: Draft): MeetingRow & Pick<LockedMeeting, 'nextDeadlineAt' | 'consent' | 'consentAt'> {
  const { before, stored, waitingSince, consent, changed } = draft;
  const deadline = reconnectDeadline(stored);
  const next = pendingEvents(stored, before.clinic)[0];
  return {
    ...before,
    ...derivedColumns(stored),
    scheduledAt: new Date(stored.context.scheduledAt),
    reconnectDeadline: deadline === null ? null : new Date(deadline),
    waitingSince,
    ...consent,
    version: before.version + (changed ? 1 : 0),
    nextDeadlineAt: next ? new Date(next.at) : null,
  };
}

/** A doctor's queue holds who waits for a meeting that has not begun. */
const isQueued = (waitingSince: Date | null, { value }: StoredMeeting) =>
  waitingSince !== null && value === 'scheduled';

/** What is to be told: the machine's effects, and the queue when this meeting entered or left it. */
export function effectsOf({ before, stored, waitingSince, effects }: Draft): RoomEffect[] {
  const moved = isQueued(before.waitingSince, before.stored) !== isQueued(waitingSince, stored);
  return moved ? [...effects, { type: 'queue' }] : effects;
}

/** Who was not there, when this draft ends the meeting without a conversation: the doctor never started, or nobody joined. */
export function missingOf({ stored, entries }: Draft): ParticipantRole | 'both' | null {
  const { endReason, endedAt, seats } = stored.context;
  if (endReason === 'no_show') {
    return entries.some(({ type, detail }) => type === 'no_show' && detail.waitingSince) ? 'doctor' : 'both';
  }
  return endedAt !== null && seats.patient.seat === 0 ? 'patient' : null;
}

/** A second start only brings the doctor in again: there is one `start` in a timeline. */
function entryTypeOf(event: MachineEvent, earlier: StoredMeeting): EntryType {
  return event.type === 'start' && earlier.value !== 'scheduled' ? 'join' : event.type;
}

function detailOf(event: MachineEvent, earlier: StoredMeeting, { stored, before }: Draft): EntryDetail {
  const { seats, endReason } = stored.context;
  const presence = (role: ParticipantRole) =>
    typeof earlier.value === 'string' ? 'absent' : earlier.value.active[role];
  const over = endReason !== null && { endReason };
  switch (event.type) {
    case 'start':
    case 'join': {
      const role = event.type === 'start' ? 'doctor' : event.role;
      const { seat } = seats[role];
      const was = presence(role);
      return { role, seat, ...(was === 'away' && { returned: true }), ...(was === 'present' && { tookOver: true }) };
    }
    case 'drop': {
      const { role, seat, cause } = event;
      const { absence, deadline } = seats[role];
      return { role, seat, cause, ...(deadline !== null && { absence, deadline }), ...over };
    }
    case 'deadline':
      return { role: event.role, seat: seats[event.role].seat, absence: event.absence, deadline: event.at, ...over };
    case 'no_show':
      return { ...over, ...(before.waitingSince && { waitingSince: before.waitingSince.toISOString() }) };
    case 'reschedule':
      return { scheduledAt: event.scheduledAt };
    case 'cancel':
    case 'end':
    case 'max_duration':
      return { ...over };
    default:
      return event satisfies never;
  }
}
