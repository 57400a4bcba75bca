/** One line a request: what was asked by pattern, what came of it, how long it took. No address, no header, no body. */
import type { IncomingMessage, ServerResponse } from 'node:http';
import type { RequestHandler, Response } from 'express';
import type { Logger } from 'pino';
import { pinoHttp } from 'pino-http';
import { stateOf } from './request-state.ts';

export function requestLog(logger: Logger): RequestHandler {
  return pinoHttp({
    logger,
    wrapSerializers: false,
    // Keeps the request itself, with its headers and address, out of every line.
    serializers: { req: () => undefined },
    quietReqLogger: true,
    quietResLogger: true,
    genReqId: (_req, res) => stateOf(res as Response).requestId,
    customAttributeKeys: { reqId: 'requestId' },
    customLogLevel: (_req, res) => (failed(res) ? 'error' : 'info'),
    customSuccessObject: line,
    customErrorObject: (req, res, _error, value) => line(req, res, value),
    customSuccessMessage: (_req, res) =>
      failed(res) ? 'request failed' : res.writableEnded ? 'request' : 'request aborted',
    customErrorMessage: () => 'request failed',
  });
}

function line(req: IncomingMessage, res: ServerResponse, { responseTime }: { responseTime?: number }) {
  const state = stateOf(res as Response);
  return {
    method: req.method,
    route: state.route,
    status: res.statusCode,
    ms: responseTime,
    code: state.error?.code,
    ...(state.traceId !== undefined && { traceId: state.traceId }),
    tenantId: state.actor?.tenantId,
    userId: state.actor?.userId,
    ...(failed(res) && { err: state.error }),
  };
}

/** By its status, or after one was sent that said otherwise. */
function failed(res: ServerResponse): boolean {
  return res.statusCode >= 500 || (stateOf(res as Response).error?.status ?? 0) >= 500;
}
