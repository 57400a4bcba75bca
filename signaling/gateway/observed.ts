/** Each call as whoever watches the server sees it: its name, what came of it, how long it took. */
import { fail, SpanKind, withSpan } from '../../src/platform/telemetry/tracing.ts';
import { type Answer, type CallErrorCode, type CallName, calls } from '../protocol/index.ts';

/** `name` is `unknown` for what is none of ours, `code` is `OK` or that of the refusal. */
export type CallListener = (done: { name: CallName | 'unknown'; code: CallErrorCode | 'OK'; seconds: number }) => void;

/** Answers as `work` does, which never rejects. */
export async function observed(
  called: string,
  listener: CallListener | undefined,
  work: () => Promise<Answer<unknown>>,
): Promise<Answer<unknown>> {
  const begun = performance.now();
  const name = Object.hasOwn(calls, called) ? (called as CallName) : 'unknown';
  const answered = await withSpan(`call ${name}`, { kind: SpanKind.SERVER }, async (span) => {
    const made = await work();
    if (!made.ok) fail(span, made.error.code);
    return made;
  });
  listener?.({ name, code: answered.ok ? 'OK' : answered.error.code, seconds: (performance.now() - begun) / 1_000 });
  return answered;
}
