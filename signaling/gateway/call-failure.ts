/** Turns whatever a handler threw into what an acknowledgement may say. */
import { AppError, errorCatalogue } from '../../src/platform/errors.ts';
import { databaseError } from '../../src/platform/http/database-error.ts';
import { CallErrorCode, type CallFailure } from '../protocol/index.ts';

/** `expected` is false for faults of ours, which belong into the log. */
export function callFailure(thrown: unknown): { failure: CallFailure; expected: boolean } {
  const error = thrown instanceof AppError ? thrown : notJustNow(thrown);
  if (error) {
    const code = CallErrorCode.safeParse(error.code);
    if (code.success) return { failure: { code: code.data, message: error.message }, expected: error.status < 500 };
    if (error.status < 500) return { failure: { code: 'INVALID_CALL', message: error.message }, expected: true };
  }
  return { failure: { code: 'INTERNAL', message: errorCatalogue.INTERNAL.title }, expected: false };
}

/** The database is away, too busy or full: the caller is to try again. What else it refuses is a fault of ours. */
function notJustNow(thrown: unknown): AppError | undefined {
  const error = databaseError(thrown);
  return error?.code === 'UNAVAILABLE' ? error : undefined;
}
