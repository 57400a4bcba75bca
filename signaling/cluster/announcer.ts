/** Tells the sockets of this node and those of others. */
import type { Announcer } from '../rooms/channels.ts';
import type { Bus } from './bus.ts';

export function announcerOver(bus: Pick<Bus, 'tellAll'>, own: Announcer): Announcer {
  return {
    tell: (channels, fact, payload, except = []) => {
      own.tell(channels, fact, payload, except);
      bus.tellAll({ kind: 'told', channels, except, fact, payload });
    },
  };
}
