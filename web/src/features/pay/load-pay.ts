/** The parts of paying that the room shows to few: they come when they are needed. */
import { lazy } from 'react';

export const LazyPayFirst = lazy(async () => ({ default: (await import('./pay-first.tsx')).PayFirst }));
export const LazyPayWhileWaiting = lazy(async () => ({
  default: (await import('./pay-while-waiting.tsx')).PayWhileWaiting,
}));
