/** Losing a seat, ending, cancelling: the ways out of a meeting. */
import type { OwnSeat } from '../../signaling/meeting-gate.ts';
import type { AwayCause, Meeting, ParticipantRole } from '../../signaling/protocol/index.ts';
import type { Actor } from '../platform/actor.ts';
import { type TenantDb, withoutTenant_forNamedJob } from '../platform/db/scope.ts';
import { AppError } from '../platform/errors.ts';
import { doerOf } from './doer.ts';
import { type Doer, drafted, take } from './draft.ts';
import { loseGuestSeats } from './guests/index.ts';
import { cancelsAs, endsAs, mayRead } from './policy.ts';
import { toMeeting } from './rows.ts';
import { type Decision, type MeetingDeps, withMeeting } from './transact.ts';

/** The connection is gone, or they chose to leave. What comes from an older seat, or after the end, changes nothing. */
export function drop(deps: MeetingDeps, db: TenantDb, seat: OwnSeat, cause: AwayCause, nodeId: string): Promise<void> {
  const { meetingId, role, participantId } = seat;
  const doer: Doer = cause === 'server' ? { role: 'server', id: null, nodeId } : { role, id: participantId, nodeId };
  return withMeeting(deps, db, meetingId, (draft, at): Decision<void> => {
    take(draft, { type: 'drop', role, seat: seat.seat, cause, at, clinic: draft.before.clinic }, doer);
    return { answer: undefined };
  });
}

/**
 * Every seat that the node holds is lost by the server, not left by the person in it. Answers how many meetings changed;
 * throws UNAVAILABLE when some could not be, after all others were: calling again does the rest.
 */
export async function loseNode(deps: MeetingDeps, nodeId: string): Promise<number> {
  const held = await withoutTenant_forNamedJob(
    deps.database.prisma,
    'node-leases',
    (tx) =>
      tx.$queryRaw<HeldMeeting[]>`
        select tenant_id as "tenantId", meeting_id as "meetingId" from meetings_of_node(${nodeId}::uuid)`,
  );
  let changed = 0;
  const lose = async (meetings: readonly HeldMeeting[]): Promise<HeldMeeting[]> => {
    const failed: HeldMeeting[] = [];
    for (const one of meetings) {
      try {
        if (await loseSeats(deps, one, nodeId)) changed += 1;
      } catch (error) {
        failed.push(one);
        deps.logger.error({ err: error, ...one, lostNodeId: nodeId }, 'seats of a lost node were not given up');
      }
    }
    return failed;
  };
  // What failed by bad luck gets a second chance at once.
  const failed = await lose(await lose(held));
  if (failed.length > 0) {
    throw new AppError('UNAVAILABLE', `Seats in ${failed.length} meetings could not be given up.`, { retryAfter: 1 });
  }
  return changed;
}

interface HeldMeeting {
  tenantId: string;
  meetingId: string;
}

async function loseSeats(deps: MeetingDeps, { tenantId, meetingId }: HeldMeeting, nodeId: string): Promise<boolean> {
  const doer: Doer = { role: 'server', id: null, nodeId };
  const db = deps.database.tenant(tenantId);
  await loseGuestSeats(deps, db, meetingId, nodeId);
  return withMeeting(deps, db, meetingId, (draft, at): Decision<boolean> => {
    const roles: readonly ParticipantRole[] = ['doctor', 'patient'];
    for (const role of roles) {
      const held = draft.stored.context.seats[role];
      if (held.nodeId !== nodeId) continue;
      take(draft, { type: 'drop', role, seat: held.seat, cause: 'server', at, clinic: draft.before.clinic }, doer);
    }
    return { answer: draft.changed };
  });
}

/** Ends it for all. FORBIDDEN for its patient; for whom it is none of their business it does not exist. */
export function end(
  deps: MeetingDeps,
  db: TenantDb,
  actor: Actor,
  meetingId: string,
  nodeId: string | null,
): Promise<Meeting> {
  return withMeeting(deps, db, meetingId, (draft, at): Decision<Meeting> => {
    const by = endsAs(actor, draft.before);
    if (by === null) return { refuse: mayRead(actor, draft.before) ? 'FORBIDDEN' : 'MEETING_NOT_FOUND' };
    const { code } = take(draft, { type: 'end', by, at }, doerOf(actor, draft.before, nodeId));
    return code === null ? { answer: toMeeting(drafted(draft)) } : { refuse: code };
  });
}

/** Calls a scheduled meeting off. The reason stays in the row; the timeline only says who. */
export function cancel(
  deps: MeetingDeps,
  db: TenantDb,
  actor: Actor,
  meetingId: string,
  reason: string,
  nodeId: string | null,
): Promise<Meeting> {
  return withMeeting(deps, db, meetingId, (draft, at): Decision<Meeting> => {
    const by = cancelsAs(actor, draft.before);
    if (by === null) return { refuse: 'MEETING_NOT_FOUND' };
    const { code } = take(draft, { type: 'cancel', by, at }, doerOf(actor, draft.before, nodeId));
    if (code !== null) return { refuse: code };
    draft.cancelReason = reason;
    return { answer: toMeeting(drafted(draft)) };
  });
}
