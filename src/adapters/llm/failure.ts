/** What the SDK throws, turned into what our outside calls understand. What the other side said is kept out of it. */
import { APICallError } from 'ai';
import { OutsideFailure } from '../../platform/outside/calls.ts';

/** `again` unless the other side said no to this very request, which it will again. */
export function toFailure(thrown: unknown): OutsideFailure {
  if (thrown instanceof OutsideFailure) return thrown;
  if (APICallError.isInstance(thrown)) {
    const { statusCode: status, responseHeaders = {} } = thrown;
    const isRefusal = status !== undefined && status >= 400 && status < 500 && status !== 408 && status !== 429;
    const message = `The language model failed (${status ?? 'no answer'}).`;
    return new OutsideFailure(message, { again: !isRefusal, afterMs: afterMs(responseHeaders['retry-after']) });
  }
  return new OutsideFailure('The language model failed (its answer cannot be read).', { again: true });
}

/** Retry-After as seconds (RFC 9110, section 10.2.3); a date is not waited for. */
function afterMs(header: string | undefined): number | undefined {
  return header !== undefined && /^\d{1,6}$/.test(header) ? Number(header) * 1_000 : undefined;
}
