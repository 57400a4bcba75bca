/** Facts may have been lost while Redis was away: those who sit or wait on this node are told how things stand now. */
import { AppError } from '../../src/platform/errors.ts';
import type { MeetingGate } from '../meeting-gate.ts';
import type { Meeting } from '../protocol/index.ts';
import type { Registry } from '../rooms/registry.ts';
import type { Session } from '../rooms/session.ts';

export interface LookAgainDeps {
  gate: Pick<MeetingGate, 'look' | 'versions'>;
  registry: Registry;
}

/** Who is told what they know is not harmed: the meeting's version says so. */
export class LookAgain {
  readonly #deps: LookAgainDeps;
  /** How far the meeting had come that a session was last told of here. */
  #told = new WeakMap<Session, { meetingId: string; version: number }>();

  constructor(deps: LookAgainDeps) {
    this.#deps = deps;
  }

  /** By now facts may have been lost of which nobody was told here: the next pass tells everybody. */
  forget(): void {
    this.#told = new WeakMap();
  }

  /** One query, and one more for each whose meeting is another than they were told. Rejects when the database does not answer. */
  async pass(sessions: readonly Session[]): Promise<void> {
    const here = sessions.flatMap((session) => {
      const meetingId = session.seating?.seat.meetingId ?? session.waitingFor;
      return meetingId !== null && session.isConnected ? [{ session, meetingId }] : [];
    });
    if (here.length === 0) return;
    const versions = await this.#deps.gate.versions([...new Set(here.map(({ meetingId }) => meetingId))]);
    for (const { session, meetingId } of here) {
      const version = versions.get(meetingId);
      const told = this.#told.get(session);
      if (version === undefined || (told?.meetingId === meetingId && told.version === version)) continue;
      const meeting = await this.#look(session, meetingId);
      this.#told.set(session, { meetingId, version: meeting?.version ?? version });
      if (meeting) await this.#tell(session, meeting);
    }
  }

  async #look(session: Session, meetingId: string): Promise<Meeting | undefined> {
    try {
      return await this.#deps.gate.look(session.actor, meetingId);
    } catch (error) {
      // Who may not look (any more) has nothing to hear.
      if (error instanceof AppError && error.status < 500) return undefined;
      throw error;
    }
  }

  async #tell(session: Session, meeting: Meeting): Promise<void> {
    const { registry } = this.#deps;
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
}
