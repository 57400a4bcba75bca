import type { Audience, Verdict } from './verdict.ts';

/** What a message asks for, before any model sees it. Never throws; no I/O; linear in the length of the message. */
export function screen(_message: string, _audience: Audience): Verdict {
  return { kind: 'pass' };
}
