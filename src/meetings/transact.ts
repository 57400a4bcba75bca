/**
 * The one way in which a meeting changes: lock, settle what the clock owes, decide, write, commit, nudge. A meeting that was
 * written here a moment ago is decided first and written if nobody else changed it since (recent.ts).
 */
import type { Clock } from '../platform/clock.ts';
import type { Database, TenantDb } from '../platform/db/scope.ts';
import { AppError, type ErrorCode } from '../platform/errors.ts';
import type { Logger } from '../platform/logger.ts';
import { type Draft, drafted, openDraft, settleDue } from './draft.ts';
import { isOver, type RecentMeetings } from './recent.ts';
import { type LockedMeeting, lockedMeeting, meetingLock } from './rows.ts';
import { writeIfUnchanged, writesOf } from './write.ts';

export interface MeetingDeps {
  database: Database;
  clock: Clock;
  logger: Logger;
  recent: RecentMeetings;
  /** Heard after each commit that changed a meeting: the outbox has a fact, and this is when the clock next changes it. */
  onCommitted(info: { nextDeadlineAt: Date | null }): void;
}

/** What a decision comes to: an answer, or a refusal that leaves the decision's timeline entries behind it. */
export type Decision<T> = { answer: T } | { refuse: ErrorCode };

/** Fills the draft and touches nothing else, since it may be asked twice. What it throws must not depend on what changes. */
type Decide<T> = (draft: Draft, at: string) => Decision<T>;

/**
 * Decides about one meeting while nobody else can change it. Throws MEETING_NOT_FOUND when the tenant has none of that id,
 * and the refusal after its entries are committed.
 */
export async function withMeeting<T>(
  deps: MeetingDeps,
  db: TenantDb,
  meetingId: string,
  decide: Decide<T>,
): Promise<T> {
  const { tenantId } = db;
  db.about({ entity: { type: 'Meeting', id: meetingId } });
  const recent = deps.recent.find(tenantId, meetingId);
  const quick = recent && (await changeRecent(deps, db, recent, decide));
  if (quick) return quick.answer;
  const lock = meetingLock(tenantId, meetingId, 'wait');
  const { draft, decided } = await db.decide(lock, ([row]) => {
    if (!row) throw new AppError('MEETING_NOT_FOUND');
    db.about({ patientIds: [row.patientId] });
    const made = draftOf(deps, lockedMeeting(tenantId, row), decide);
    if ('refuse' in made.decided) db.refused(made.decided.refuse);
    else db.reply(made.decided.answer);
    return { writes: writesOf(made.draft), answer: made };
  });
  committed(deps, draft);
  if ('refuse' in decided) throw new AppError(decided.refuse);
  return decided.answer;
}

/**
 * Nothing when the meeting is no longer as it was, or the decision is no: that is for the locked row to say. Of one that is
 * over nothing has to be asked.
 */
async function changeRecent<T>(
  deps: MeetingDeps,
  db: TenantDb,
  recent: LockedMeeting,
  decide: Decide<T>,
): Promise<{ answer: T } | undefined> {
  const { draft, decided } = draftOf(deps, recent, decide);
  if ('refuse' in decided) return undefined;
  if (!draft.changed && (!isOver(recent) || draft.entries.length > 0)) return undefined;
  db.about({ patientIds: [recent.patientId] });
  if (!draft.changed) return decided;
  const written = await db.writeIf((beside) => writeIfUnchanged(draft, beside));
  if (!written) {
    deps.recent.forget(recent.id);
    return undefined;
  }
  committed(deps, draft);
  return decided;
}

function draftOf<T>(deps: MeetingDeps, meeting: LockedMeeting, decide: Decide<T>) {
  const draft = openDraft(meeting);
  const at = deps.clock.now().toISOString();
  settleDue(draft, at);
  return { draft, decided: decide(draft, at) };
}

/** Settles what the clock owes one meeting. False when nothing was due or somebody else holds the row. */
export async function settleMeeting(deps: MeetingDeps, tenantId: string, meetingId: string): Promise<boolean> {
  const lock = meetingLock(tenantId, meetingId, 'skip');
  const draft = await deps.database.tenant(tenantId).decide(lock, ([row]) => {
    if (!row) return { writes: [], answer: null };
    const opened = openDraft(lockedMeeting(tenantId, row));
    settleDue(opened, deps.clock.now().toISOString());
    return { writes: writesOf(opened), answer: opened };
  });
  if (draft) committed(deps, draft);
  return draft?.changed ?? false;
}

/** To be called once a draft is committed. */
export function committed(deps: MeetingDeps, draft: Draft): void {
  if (!draft.changed) return;
  const row = drafted(draft);
  deps.recent.keep({ ...draft.before, ...row, stored: draft.stored });
  const { nextDeadlineAt } = row;
  deps.onCommitted({ nextDeadlineAt });
}
