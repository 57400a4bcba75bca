/** A span for each request, named by its pattern; it goes on with the caller's trace where there is one. */
import type { Request, RequestHandler, Response } from 'express';
import { fail, openSpan, type Span, SpanKind } from '../telemetry/tracing.ts';
import { stateOf } from './request-state.ts';

/** Second in the chain. Without tracing it does nothing. */
export const requestTrace: RequestHandler = (req, res, next) => {
  openSpan(req.method, { kind: SpanKind.SERVER, parent: req.get('traceparent') }, (span) => {
    if (span) {
      stateOf(res).traceId = span.spanContext().traceId;
      res.once('close', () => finish(span, req, res));
    }
    next();
  });
};

function finish(span: Span, req: Request, res: Response): void {
  const { route, error, requestId } = stateOf(res);
  if (route !== undefined) span.updateName(`${req.method} ${route}`).setAttribute('http.route', route);
  span.setAttribute('http.request.method', req.method);
  span.setAttribute('http.response.status_code', res.statusCode);
  span.setAttribute('housecall.request_id', requestId);
  if (error) span.setAttribute('error.type', error.code);
  // A refusal is the caller's fault and no failure of this span (OpenTelemetry's HTTP conventions).
  if (res.statusCode >= 500 || !res.writableFinished) fail(span, error?.code ?? 'aborted');
  span.end();
}
