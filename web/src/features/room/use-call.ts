import { useCallback } from 'react';
import type { Call, CallState } from '../../call/call.ts';
import { createCall } from '../../call/create-call.ts';
import { useServices } from '../../services.tsx';
import { useLiving, useLivingState } from '../../ui/use-living.ts';

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

export interface Entrance {
  meetingId: string;
  seat: 'patient' | 'doctor';
  /** Whether to begin with the camera on. */
  camera: boolean;
}

/** The call of a visit, from when the room is on the screen until it is not. `call` is null for the first moment. */
export function useCall({ meetingId, seat, camera }: Entrance): { call: Call | null; state: CallState } {
  const { session } = useServices();
  const make = useCallback(() => {
    const call = createCall({ meetingId, token: (not) => session.token(not) });
    if (!camera) call.setCamera(false);
    if (seat === 'doctor') call.start();
    else call.enter();
    return call;
  }, [meetingId, seat, camera, session]);
  const call = useLiving(make);
  return { call, state: useLivingState(call, stateOf, stateBefore) };
}
