/** What the caller hears when mediasoup does not do what they asked. Nothing that they sent is repeated. */
import { AppError } from '../../../src/platform/errors.ts';
import { faultOf } from './mediasoup.ts';

/** Why a participant's or a room's media is gone. */
export type Gone = 'left' | 'reset' | 'closed';

export function goneError(why: Gone): AppError {
  if (why === 'left') return new AppError('NOT_JOINED', 'You are no longer in this room.');
  if (why === 'closed') return new AppError('NOT_JOINED', 'This room is closed.');
  return new AppError('UNAVAILABLE', 'The media starts again; media:reset follows.', { retryAfter: 1 });
}

/**
 * Runs something that depends on what the caller sent. `gone` is the error when what it was to happen on closed meanwhile.
 * Throws AppError: what `gone` says, UNAVAILABLE without a worker, NOT_FOUND, INVALID_CALL for refused parameters.
 */
export async function asked<T>(work: () => Promise<T>, gone: () => AppError | undefined): Promise<T> {
  try {
    return await work();
  } catch (error) {
    const why = gone();
    if (why) throw why;
    const fault = faultOf(error);
    if (fault === 'closed') throw goneError('reset');
    if (fault === 'missing') throw new AppError('NOT_FOUND', undefined, { cause: error });
    throw new AppError('INVALID_CALL', 'The media server refuses these parameters.', { cause: error });
  }
}
