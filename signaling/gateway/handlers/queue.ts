/** Around the waiting: what the front desk watches, what a device says of itself, what is written, moved and handed over. */
import type { Hearers } from '../../meeting-gate.ts';
import { personChannel, queuesChannel } from '../../rooms/channels.ts';
import type { Session } from '../../rooms/session.ts';
import { tellQueue } from '../../rooms/tell-queue.ts';
import type { HandlerDeps, Handlers } from '../handler.ts';

type QueueCalls =
  | 'queue:watch-clinic'
  | 'queue:tell-check'
  | 'queue:message'
  | 'queue:messages'
  | 'queue:read'
  | 'queue:move'
  | 'queue:hand-over';

export function queueHandlers(deps: HandlerDeps): Pick<Handlers, QueueCalls> {
  const { gate, announcer } = deps;
  return {
    'queue:watch-clinic': async (session, _input, db) => {
      const { tenantId } = session.actor;
      // First the channel, then the look: what changes in between is told.
      await session.socket.join(queuesChannel(tenantId));
      return { queues: await gate.through(db).waiting.clinic(tenantId) };
    },
    'queue:tell-check': async (session, input, db) => {
      const { changed } = await gate.through(db).waiting.tellCheck(session.actor, input);
      if (changed) await tellQueue(deps, session.actor.tenantId, changed);
      return {};
    },
    'queue:message': async (session, input, db) => {
      const { line, ...hearers } = await gate.through(db).waiting.say(session.actor, input);
      announcer.tell(conversation(session, hearers), 'queue:messaged', { line });
      // How many lines of the patient are unread is a part of the queue.
      await tellQueue(deps, session.actor.tenantId, hearers.doctorId);
      return line;
    },
    'queue:messages': (session, { meetingId }, db) => gate.through(db).waiting.lines(session.actor, meetingId),
    'queue:read': async (session, input, db) => {
      const { read, ...hearers } = await gate.through(db).waiting.read(session.actor, input);
      announcer.tell(conversation(session, hearers), 'queue:was-read', { meetingId: input.meetingId, read });
      if (session.actor.patientId !== hearers.patientId) {
        await tellQueue(deps, session.actor.tenantId, hearers.doctorId);
      }
      return read;
    },
    'queue:move': async (session, input, db) => {
      const { position, doctorId } = await gate.through(db).waiting.move(session.actor, input);
      await tellQueue(deps, session.actor.tenantId, doctorId);
      return { position };
    },
    // Both queues are told with the meeting's own fact.
    'queue:hand-over': async (session, input, db) => ({
      meeting: await gate.through(db).waiting.handOver(session.actor, input),
    }),
  };
}

function conversation({ actor: { tenantId } }: Session, { doctorId, patientId }: Hearers): string[] {
  return [personChannel(tenantId, doctorId), personChannel(tenantId, patientId), queuesChannel(tenantId)];
}
