/** What was shared in a visit comes with its own chunk, for the pages about a visit that is over. */
import { lazy } from 'react';

export const LazySharedInVisit = lazy(async () => ({
  default: (await import('./shared-in-visit.tsx')).SharedInVisit,
}));
