/** What a participant's client says of its connection: counted, told to the room, and answered with sound first. */
import type { HandlerDeps, Handlers } from '../handler.ts';
import { seatingOf } from './meeting.ts';

export function qualityHandlers({ quality, announcer }: HandlerDeps): Pick<Handlers, 'media:report'> {
  return {
    'media:report': async (session, report) => {
      const { room, seat } = seatingOf(session);
      const noted = quality.note(session, seat, report);
      // Each time anew: who came in meanwhile has not heard it.
      if (noted) announcer.tell([room.channel], 'media:score', { participantId: seat.participantId, ...noted });
      return {};
    },
  };
}
