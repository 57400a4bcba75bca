/** Calls to others, seen from our traces. */
import { fail, SpanKind, traceParent, withSpan } from './tracing.ts';

/** `fetch` as a span that says by `purpose`, one of a closed list of ours, what for; not where. The trace goes on there. */
export function tracedFetch(purpose: string, call: typeof fetch = fetch): typeof fetch {
  return (input, init) =>
    withSpan(`call ${purpose}`, { kind: SpanKind.CLIENT }, async (span) => {
      const parent = traceParent();
      if (!span || parent === undefined) return call(input, init);
      const headers = new Headers(init?.headers);
      headers.set('traceparent', parent);
      const answer = await call(input, { ...init, headers });
      span.setAttribute('http.response.status_code', answer.status);
      if (answer.status >= 500) fail(span, String(answer.status));
      return answer;
    });
}
