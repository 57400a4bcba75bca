/** The handler table: every call of the protocol, by its room. */
import { AppError } from '../../../src/platform/errors.ts';
import { queuesChannel } from '../../rooms/channels.ts';
import type { HandlerDeps, Handlers } from '../handler.ts';
import { guestHandlers } from './guests.ts';
import { mediaHandlers } from './media.ts';
import { meetingHandlers, seatingOf } from './meeting.ts';
import { networkTestHandlers } from './network-test.ts';
import { qualityHandlers } from './quality.ts';
import { queueHandlers } from './queue.ts';

export function createHandlers(deps: HandlerDeps): Handlers {
  return {
    ...meetingHandlers(deps),
    ...queueHandlers(deps),
    ...guestHandlers(deps),
    ...mediaHandlers(deps),
    ...networkTestHandlers(deps),
    ...qualityHandlers(deps),
    'chat:send': async (session, input, db) => {
      const { room, seat } = seatingOf(session);
      const line = await deps.gate.through(db).say(seat, input);
      deps.announcer.tell([room.channel], 'chat:sent', line, [session.id]);
      return { id: line.id, sentAt: line.sentAt };
    },
    'session:refresh': async (session, { token }) => {
      const actor = await deps.tokens.verifyAccess(token);
      if (actor.userId !== session.actor.userId || actor.tenantId !== session.actor.tenantId) {
        throw new AppError('FORBIDDEN', 'The token is of another person.');
      }
      session.renew(actor);
      if (!session.actor.scopes.has('meetings:read-all')) await session.socket.leave(queuesChannel(actor.tenantId));
      return { expiresAt: session.actor.expiresAt.toISOString() };
    },
  };
}
