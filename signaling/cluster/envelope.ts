/** What goes over the bus, once its seal is open. */
import { AppError, type ErrorCode } from '../../src/platform/errors.ts';
import type { Asked, Said } from './messages.ts';

/** The asked node does not hold that room (any more). */
export class Moved extends Error {}

/** For whom it is, the seal says: it opens on its channel alone. */
export interface Envelope {
  /** As it is named when it says so. */
  from: string;
  /** The process, whatever it is named. */
  run: string;
  /** Which of all that the run has published, from 1 on. */
  n: number;
  /** In the order in which it was said. */
  all: readonly Message[];
}

/** The id is new with each question: it counts once by itself. */
export interface Question {
  id: string;
  what: Asked;
}

export interface Message {
  said?: Said;
  asked?: Question;
  answered?: { id: string } & Outcome;
  /** To whoever is not believed yet: name this word. */
  prove?: string;
  /** Here it is. What this run said earlier than this is not to be heard any more. */
  proof?: string;
}

/** What came of a question. */
export type Outcome = { data: unknown } | { error: { code: ErrorCode; message: string } } | { moved: true };

/** What the other node has answered. Throws Moved, or the AppError of that node. */
export function opened(outcome: Outcome): unknown {
  if ('moved' in outcome) throw new Moved();
  if ('error' in outcome) throw new AppError(outcome.error.code, outcome.error.message);
  return outcome.data;
}
