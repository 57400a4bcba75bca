/** Why a call did not do what was asked. */
import type { CallErrorCode } from '../../../signaling/protocol/index.ts';

/** `NO_ANSWER` is the client's own word: the socket was lost, or the answer did not come in time. */
export type FailureCode = CallErrorCode | 'NO_ANSWER';

export class CallFailed extends Error {
  readonly code: FailureCode;

  constructor(code: FailureCode, message: string) {
    super(message);
    this.name = 'CallFailed';
    this.code = code;
  }
}

export function noAnswer(): CallFailed {
  return new CallFailed('NO_ANSWER', 'The server did not answer.');
}

/** The failure of whatever was thrown; a fault that is not a refusal by the server counts as no answer. */
export function failureOf(error: unknown): CallFailed {
  return error instanceof CallFailed ? error : noAnswer();
}

/** True when whoever hands out access tokens says that the person is signed out, by code or by HTTP status. */
export function isSignedOut(error: unknown): boolean {
  if (typeof error !== 'object' || error === null) return false;
  return ('code' in error && error.code === 'UNAUTHENTICATED') || ('status' in error && error.status === 401);
}
