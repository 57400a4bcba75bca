/** What Node itself is busy with: event loop, garbage collection, memory. Of the process, so there is one of it. */
import { collectDefaultMetrics, Registry } from 'prom-client';

let registry: Registry | undefined;

/** Begins to watch the first time; the watching costs a timer every 10 ms and keeps nothing alive. */
export function processMetrics(): Registry {
  if (!registry) {
    registry = new Registry();
    collectDefaultMetrics({ register: registry });
  }
  return registry;
}
