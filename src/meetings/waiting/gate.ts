/** What signaling asks of a patient's waiting, answered. */
import type { WaitingGate } from '../../../signaling/meeting-gate.ts';
import type { TenantDb } from '../../platform/db/scope.ts';
import { clinicQueues } from '../queue.ts';
import type { MeetingDeps } from '../transact.ts';
import { tellCheck } from './check.ts';
import { handOver } from './hand-over.ts';
import { linesOf, readLines, sayWaiting } from './lines.ts';
import { move } from './move.ts';
import type { ToldQueues } from './told.ts';

/** `open` gives the door to a tenant's data. */
export function waitingGate(
  deps: MeetingDeps & { queues: ToldQueues },
  open: (tenantId: string) => TenantDb,
): WaitingGate {
  const { clock, queues } = deps;
  return {
    told: (tenantId, doctorId) => queues.told(tenantId, doctorId),
    clinic: (tenantId) => clinicQueues(open(tenantId), clock.now()),
    tellCheck: (actor, told) => tellCheck(deps, open(actor.tenantId), actor, told),
    say: (actor, line) => sayWaiting(deps, open(actor.tenantId), actor, line),
    lines: (actor, meetingId) => linesOf(open(actor.tenantId), actor, meetingId),
    read: (actor, until) => readLines(open(actor.tenantId), actor, until),
    move: (actor, to) => move(deps, open(actor.tenantId), actor, to),
    handOver: (actor, to) => handOver(deps, open(actor.tenantId), actor, to),
  };
}
