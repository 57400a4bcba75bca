/** What signaling asks of meetings, answered. */
import type { MeetingGate } from '../../signaling/meeting-gate.ts';
import { join, start, stopWaiting, wait } from './attend.ts';
import { say } from './chat.ts';
import { drop, end, loseNode } from './finish.ts';
import { readMeeting } from './history.ts';
import { positionOf, queueOf } from './queue.ts';
import type { MeetingDeps } from './transact.ts';

export function createMeetingGate(deps: MeetingDeps): MeetingGate {
  return {
    look: (actor, meetingId) => readMeeting(deps.database.tenant(actor.tenantId), actor, meetingId),
    wait: async (actor, meetingId) => {
      const meeting = await wait(deps, actor, meetingId);
      return { meeting, position: await positionOf(deps, actor.tenantId, meeting) };
    },
    stopWaiting: (actor, meetingId) => stopWaiting(deps, actor, meetingId),
    queue: (tenantId, doctorId) => queueOf(deps, tenantId, doctorId),
    start: (actor, meetingId, nodeId) => start(deps, actor, meetingId, nodeId),
    join: (actor, meetingId, nodeId) => join(deps, actor, meetingId, nodeId),
    drop: (seat, cause, nodeId) => drop(deps, seat, cause, nodeId),
    end: (actor, meetingId, nodeId) => end(deps, actor, meetingId, nodeId),
    loseNode: (nodeId) => loseNode(deps, nodeId),
    say: (seat, line) => say(deps, seat, line),
  };
}
