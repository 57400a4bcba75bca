/** Socket.IO's event maps, derived from the two tables, for the server and for any client. */
import type { CallAnswer, CallInput, CallName } from './calls.ts';
import type { Answer } from './errors.ts';
import type { FactName, FactPayload } from './facts.ts';

export type ClientToServer = {
  [N in CallName]: (input: CallInput<N>, ack: (answer: Answer<CallAnswer<N>>) => void) => void;
};
export type ServerToClient = { [N in FactName]: (payload: FactPayload<N>) => void };
