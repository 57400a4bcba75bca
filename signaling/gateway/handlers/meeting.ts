/** Waiting, entering, leaving, ending. */
import { setImmediate as nextTurn, setTimeout as pause } from 'node:timers/promises';
import { AppError } from '../../../src/platform/errors.ts';
import type { MeetingGate, SeatRef } from '../../meeting-gate.ts';
import type { AwayCause, CallPayload, Joined } from '../../protocol/index.ts';
import type { Room } from '../../rooms/room.ts';
import type { Seating, Session } from '../../rooms/session.ts';
import type { HandlerDeps, Handlers } from '../handler.ts';

type MeetingCalls = 'meeting:wait' | 'meeting:start' | 'meeting:join' | 'meeting:leave' | 'meeting:end' | 'queue:watch';

export function meetingHandlers(deps: HandlerDeps): Pick<Handlers, MeetingCalls> {
  return {
    'meeting:wait': async (session, { meetingId }, db) => {
      const place = await deps.gate.through(db).wait(session.actor, meetingId);
      session.waitingFor = meetingId;
      return place;
    },
    'meeting:start': (session, input, db) => enter(deps, deps.gate.through(db), session, { verb: 'start', ...input }),
    'meeting:join': (session, input, db) => enter(deps, deps.gate.through(db), session, { verb: 'join', ...input }),
    'meeting:leave': async (session, _input, db) => {
      if (session.seating) {
        await giveUpSeat({ ...deps, gate: deps.gate.through(db) }, session, 'leave');
      } else if (session.waitingFor) {
        const meetingId = session.waitingFor;
        session.waitingFor = null;
        await deps.gate.through(db).stopWaiting(session.actor, meetingId);
      } else {
        throw new AppError('NOT_JOINED');
      }
      return {};
    },
    'meeting:end': async (session, _input, db) => {
      const { seat } = seatingOf(session);
      return { meeting: await deps.gate.through(db).end(session.actor, seat.meetingId, deps.nodeId()) };
    },
    'queue:watch': async (session, _input, db) => {
      const { tenantId, practitionerId } = session.actor;
      return { waiting: practitionerId ? await deps.gate.through(db).queue(tenantId, practitionerId) : [] };
    },
  };
}

export function seatingOf(session: Session): Seating {
  if (!session.seating) throw new AppError('NOT_JOINED');
  return session.seating;
}

async function enter(
  deps: HandlerDeps,
  gate: MeetingGate,
  session: Session,
  { verb, meetingId, resume }: { verb: 'start' | 'join' } & CallPayload<'meeting:join'>,
): Promise<Joined> {
  const { tenantId } = session.actor;
  if (session.seating && session.seating.seat.meetingId !== meetingId) {
    throw new AppError('INVALID_CALL', 'Leave the meeting that this socket is in first.');
  }
  const since = performance.now();
  return deps.registry.exclusive(tenantId, meetingId, async () => {
    // A socket that is gone, perhaps because its person sits elsewhere by now, must not take the seat from there; one
    // that the server has given up must not take a seat that the server is about to lose.
    if (!session.isConnected || session.releasedByServer) throw lostOnTheWay();
    const nodeId = deps.nodeId();
    // A doctor's start leads into the room almost always, so its media is opened while the meeting's row is written.
    const early = verb === 'start' ? openEarly(deps, tenantId, meetingId) : undefined;
    const admission = await gate[verb](session.actor, meetingId, nodeId).catch(async (error: unknown) => {
      await early?.abandon();
      return tellEnd(deps, session, meetingId, error);
    });
    // The seat is committed but there is no media to give: that is the server's fault, not the person's leaving.
    const withoutMedia = async (error: unknown) => {
      if (error instanceof AppError && error.code === 'NOT_JOINED') throw error;
      await deps.gate.drop(admission.seat, 'server', nodeId);
      throw new AppError('UNAVAILABLE', 'The media of this meeting cannot be opened now.', { cause: error });
    };
    const room = await deps.registry.reach(tenantId, meetingId, early?.room).catch(withoutMedia);
    session.noteWait(performance.now() - since);
    if (!session.isConnected) {
      await deps.gate.drop(admission.seat, session.cause, nodeId);
      await deps.registry.closeIfEmpty(room, 'empty');
      throw lostOnTheWay();
    }
    const mediaKept = await room.seat(session, admission, resume).catch(withoutMedia);
    session.waitingFor = null;
    const { participantId } = admission.seat;
    const attendance = [...admission.attendance, ...room.guestsBeside(participantId)];
    const people = attendance.map((person) => room.present(person));
    const self = people.find((person) => person.id === participantId);
    if (!self) throw new AppError('INTERNAL', 'An admission without the admitted.');
    // The machine tells of doctor and patient once their join is committed; it knows no guests.
    if (self.role === 'guest')
      deps.announcer.tell([room.channel], 'participant:joined', { participant: self }, [session.id]);
    return {
      meeting: admission.meeting,
      self,
      participants: people.filter((person) => person !== self),
      media: room.media.describe(participantId),
      iceServers: room.iceServers(participantId),
      returnWindowSeconds: admission.returnWindowSeconds,
      mediaKept,
    };
  });
}

interface EarlyRoom {
  /** Rejects as `Registry.open` does. */
  room: Promise<Room>;
  /** Closes it again if nobody sits in it. */
  abandon(): Promise<void>;
}

/** Call inside `exclusive`. */
function openEarly({ registry }: HandlerDeps, tenantId: string, meetingId: string): EarlyRoom {
  // In the next turn: what opening has to work out must not hold up the question to the gate, which is on its way then.
  const room = nextTurn().then(() => registry.open(tenantId, meetingId));
  const opened = room.catch(() => undefined);
  const abandon = async () => {
    const found = await opened;
    if (found?.isEmpty) await registry.closeRoom(found, 'not started');
  };
  return { room, abandon };
}

/** Who comes back to a meeting that is over learns how it ended, and then the refusal. */
async function tellEnd(deps: HandlerDeps, session: Session, meetingId: string, error: unknown): Promise<never> {
  const isOver = error instanceof AppError && (error.code === 'MEETING_ENDED' || error.code === 'MEETING_CANCELLED');
  // Who is told so sits there no more: what the room still says of the time before is not for them.
  if (isOver && session.seating) await deps.registry.leave(session, session.seating.room);
  if (isOver) session.socket.emit('meeting:ended', { meeting: await deps.gate.look(session.actor, meetingId) });
  throw error;
}

const lostOnTheWay = (): AppError => new AppError('NOT_JOINED', 'The socket was lost on the way in.');

/** Takes the session out of its room and tells the meeting why. Harmless when it has no seat. */
export async function giveUpSeat(deps: HandlerDeps, session: Session, cause: AwayCause): Promise<void> {
  const seating = session.seating;
  if (!seating) return;
  const { seat } = seating;
  await deps.registry.exclusive(seat.tenantId, seat.meetingId, async () => {
    // Another socket may have taken the seat, or the meeting may have ended, while this waited for its turn.
    if (session.seating !== seating) return;
    await deps.registry.leave(session, seating.room);
    await dropForSure(deps, seat, cause);
  });
}

const longestPauseMs = 5_000;
const attempts = 10;

/**
 * A drop that the database did not take would leave a ghost in the meeting, so it is tried again until it is kept or until
 * this node has lost its lease, and with it the seat. A late one is harmless: the seat's number tells.
 */
async function dropForSure(deps: HandlerDeps, seat: SeatRef, cause: AwayCause): Promise<void> {
  const nodeId = deps.nodeId();
  for (let attempt = 1; ; attempt += 1) {
    try {
      await deps.gate.drop(seat, cause, nodeId);
      return;
    } catch (error) {
      if (attempt === attempts || deps.nodeId() !== nodeId) throw error;
      deps.logger.warn({ err: error, attempt }, 'a drop was not kept, trying again');
      await pause(Math.min(125 * 2 ** attempt, longestPauseMs), undefined, { ref: false });
    }
  }
}
