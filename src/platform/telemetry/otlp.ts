/** OpenTelemetry's parts that send spans to a collector, loaded only where somebody wants traces. */
import { AsyncLocalStorageContextManager } from '@opentelemetry/context-async-hooks';
import { OTLPTraceExporter } from '@opentelemetry/exporter-trace-otlp-http';
import { resourceFromAttributes } from '@opentelemetry/resources';
import { BatchSpanProcessor, TracerProvider } from '@opentelemetry/sdk-trace';
import type { TracingOptions } from './tracing.ts';

/** A collector that is down or slow costs its spans and nothing else: at most 4,096 wait for it. */
export function openExporter({ endpoint, version, delayMs = 1_000 }: TracingOptions) {
  const url = `${endpoint.replace(/\/+$/, '')}/v1/traces`;
  const exporter = new OTLPTraceExporter({ url, timeoutMillis: 3_000 });
  const provider = new TracerProvider({
    resource: resourceFromAttributes({ 'service.name': 'housecall', 'service.version': version }),
    spanProcessors: [new BatchSpanProcessor({ exporter, scheduledDelayMillis: delayMs, maxQueueSize: 4_096 })],
    spanLimits: { attributeCountLimit: 32, attributeValueLengthLimit: 256 },
  });
  return {
    tracer: provider.getTracer('housecall', version),
    // Ours alone and not registered globally: nothing else in the process traces.
    contexts: new AsyncLocalStorageContextManager(),
    shutdown: () => provider.shutdown(),
  };
}
