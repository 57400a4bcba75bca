/** What signaling asks of meetings, answered. */
import type { MeetingGate } from '../../signaling/meeting-gate.ts';
import type { Actor } from '../platform/actor.ts';
import type { TenantDb } from '../platform/db/scope.ts';
import { join, start, stopWaiting, wait } from './attend.ts';
import { say } from './chat.ts';
import { drop, end, loseNode } from './finish.ts';
import {
  admitGuest,
  dropGuest,
  guestsInMeeting,
  joinAsGuest,
  lookAsGuest,
  removeGuest,
  sayAsGuest,
  waitAsGuest,
} from './guests/index.ts';
import { readMeeting } from './history.ts';
import { queueOf } from './queue.ts';
import type { MeetingDeps } from './transact.ts';
import { versionsOf } from './versions.ts';
import { waitingGate } from './waiting/gate.ts';
import { ToldQueues } from './waiting/told.ts';

export function createMeetingGate(deps: MeetingDeps): MeetingGate {
  return gateOver({ ...deps, queues: new ToldQueues(deps) }, deps.database.tenant);
}

type GateDeps = MeetingDeps & { queues: ToldQueues };

/** `open` gives the door to a tenant's data. */
function gateOver(deps: GateDeps, open: (tenantId: string) => TenantDb): MeetingGate {
  return {
    through: (db) => gateOver(deps, () => db),
    look: (actor, meetingId) => (isGuest(actor) ? lookAsGuest : readMeeting)(open(actor.tenantId), actor, meetingId),
    versions: (meetingIds) => versionsOf(deps.database, meetingIds),
    wait: async (actor, meetingId) => {
      const { meeting, welcome } = await wait(deps, open(actor.tenantId), actor, meetingId);
      return { meeting, ...(await deps.queues.placeOf(actor.tenantId, meeting)), welcome };
    },
    stopWaiting: (actor, meetingId) => stopWaiting(deps, open(actor.tenantId), actor, meetingId),
    waiting: waitingGate(deps, open),
    queue: (tenantId, doctorId) => queueOf(open(tenantId), doctorId),
    start: (actor, meetingId, nodeId) => start(deps, open(actor.tenantId), actor, meetingId, nodeId),
    join: (actor, meetingId, nodeId) =>
      (isGuest(actor) ? joinAsGuest : join)(deps, open(actor.tenantId), actor, meetingId, nodeId),
    drop: (seat, cause, nodeId) =>
      seat.role === 'guest'
        ? dropGuest(deps, open(seat.tenantId), seat, cause, nodeId)
        : drop(deps, open(seat.tenantId), seat, cause, nodeId),
    end: (actor, meetingId, nodeId) => end(deps, open(actor.tenantId), actor, meetingId, nodeId),
    loseNode: (nodeId) => loseNode(deps, nodeId),
    waitAsGuest: (actor) => waitAsGuest(open(actor.tenantId), actor),
    guests: ({ tenantId, meetingId }) => guestsInMeeting(open(tenantId), meetingId),
    admitGuest: (actor, seat, guestId) => admitGuest(deps, open(actor.tenantId), actor, { seat, guestId }),
    removeGuest: (actor, seat, guestId) => removeGuest(deps, open(actor.tenantId), actor, { seat, guestId }),
    say: (seat, line) =>
      seat.role === 'guest'
        ? sayAsGuest(deps, open(seat.tenantId), seat, line)
        : say(deps, open(seat.tenantId), seat, line),
  };
}

const isGuest = (actor: Actor): boolean => actor.kind === 'guest';
