import { useCallback } from 'react';
import type { Call, CallState } from '../../call/call.ts';
import { createCall } from '../../call/create-call.ts';
import { useLiving, useLivingState } from '../../ui/use-living.ts';
import { stateBefore } from '../room/use-call.ts';
import { type GuestPass, renewPass } from './guest-pass.ts';

interface Coming {
  pass: GuestPass;
  resumeToken: string;
  camera: boolean;
}

const stateOf = (call: Call) => call.state;

/** A guest's call, from the door to the end. `call` is null for the first moment. */
export function useGuestCall({ pass, resumeToken, camera }: Coming): { call: Call | null; state: CallState } {
  const { meetingId, accessToken } = pass;
  const make = useCallback(() => {
    const call = createCall({
      meetingId,
      token: async (not) => {
        if (accessToken !== null && accessToken !== not && not === undefined) return accessToken;
        const renewed = await renewPass(resumeToken);
        if (renewed.accessToken === null) throw Object.assign(new Error('Not welcome.'), { code: 'UNAUTHENTICATED' });
        return renewed.accessToken;
      },
    });
    if (!camera) call.setCamera(false);
    call.knock();
    return call;
  }, [meetingId, accessToken, resumeToken, camera]);
  const call = useLiving(make);
  return { call, state: useLivingState(call, stateOf, stateBefore) };
}
