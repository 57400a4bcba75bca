/**
 * Traces (OpenTelemetry): what a request, a call or a fact was busy with, sent to a collector by OTLP over HTTP. While
 * nobody asked for them, each function here does next to nothing. Names and attributes are patterns, codes and counts:
 * never an address, an id of a person or anything that somebody sent.
 */
import {
  type Attributes,
  type Context,
  ROOT_CONTEXT,
  type Span,
  SpanKind,
  SpanStatusCode,
  type Tracer,
  trace,
} from '@opentelemetry/api';
import type { AsyncLocalStorageContextManager } from '@opentelemetry/context-async-hooks';
import { AppError } from '../errors.ts';
import { readTraceParent, writeTraceParent } from './trace-context.ts';

export type { Span } from '@opentelemetry/api';
export { SpanKind } from '@opentelemetry/api';

export interface TracingOptions {
  /** The collector, without the path of OTLP: `http://collector:4318`. */
  endpoint: string;
  version: string;
  /** How long spans are gathered before they are sent. */
  delayMs?: number;
}

export interface Tracing {
  /** Sends what is left, for four seconds at most. Idempotent, never rejects. */
  close(): Promise<void>;
}

interface Running {
  tracer: Tracer;
  contexts: AsyncLocalStorageContextManager;
}

/** Of the process, as its threads of work are: what runs is traced by the one begun last, whoever began it. */
const opened: Running[] = [];
let running: Running | undefined;

export async function startTracing(options: TracingOptions): Promise<Tracing> {
  const { openExporter } = await import('./otlp.ts');
  const own = openExporter(options);
  opened.push(own);
  running = own;
  let closed: Promise<void> | undefined;
  const close = async () => {
    opened.splice(opened.indexOf(own), 1);
    running = opened.at(-1);
    const late = Promise.withResolvers<void>();
    const timer = setTimeout(late.resolve, 4_000);
    await Promise.race([own.shutdown().catch(() => undefined), late.promise]);
    clearTimeout(timer);
  };
  return { close: () => (closed ??= close()) };
}

export interface SpanOptions {
  kind?: SpanKind;
  attributes?: Attributes;
  /** The trace that it goes on with, as `traceparent` says it; the one that is under way unless given. */
  parent?: string | null | undefined;
}

/** Runs `work` as a part of the trace that is under way, or of a new one. What it throws marks the span by its code alone. */
export async function withSpan<T>(
  name: string,
  options: SpanOptions,
  work: (span: Span | undefined) => Promise<T> | T,
): Promise<T> {
  if (!running) return work(undefined);
  const { contexts } = running;
  const { span, context } = begin(running, name, options);
  try {
    return await contexts.with(context, () => work(span));
  } catch (error) {
    fail(span, error instanceof AppError ? error.code : 'error');
    throw error;
  } finally {
    span.end();
  }
}

/** The same for what only matters as a part of something: without a trace under way, there is no span. */
export async function withinSpan<T>(name: string, options: SpanOptions, work: () => Promise<T>): Promise<T> {
  return currentSpan() ? withSpan(name, options, work) : work();
}

/** Begins a span that goes on after `work` has returned, for what ends by an event: end it yourself. */
export function openSpan(name: string, options: SpanOptions, work: (span: Span | undefined) => void): void {
  if (!running) return work(undefined);
  const { span, context } = begin(running, name, options);
  running.contexts.with(context, () => work(span));
}

function begin(
  { tracer, contexts }: Running,
  name: string,
  { kind = SpanKind.INTERNAL, attributes, parent }: SpanOptions,
) {
  const remote = readTraceParent(parent);
  const before: Context = remote ? trace.setSpanContext(ROOT_CONTEXT, remote) : contexts.active();
  const span = tracer.startSpan(name, { kind, ...(attributes && { attributes }) }, before);
  return { span, context: trace.setSpan(before, span) };
}

/** `code` is one of a closed list. */
export function fail(span: Span | undefined, code: string): void {
  span?.setStatus({ code: SpanStatusCode.ERROR });
  span?.setAttribute('error.type', code);
}

function currentSpan(): Span | undefined {
  return running && trace.getSpan(running.contexts.active());
}

/** The trace that is under way, for logs. */
export function traceId(): string | undefined {
  return currentSpan()?.spanContext().traceId;
}

/** The trace that is under way, for whoever goes on with it elsewhere; undefined without one. */
export function traceParent(): string | undefined {
  const span = currentSpan();
  return span && writeTraceParent(span.spanContext());
}
