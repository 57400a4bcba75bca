import { useEffect } from 'react';
import { useGo, usePlace } from '../../ui/router/router.tsx';
import { tokenInHash, tokenInIntent } from './link-token.ts';

/**
 * The token of a mailed link. It is taken out of the address bar, where it could be read or copied, and kept in the history
 * entry, so that a reload still has it. Null when there is none.
 */
export function useLinkToken(): string | null {
  const { path, intent } = usePlace();
  const go = useGo();
  const fresh = tokenInHash(window.location.hash);
  useEffect(() => {
    if (fresh !== null) go(path, { replace: true, intent: { token: fresh } });
  }, [fresh, go, path]);
  return fresh ?? tokenInIntent(intent);
}
