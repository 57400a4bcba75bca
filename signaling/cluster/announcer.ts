/** Tells the sockets of this node and those of others. */
import type { MeetingMemory } from '../meeting-memory.ts';
import type { FactName, FactPayload } from '../protocol/index.ts';
import type { Announcer } from '../rooms/channels.ts';
import type { Bus } from './bus.ts';

/** Whatever this node remembers of a meeting goes along with the fact that it has changed. */
export function announcerOver(
  bus: Pick<Bus, 'tell' | 'tellAll'>,
  own: Announcer,
  memory: Pick<MeetingMemory, 'beside'>,
): Announcer {
  const besideOf = (fact: FactName, payload: unknown): unknown =>
    fact === 'meeting:changed' ? memory.beside((payload as FactPayload<typeof fact>).meeting) : undefined;
  return {
    tell: (channels, fact, payload, except = []) => {
      own.tell(channels, fact, payload, except);
      const beside = besideOf(fact, payload);
      bus.tellAll({ kind: 'told', channels, except, fact, payload, ...(beside !== undefined && { beside }) });
    },
    among: (nodeIds) => ({
      tell: (channels, fact, payload, except = []) => {
        own.tell(channels, fact, payload, except);
        for (const nodeId of nodeIds) bus.tell(nodeId, { kind: 'told', channels, except, fact, payload });
      },
    }),
  };
}
