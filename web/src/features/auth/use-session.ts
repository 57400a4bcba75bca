import { useSyncExternalStore } from 'react';
import type { SessionState } from '../../api/session.ts';
import type { User } from '../../api/user.ts';
import { useServices } from '../../services.tsx';

export function useSessionState(): SessionState {
  const { session } = useServices();
  return useSyncExternalStore(session.subscribe, () => session.state);
}

/** The person signed in; only below SignedInOnly. */
export function useUser(): User {
  const state = useSessionState();
  if (state.status !== 'signed-in') throw new Error('This page is for people who are signed in.');
  return state.user;
}
