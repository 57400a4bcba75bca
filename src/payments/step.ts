/** One step of a stored payment: pure, so that whoever holds the row's lock may take it. */
import { transition } from 'xstate';
import { type PaymentContext, type PaymentEvent, paymentMachine } from './machine.ts';
import type { PaymentStatus } from './schema.ts';

export interface StoredPayment {
  status: PaymentStatus;
  context: PaymentContext;
}

export type Step = { changed: true; stored: StoredPayment } | { changed: false };

/** Takes `event`; what has been done already, or comes too late to matter, changes nothing. */
export function step(stored: StoredPayment, event: PaymentEvent): Step {
  const before = paymentMachine.resolveState({ value: stored.status, context: stored.context });
  if (!before.can(event)) return { changed: false };
  const [after] = transition(paymentMachine, before, event);
  return { changed: true, stored: { status: after.value, context: after.context } };
}
