/** What whoever runs the server can see of it: the metrics of all its parts, and traces where a collector wants them. */
import packageJson from '../package.json' with { type: 'json' };
import type { Signaling } from '../signaling/compose.ts';
import type { MediaEngine } from '../signaling/media/engine.ts';
import type { MeetingChanged } from '../signaling/meeting-gate.ts';
import type { Config } from './platform/config.ts';
import type { Database } from './platform/db/scope.ts';
import type { OutboxRelay } from './platform/jobs/relay.ts';
import type { Lifecycle } from './platform/lifecycle.ts';
import { addDatabaseMetrics } from './platform/telemetry/database-metrics.ts';
import { addMailMetrics } from './platform/telemetry/mail-metrics.ts';
import { createMetrics, type Metrics } from './platform/telemetry/metrics.ts';
import { startTracing } from './platform/telemetry/tracing.ts';

/** Before anything that could be a part of a trace. `delayMs` is how long spans are gathered, where it is not the usual. */
export async function openTracing(
  { otlpEndpoint }: Pick<Config, 'otlpEndpoint'>,
  lifecycle: Lifecycle,
  delayMs?: number,
): Promise<void> {
  if (otlpEndpoint === undefined) return;
  const options = { endpoint: otlpEndpoint, version: packageJson.version };
  const tracing = await startTracing({ ...options, ...(delayMs !== undefined && { delayMs }) });
  lifecycle.onStop('traces', () => tracing.close());
}

export function openMetrics(
  lifecycle: Lifecycle,
  { database, relay }: { database: Database; relay: OutboxRelay },
): Metrics {
  const metrics = createMetrics();
  lifecycle.onStop('metrics', () => metrics.close());
  addDatabaseMetrics(metrics, database);
  addMailMetrics(metrics, database);
  relay.on('meeting.changed', ({ payload }) => countMeeting(metrics, payload as MeetingChanged));
  return metrics;
}

/** A fact that is told twice is counted twice: rare enough for a graph. */
function countMeeting(metrics: Metrics, { effects, meeting }: MeetingChanged): void {
  for (const { type } of effects) metrics.meeting(type, type === 'ended' ? meeting.endReason : null);
}

export function addLiveMetrics(metrics: Metrics, live: Signaling, media: MediaEngine): void {
  metrics.gauge('housecall_sockets', 'Connections on this node.', () => live.counts().sockets);
  metrics.gauge('housecall_rooms', 'Live rooms on this node.', () => live.counts().rooms);
  metrics.gauge('housecall_participants', 'Who sits in the rooms of this node.', () => live.participants());
  metrics.gauge('housecall_peers', 'Other nodes that this one hears.', () => live.peers());
  metrics.gauge('housecall_media_workers', 'Processes that carry media on this node.', () => {
    const workers = media.workers ?? [];
    const running = workers.filter(({ pid }) => pid !== undefined).length;
    return { running, starting: workers.length - running };
  });
}
