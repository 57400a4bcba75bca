/** One line a request: what was asked by pattern, what came of it, how long it took. No address, no header, no body. */
import type { RequestHandler, Response } from 'express';
import type { Logger } from 'pino';
import { stateOf } from './request-state.ts';

/** The line is written when the answer is out, or its caller gone. */
export function requestLog(logger: Logger): RequestHandler {
  return (req, res, next) => {
    const begun = performance.now();
    res.once('close', () => {
      const ms = Math.round(performance.now() - begun);
      if (failed(res)) logger.error({ ...line(req.method, res, ms), err: stateOf(res).error }, 'request failed');
      else logger.info(line(req.method, res, ms), res.writableEnded ? 'request' : 'request aborted');
    });
    next();
  };
}

function line(method: string, res: Response, ms: number) {
  const { requestId, route, error, traceId, actor } = stateOf(res);
  return {
    requestId,
    method,
    route,
    status: res.statusCode,
    ms,
    code: error?.code,
    ...(traceId !== undefined && { traceId }),
    tenantId: actor?.tenantId,
    userId: actor?.userId,
  };
}

/** By its status, or after one was sent that said otherwise. */
function failed(res: Response): boolean {
  return res.statusCode >= 500 || (stateOf(res).error?.status ?? 0) >= 500;
}
