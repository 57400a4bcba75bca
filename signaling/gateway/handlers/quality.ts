/** What a participant's client says of its connection: counted, told to the room, and answered with sound first. */
import type { RoomDoor } from '../../rooms/sitter.ts';
import type { HandlerDeps, Handlers } from '../handler.ts';
import { seatingOf } from './meeting.ts';

export function qualityHandlers({ quality, announcer }: HandlerDeps): Pick<Handlers, 'media:report'> {
  return {
    'media:report': async (session, report) => {
      const { room, seat } = seatingOf(session);
      const lossUp = await lossOnTheWayHere(room, seat.participantId, report.lossUp);
      const noted = quality.note(session, seat, { ...report, lossUp });
      // Each time anew: who came in meanwhile has not heard it.
      if (noted) announcer.tell([room.channel], 'media:score', { participantId: seat.participantId, ...noted });
      return {};
    },
  };
}

/** Less than this changes no score, and is not worth asking about. */
const worthAsking = 0.01;

/**
 * What the browser says, unless far less is missing here: it is told of what others did not receive as well. That both speak
 * of slightly different moments makes no such difference.
 */
async function lossOnTheWayHere(room: RoomDoor, me: string, said: number | null): Promise<number | null> {
  if (said === null || said < worthAsking || room.media.kind !== 'sfu') return said;
  const missing = await room.media.lossUp(me);
  return missing === null || missing > said / 2 ? said : missing;
}
