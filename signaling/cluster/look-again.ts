/** Facts may have been lost while Redis was away: those who sit or wait on this node are told how things stand now. */
import { AppError } from '../../src/platform/errors.ts';
import type { MeetingGate } from '../meeting-gate.ts';
import type { Meeting } from '../protocol/index.ts';
import type { Registry } from '../rooms/registry.ts';
import type { Session } from '../rooms/session.ts';

export interface LookAgainDeps {
  gate: Pick<MeetingGate, 'look'>;
  registry: Registry;
}

/** A fact that somebody has heard already is harmless: its version says so. Rejects when the database cannot be asked. */
export async function lookAgain(deps: LookAgainDeps, sessions: readonly Session[]): Promise<void> {
  for (const session of sessions) {
    const meetingId = session.seating?.seat.meetingId ?? session.waitingFor;
    if (meetingId === null || !session.isConnected) continue;
    const meeting = await lookFor(deps, session, meetingId);
    if (meeting) await tell(deps, session, meeting);
  }
}

async function lookFor({ gate }: LookAgainDeps, session: Session, meetingId: string): Promise<Meeting | undefined> {
  try {
    return await gate.look(session.actor, meetingId);
  } catch (error) {
    // Who may not look (any more) has nothing to hear.
    if (error instanceof AppError && error.status < 500) return undefined;
    throw error;
  }
}

async function tell({ registry }: LookAgainDeps, session: Session, meeting: Meeting): Promise<void> {
  const { tenantId } = session.actor;
  session.socket.emit('meeting:changed', { meeting });
  if (meeting.status === 'active' && session.waitingFor === meeting.id)
    session.socket.emit('meeting:started', { meeting });
  if (meeting.status !== 'ended' && meeting.status !== 'cancelled') return;
  session.socket.emit('meeting:ended', { meeting });
  session.waitingFor = null;
  await registry.exclusive(tenantId, meeting.id, async () => {
    if (session.seating?.seat.meetingId === meeting.id) await registry.leave(session, session.seating.room);
  });
}
