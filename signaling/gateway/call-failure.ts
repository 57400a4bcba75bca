/** Turns whatever a handler threw into what an acknowledgement may say. */
import { AppError, errorCatalogue } from '../../src/platform/errors.ts';
import { CallErrorCode, type CallFailure } from '../protocol/index.ts';

/** `expected` is false for faults of ours, which belong into the log. */
export function callFailure(error: unknown): { failure: CallFailure; expected: boolean } {
  if (error instanceof AppError) {
    const code = CallErrorCode.safeParse(error.code);
    if (code.success) return { failure: { code: code.data, message: error.message }, expected: error.status < 500 };
    if (error.status < 500) return { failure: { code: 'INVALID_CALL', message: error.message }, expected: true };
  }
  return { failure: { code: 'INTERNAL', message: errorCatalogue.INTERNAL.title }, expected: false };
}
