/** One line of chat, sent until it has arrived: its client id makes it one line however often it is sent. */
import type { CallAnswer } from '../../../signaling/protocol/index.ts';
import type { Ask } from './connection/link.ts';
import { failureOf } from './failure.ts';

export interface SayingParts {
  ask: Ask;
  /** Resolves when a seat is held, rejects when there will be none. */
  seated: () => Promise<void>;
  /** No answer came although a seat is held: the link does not serve. */
  abandon: () => void;
}

/** Rejects with CallFailed: what the server refused, or what `seated` rejects with. */
export async function sayLine(parts: SayingParts, text: string, clientId: string): Promise<CallAnswer<'chat:send'>> {
  for (;;) {
    await parts.seated();
    try {
      return await parts.ask('chat:send', { text, clientId });
    } catch (error) {
      const failure = failureOf(error);
      if (failure.code !== 'NO_ANSWER') throw failure;
      parts.abandon();
    }
  }
}
