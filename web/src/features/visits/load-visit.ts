/** A visit's own page is fetched while its patient looks at the list, so that the first script stays small. */
import { lazy, useEffect } from 'react';

const load = () => import('./visit-page.tsx');

export const LazyVisitPage = lazy(async () => ({ default: (await load()).VisitPage }));

/** Fetches it now. If that fails, opening a visit tries again and says so. */
export function useVisitPageSoon(): void {
  useEffect(() => {
    load().catch(() => undefined);
  }, []);
}
