/** XState's pure `transition`, without the actor and the system that it makes and throws away for each step: a fifth of its time. */
import { createActor, type EventFrom, type SnapshotFrom } from 'xstate';
import { meetingMachine } from './machine.ts';

type MeetingSnapshot = SnapshotFrom<typeof meetingMachine>;
type Scope = Parameters<typeof meetingMachine.transition>[2];
type Action = Parameters<Scope['actionExecutor']>[0];

/** Never started. A chart that spawned or sent anything would need one of its own for each step; this one only assigns and tells. */
const self = createActor(meetingMachine, { input: { scheduledAt: new Date(0).toISOString() } });
const nothing = () => {};
const inert: Omit<Scope, 'actionExecutor'> = {
  self,
  id: self.id,
  sessionId: self.sessionId,
  system: self.system,
  logger: nothing,
  defer: nothing,
  emit: nothing,
  stopChild: nothing,
};

/** The snapshot after `event`, and the actions that nobody has carried out; the very snapshot that came in when the chart does not take it. */
export function transition(
  before: MeetingSnapshot,
  event: EventFrom<typeof meetingMachine>,
): [after: MeetingSnapshot, actions: Action[]] {
  const actions: Action[] = [];
  const after = meetingMachine.transition(before, event, {
    ...inert,
    actionExecutor: (action) => actions.push(action),
  });
  return [after, actions];
}
