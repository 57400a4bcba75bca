/** The third person: at the door, let in, sent away. Joining and leaving are as for everybody (./meeting.ts). */
import { meetingChannel } from '../../rooms/channels.ts';
import { guestChannel } from '../../rooms/for-guests.ts';
import type { Session } from '../../rooms/session.ts';
import type { HandlerDeps, Handlers } from '../handler.ts';
import { seatingOf } from './meeting.ts';

type GuestCalls = Extract<keyof Handlers, `guest:${string}`>;

export function guestHandlers(deps: HandlerDeps): Pick<Handlers, GuestCalls> {
  const listFor = async (session: Session) => ({ guests: await deps.gate.guests(seatingOf(session).seat) });
  return {
    'guest:wait': async (session, _input, db) => {
      const { tenantId, guestOf } = session.actor;
      // Before it is asked how things stand: what changes from then on is heard.
      const door = guestOf && guestChannel(meetingChannel(tenantId, guestOf), 'door');
      if (door) await session.socket.join(door);
      return { meeting: await deps.gate.through(db).waitAsGuest(session.actor) };
    },
    'guest:watch': async (session, _input, db) => ({
      guests: await deps.gate.through(db).guests(seatingOf(session).seat),
    }),
    'guest:admit': async (session, { guestId }, db) => {
      await deps.gate.through(db).admitGuest(session.actor, seatingOf(session).seat, guestId);
      return listFor(session);
    },
    'guest:remove': async (session, { guestId }, db) => {
      await deps.gate.through(db).removeGuest(session.actor, seatingOf(session).seat, guestId);
      return listFor(session);
    },
  };
}
