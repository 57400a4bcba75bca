import { useCallback } from 'react';
import type { Call } from '../../call/call.ts';
import { createOutbox, type Outbox, type OutgoingLine } from '../../call/outbox.ts';
import { useLiving, useLivingState } from '../../ui/use-living.ts';

const nothing: readonly OutgoingLine[] = [];
const linesOf = (outbox: Outbox) => outbox.lines;

/** The lines that have not arrived yet. They outlive the chat's being closed; not the call. */
export function useOutbox(call: Call): { outbox: Outbox | null; lines: readonly OutgoingLine[] } {
  const make = useCallback(() => createOutbox((text, clientId) => call.say(text, clientId)), [call]);
  const outbox = useLiving(make);
  return { outbox, lines: useLivingState(outbox, linesOf, nothing) };
}
