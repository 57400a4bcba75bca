import { types } from 'node:util';
import { type DestinationStream, type Logger, type LoggerOptions, pino } from 'pino';
import { traceId } from './telemetry/tracing.ts';

export type { Logger };

/** Structured lines, on stdout unless told. Nothing that a person sent is logged: callers log ids, codes and counts. */
export function createLogger(level: string, destination?: DestinationStream): Logger {
  const options: LoggerOptions = {
    level,
    base: null,
    timestamp: pino.stdTimeFunctions.isoTime,
    redact: {
      paths: [
        'password',
        'token',
        'accessToken',
        'refreshToken',
        'authorization',
        'cookie',
        'req.headers',
        'res.headers',
        'err.faults',
      ],
      censor: '[REDACTED]',
    },
    serializers: { err: describeError },
    mixin: traceOf,
  };
  return destination ? pino(options, destination) : pino(options);
}

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
