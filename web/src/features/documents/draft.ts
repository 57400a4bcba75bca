/** A text while it is edited: its parts as they are typed, and the way back. Pure. */
import type { DocumentPayload } from '../../api/documents.ts';
import { linesOf, textOf } from './lines.ts';

export interface Draft {
  /** What was read: which parts there are, and which of them are lists. */
  readonly read: DocumentPayload;
  /** By part, as it is typed. */
  readonly parts: Readonly<Record<string, string>>;
  /** Earlier states, the newest last. */
  readonly earlier: readonly Readonly<Record<string, string>>[];
  /** Which part was typed in last, and when. */
  readonly last: { part: string; at: number } | null;
}

/** What is typed without a pause in one part is one step back. */
const pauseMs = 1_500;
const mostSteps = 100;

export function draftOf(payload: DocumentPayload): Draft {
  return { read: payload, parts: partsOf(payload), earlier: [], last: null };
}

function partsOf(payload: DocumentPayload): Record<string, string> {
  return Object.fromEntries(
    Object.entries(payload).map(([part, text]) => [part, typeof text === 'string' ? text : textOf(text)]),
  );
}

export function type(draft: Draft, part: string, text: string, at: number): Draft {
  const goesOn = draft.last?.part === part && at - draft.last.at < pauseMs;
  return {
    ...draft,
    parts: { ...draft.parts, [part]: text },
    earlier: goesOn ? draft.earlier : [...draft.earlier, draft.parts].slice(-mostSteps),
    last: { part, at },
  };
}

export function undo(draft: Draft): Draft {
  const before = draft.earlier.at(-1);
  return before === undefined ? draft : { ...draft, parts: before, earlier: draft.earlier.slice(0, -1), last: null };
}

export function payloadOf({ read, parts }: Draft): DocumentPayload {
  return Object.fromEntries(
    Object.entries(read).map(([part, text]) => {
      const typed = parts[part] ?? '';
      return [part, typeof text === 'string' ? typed.trim() : linesOf(typed)];
    }),
  );
}

export function isChanged(draft: Draft): boolean {
  return JSON.stringify(payloadOf(draft)) !== JSON.stringify(draft.read);
}

/** Texts that are empty; lists may be. */
export function missingIn(draft: Draft): string[] {
  return Object.entries(payloadOf(draft)).flatMap(([part, text]) => (text === '' ? [part] : []));
}
