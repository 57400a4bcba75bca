/** Whether an answer and a fact are what the protocol promises, whatever was sent. */
import { z } from 'zod';
import { CallErrorCode, type CallName, calls, type FactName, facts } from '../../../signaling/protocol/index.ts';
import type { Heard, Outcome } from './call-people.ts';
import { repeats } from './canary.ts';

const Refusal = z.strictObject({
  ok: z.literal(false),
  error: z.strictObject({ code: CallErrorCode, message: z.string().min(1).max(300) }),
});

/** Codes that mean a fault of ours, or a limit that was switched off. */
const neverRight = new Set<string>(['INTERNAL', 'UNAVAILABLE', 'RATE_LIMITED', 'PAYMENT_REQUIRED']);
const anyId = /[0-9a-f]{8}-[0-9a-f]{4}-/i;

/** What is wrong with it, in a sentence; undefined when nothing is. */
export function faultOfOutcome(name: string, outcome: Outcome): string | undefined {
  if (outcome === 'silent' || outcome === 'gone') return undefined;
  if (outcome.ok) {
    if (!Object.hasOwn(calls, name)) return 'was carried out although there is no such call';
    const parsed = calls[name as CallName].answer.safeParse(outcome.data);
    return parsed.success ? undefined : `was answered with what does not fit: ${z.prettifyError(parsed.error)}`;
  }
  const parsed = Refusal.safeParse(outcome);
  if (!parsed.success) return `was refused in another form: ${z.prettifyError(parsed.error)}`;
  const { code, message } = parsed.data.error;
  if (neverRight.has(code)) return `was answered ${code}: ${message}`;
  if (repeats(message) || anyId.test(message)) return `was refused with what had been sent: ${message}`;
  return undefined;
}

export function faultOfFact({ fact, payload }: Heard): string | undefined {
  if (!Object.hasOwn(facts, fact)) return `heard ${fact}, which is no fact`;
  const parsed = facts[fact as FactName].safeParse(payload);
  return parsed.success ? undefined : `heard a ${fact} that does not fit: ${z.prettifyError(parsed.error)}`;
}
