import { useEffect } from 'react';
import { useServices } from '../../services.tsx';
import { insideOnly } from '../../ui/router/match.ts';
import { paths } from '../../ui/router/paths.ts';
import { useGo } from '../../ui/router/router.tsx';
import { useSessionState } from './use-session.ts';

/** Once signed in: on to where they wanted to go. Also for somebody who opens such a page while signed in. */
export function useOnward(next: string | null): void {
  const state = useSessionState();
  const { session } = useServices();
  const go = useGo();
  useEffect(() => {
    // Without an answer the form is there all the same, and says so when it is sent.
    if (state.status === 'unknown') session.restore().catch(() => undefined);
    if (state.status === 'signed-in') go(insideOnly(next) ?? paths.home, { replace: true });
  }, [state, session, go, next]);
}
