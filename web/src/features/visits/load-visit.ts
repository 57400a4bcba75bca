/** A visit's own page is fetched while its patient looks at the list, so that the first script stays small. */
import { useEffect } from 'react';
import { fetchedSoon } from '../../ui/fetched-soon.tsx';

const visit = fetchedSoon(async () => (await import('./visit-page.tsx')).VisitPage);

export const LazyVisitPage = visit.Part;

/** Fetches it now. If that fails, opening a visit tries again and says so. */
export function useVisitPageSoon(): void {
  useEffect(() => {
    visit.fetch().catch(() => undefined);
  }, []);
}
