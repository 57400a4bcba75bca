/** Turns whatever was thrown into problem details (RFC 9457) that show nothing of what was sent. */
import type { ErrorRequestHandler, Response } from 'express';
import { z } from 'zod';
import { AppError, type ErrorCode, errorCatalogue } from '../errors.ts';
import { databaseError } from './database-error.ts';
import { stateOf } from './request-state.ts';

export const Problem = z
  .object({
    type: z.string().meta({ description: 'A URI reference that names the kind of problem.' }),
    title: z.string(),
    status: z.int(),
    code: z.enum(Object.keys(errorCatalogue) as [ErrorCode, ...ErrorCode[]]).meta({ description: 'A closed list.' }),
    detail: z.string(),
    requestId: z.string(),
    errors: z.array(z.object({ path: z.string(), message: z.string() })).optional(),
  })
  .meta({ id: 'Problem', description: 'Problem details of RFC 9457.' });
export type Problem = z.infer<typeof Problem>;

/** `MEETING_ENDED` → `/problems/meeting-ended`. */
export function problemType(code: ErrorCode): string {
  return `/problems/${code.toLowerCase().replaceAll('_', '-')}`;
}

/** What body-parser and Express themselves throw, by the `type` or `status` they put on it. */
const readerFaults: Record<string, ErrorCode> = {
  'entity.too.large': 'PAYLOAD_TOO_LARGE',
  'encoding.unsupported': 'UNSUPPORTED_MEDIA_TYPE',
  'charset.unsupported': 'UNSUPPORTED_MEDIA_TYPE',
};

function readerError(error: unknown): AppError | undefined {
  if (!(error instanceof Error) || !('status' in error) || typeof error.status !== 'number') return undefined;
  const type = 'type' in error && typeof error.type === 'string' ? error.type : '';
  const code = readerFaults[type] ?? (error.status >= 400 && error.status < 500 ? 'MALFORMED' : undefined);
  return code && new AppError(code, undefined, { cause: error });
}

/** The error as a caller may see it. Anything not known becomes INTERNAL, with the cause kept for the log. */
export function toAppError(error: unknown): AppError {
  if (error instanceof AppError) return error;
  return databaseError(error) ?? readerError(error) ?? new AppError('INTERNAL', undefined, { cause: error });
}

export function sendProblem(res: Response, error: AppError): void {
  const state = stateOf(res);
  state.error = error;
  const problem: Problem = {
    type: problemType(error.code),
    title: errorCatalogue[error.code].title,
    status: error.status,
    code: error.code,
    detail: error.message,
    requestId: state.requestId,
    ...(error.faults && { errors: error.faults.map(({ path, message }) => ({ path, message })) }),
  };
  if (error.retryAfter !== undefined) res.setHeader('Retry-After', String(Math.max(1, Math.ceil(error.retryAfter))));
  if (error.status === 401) res.setHeader('WWW-Authenticate', challenge(error.code));
  res.setHeader('Cache-Control', 'no-store');
  res.status(error.status).type('application/problem+json').send(JSON.stringify(problem));
}

/** RFC 6750, section 3: no error code when the request carried no credentials. */
function challenge(code: ErrorCode): string {
  return code === 'UNAUTHENTICATED' ? 'Bearer realm="housecall", error="invalid_token"' : 'Bearer realm="housecall"';
}

/** Last in the chain. A reply that has begun cannot be taken back: the connection is cut, so that nobody takes it for whole. */
export const onError: ErrorRequestHandler = (thrown, _req, res, _next) => {
  const error = toAppError(thrown);
  if (!res.headersSent) return sendProblem(res, error);
  stateOf(res).error = error;
  res.destroy();
};
