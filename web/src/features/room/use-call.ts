import { useCallback } from 'react';
import type { Call, CallState } from '../../call/call.ts';
import { useServices } from '../../services.tsx';
import { useLiving, useLivingStateInSteps } from '../../ui/use-living.ts';
import { callsOf, type Entrance, takeCall } from './begun.ts';

/** Of a call that is not there yet. */
export const stateBefore: CallState = {
  phase: 'idle',
  meeting: null,
  position: null,
  self: null,
  remotes: [],
  local: { stream: null, microphone: true, camera: true, fault: null },
  reconnect: null,
  failure: null,
  mediaSince: null,
  ownScore: null,
  soundFirst: [],
  chat: [],
  files: [],
  ownScreen: null,
  speaker: null,
  returnWindowMs: null,
};
const stateOf = (call: Call) => call.state;

/** The call of a visit, from when the room is on the screen until it is not. `call` is null for the first moment. */
export function useCall({ meetingId, seat, camera }: Entrance): { call: Call | null; state: CallState } {
  const { session } = useServices();
  const make = useCallback(
    () => takeCall(callsOf(session), { meetingId, seat, camera }),
    [meetingId, seat, camera, session],
  );
  const call = useLiving(make);
  return { call, state: useLivingStateInSteps(call, stateOf, stateBefore) };
}
