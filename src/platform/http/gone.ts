import type { Response } from 'express';
import { AppError } from '../errors.ts';

/** Aborted once whoever asked goes away before the answer is whole; at once when they have gone already. */
export function goneSignal(res: Pick<Response, 'destroyed' | 'writableFinished' | 'once'>): AbortSignal {
  const gone = new AbortController();
  const leave = () => {
    if (!res.writableFinished) gone.abort(new AppError('UNAVAILABLE', 'The caller has gone.'));
  };
  // Who is gone says so once, and perhaps before anybody listened.
  if (res.destroyed) leave();
  else res.once('close', leave);
  return gone.signal;
}
