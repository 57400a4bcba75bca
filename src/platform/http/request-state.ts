/** What the server keeps about one request while it answers it. */
import { randomUUID } from 'node:crypto';
import type { RequestHandler, Response } from 'express';
import type { Logger } from 'pino';
import type { Actor } from '../actor.ts';
import type { AppError } from '../errors.ts';

export interface RequestState {
  readonly requestId: string;
  readonly logger: Logger;
  /** The pattern of the route that took the request, never its address. */
  route: string | undefined;
  actor: Actor | undefined;
  /** The trace that the request is a part of, where traces are kept. */
  traceId: string | undefined;
  /** What the request was refused with. */
  error: AppError | undefined;
  /** Is answered without waiting for the audit trail. */
  isEarly: boolean;
}

const states = new WeakMap<Response, RequestState>();
const saneId = /^[A-Za-z0-9._-]{8,128}$/;

/** First in the chain: gives the request its id, the caller's own where it is sane, and answers it as `X-Request-Id`. */
export function beginRequest(logger: Logger): RequestHandler {
  return (req, res, next) => {
    const sent = req.get('x-request-id');
    const requestId = sent !== undefined && saneId.test(sent) ? sent : randomUUID();
    let own: Logger | undefined;
    states.set(res, {
      requestId,
      // Most requests say nothing but their one line.
      get logger() {
        return (own ??= logger.child({ requestId }));
      },
      route: undefined,
      actor: undefined,
      traceId: undefined,
      error: undefined,
      isEarly: false,
    });
    res.setHeader('X-Request-Id', requestId);
    next();
  };
}

export function stateOf(res: Response): RequestState {
  const state = states.get(res);
  if (!state) throw new Error('beginRequest() must stand first in the chain.');
  return state;
}
