import type { Clock } from '../platform/clock.ts';
import type { Route } from '../platform/http/route.ts';
import { availabilityRoutes } from './availability/index.ts';
import { catalogRoutes } from './catalog/index.ts';
import { directoryRoutes } from './directory/index.ts';
import { slotRoutes } from './slots/index.ts';

/** Whom, what and when: the directory, the catalogue, hours and free times. */
export function schedulingRoutes(deps: { clock: Clock }): Route[] {
  return [...directoryRoutes(), ...catalogRoutes(), ...availabilityRoutes(deps), ...slotRoutes(deps)];
}
