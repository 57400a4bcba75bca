/** The one way in which a meeting changes: lock, settle what the clock owes, decide, write, commit, nudge. */
import type { Clock } from '../platform/clock.ts';
import type { Database } from '../platform/db/scope.ts';
import { AppError, type ErrorCode } from '../platform/errors.ts';
import type { Logger } from '../platform/logger.ts';
import { type Draft, drafted, openDraft, settleDue } from './draft.ts';
import { lockedMeeting, meetingLock } from './rows.ts';
import { writesOf } from './write.ts';

export interface MeetingDeps {
  database: Database;
  clock: Clock;
  logger: Logger;
  /** Heard after each commit that changed a meeting: the outbox has a fact, and this is when the clock next changes it. */
  onCommitted(info: { nextDeadlineAt: Date | null }): void;
}

/** What a decision comes to: an answer, or a refusal that leaves the decision's timeline entries behind it. */
export type Decision<T> = { answer: T } | { refuse: ErrorCode };

/**
 * Decides about one meeting while nobody else can change it. `decide` fills the draft and touches nothing else.
 * Throws MEETING_NOT_FOUND when the tenant has none of that id, and the refusal after its entries are committed.
 */
export async function withMeeting<T>(
  deps: MeetingDeps,
  tenantId: string,
  meetingId: string,
  decide: (draft: Draft, at: string) => Decision<T>,
): Promise<T> {
  const lock = meetingLock(tenantId, meetingId, 'wait');
  const decision = await deps.database.tenant(tenantId).decide(lock, ([row]) => {
    if (!row) throw new AppError('MEETING_NOT_FOUND');
    const draft = openDraft(lockedMeeting(tenantId, row));
    const at = deps.clock.now().toISOString();
    settleDue(draft, at);
    const decided = decide(draft, at);
    return { writes: writesOf(draft), answer: { decided, draft } };
  });
  committed(deps, decision.draft);
  if ('refuse' in decision.decided) throw new AppError(decision.decided.refuse);
  return decision.decided.answer;
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

function committed(deps: MeetingDeps, draft: Draft): void {
  if (!draft.changed) return;
  const { nextDeadlineAt } = drafted(draft);
  deps.onCommitted({ nextDeadlineAt });
}
