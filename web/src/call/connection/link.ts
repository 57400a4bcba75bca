/** One socket's life, as the connection sees it; socket-io-link.ts is the real one. */
import type { CallAnswer, CallInput, CallName, FactName, FactPayload } from '../../../../signaling/protocol/index.ts';
import type { CallFailed } from '../failure.ts';

export type Fact = { [N in FactName]: { name: N; payload: FactPayload<N> } }[FactName];

/** Asks the server. Rejects with CallFailed: the server's code, or NO_ANSWER. */
export type Ask = <N extends CallName>(name: N, input: CallInput<N>, timeoutMs?: number) => Promise<CallAnswer<N>>;

export interface LinkEvents {
  up(): void;
  /** Not up and not coming up: this link is over. */
  down(): void;
  /** The server does not want this socket and said why. The link is over. */
  refused(failure: CallFailed): void;
  fact(fact: Fact): void;
}

export interface Link {
  readonly ask: Ask;
  /** No event is heard afterwards. Idempotent. */
  close(): void;
}

export type OpenLink = (token: string, events: LinkEvents) => Link;
