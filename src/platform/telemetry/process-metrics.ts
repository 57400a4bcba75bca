/** What Node itself is busy with: event loop, garbage collection, memory. Of the process, so there is one of it. */
import { collectDefaultMetrics, Registry } from 'prom-client';

/** What is told of the event loop's lag has this in it. Each look wakes an idle process, which is most of what that one does. */
const lagEveryMs = 50;

let registry: Registry | undefined;

/** Begins to watch the first time; the watching keeps nothing alive. */
export function processMetrics(): Registry {
  if (!registry) {
    registry = new Registry();
    collectDefaultMetrics({ register: registry, eventLoopMonitoringPrecision: lagEveryMs });
  }
  return registry;
}
