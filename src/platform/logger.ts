import { types } from 'node:util';
import { type DestinationStream, type Logger, type LoggerOptions, pino } from 'pino';
import { createRedaction, type Redact, type RedactionOptions } from './redaction.ts';
import { traceId } from './telemetry/tracing.ts';

export type { Logger };

export interface LoggerParts {
  /** Where lines go; stdout unless given. */
  destination?: DestinationStream;
  redaction?: RedactionOptions;
}

/**
 * Structured lines. Nothing that a person sent is logged: callers log ids, codes and counts. What slips in under a name that
 * is known to hold more is redacted (redaction.ts).
 */
export function createLogger(level: string, { destination, redaction }: LoggerParts = {}): Logger {
  const redact = createRedaction(redaction);
  const options: LoggerOptions = {
    level,
    base: null,
    timestamp: pino.stdTimeFunctions.isoTime,
    redact: { paths: ['req.headers', 'res.headers', 'err.faults'], censor: '[REDACTED]' },
    formatters: { log: redact },
    hooks: { logMethod: withMessage },
    serializers: { err: describeError },
    mixin: traceOf,
  };
  return redactingChildren(destination ? pino(options, destination) : pino(options), redact);
}

/** pino's own formatter sees what a line says and not what a child always says. */
function redactingChildren(logger: Logger, redact: Redact): Logger {
  const { child } = logger;
  logger.child = function (this: Logger, bindings: Record<string, unknown>, options?: object) {
    return Reflect.apply(child, this, [redact(bindings), options]) as Logger;
    // Generic in levels of one's own, of which there are none here.
  } as unknown as typeof child;
  return logger;
}

/** Without a message pino would take the error's, which may quote what was sent. */
const withMessage: Exclude<NonNullable<LoggerOptions['hooks']>['logMethod'], undefined> = function (args, method) {
  const [first, ...rest] = args as unknown as [unknown, ...unknown[]];
  if (typeof first === 'object' && rest.length === 0) method.call(this, first as object, 'no message');
  else method.apply(this, args);
};

/** The trace in which a line is written, unless the line says it itself. */
function traceOf(line: object): object {
  const id = 'traceId' in line ? undefined : traceId();
  return id === undefined ? {} : { traceId: id };
}

/** Names an error by type, code and stack frames. Its message is left out unless it is ours: a driver's may quote a row. */
function describeError(error: unknown): Record<string, unknown> {
  if (!types.isNativeError(error)) return { type: typeof error };
  const frames = error.stack?.split('\n').filter((line) => /^\s+at /.test(line)) ?? [];
  const code = 'code' in error && typeof error.code === 'string' ? error.code : undefined;
  return {
    type: error.name,
    ...(code && { code }),
    ...(error.name === 'AppError' && { message: error.message }),
    stack: frames.slice(0, 12).join('\n'),
    ...(error.cause !== undefined && { cause: describeError(error.cause) }),
  };
}
