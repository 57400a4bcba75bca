/**
 * What a payment does, as a state chart. It is never run as an actor: step.ts takes one transition at a time over the stored
 * row. What the provider tells may come twice, late and in any order; what has been done already changes nothing.
 */
import { assign, setup } from 'xstate';

export interface PaymentContext {
  amountMinor: number;
  refundedMinor: number;
  /** Of the payment that counts: the one that was authorised last, and for good the one that was taken. */
  providerPaymentId: string | null;
  method: string | null;
  failureCode: string | null;
  /** ISO 8601. */
  paidAt: string | null;
}

export type PaymentEvent =
  | { type: 'authorise'; providerPaymentId: string; method: string | null }
  | { type: 'capture'; providerPaymentId: string; method: string | null; at: string }
  | { type: 'fail'; providerPaymentId: string | null; code: string }
  /** `refundedMinor` is what has gone back in all. */
  | { type: 'refund'; refundedMinor: number };

const payment = setup({
  types: { context: {} as PaymentContext, input: {} as PaymentContext, events: {} as PaymentEvent },
  guards: {
    isOfThisAttempt: ({ context, event }) =>
      event.type === 'fail' &&
      (event.providerPaymentId === null || event.providerPaymentId === context.providerPaymentId),
    isAll: ({ context, event }) => event.type === 'refund' && event.refundedMinor === context.amountMinor,
    isMore: ({ context, event }) =>
      event.type === 'refund' &&
      event.refundedMinor > context.refundedMinor &&
      event.refundedMinor < context.amountMinor,
  },
  actions: {
    setAside: assign(({ event }) =>
      event.type === 'authorise'
        ? { providerPaymentId: event.providerPaymentId, method: event.method, failureCode: null }
        : {},
    ),
    credit: assign(({ event }) =>
      event.type === 'capture'
        ? { providerPaymentId: event.providerPaymentId, method: event.method, failureCode: null, paidAt: event.at }
        : {},
    ),
    note: assign(({ event }) => (event.type === 'fail' ? { failureCode: event.code } : {})),
    giveBack: assign(({ event }) => (event.type === 'refund' ? { refundedMinor: event.refundedMinor } : {})),
  },
});

/** The order can still be paid. A failure of an attempt that is over says nothing about the one that was authorised since. */
const open = payment.createStateConfig({
  on: {
    authorise: { target: 'authorised', actions: 'setAside' },
    capture: { target: 'paid', actions: 'credit' },
    fail: { target: 'failed', actions: 'note' },
  },
});

const taken = payment.createStateConfig({
  on: {
    refund: [
      { guard: 'isAll', target: 'refunded', actions: 'giveBack' },
      { guard: 'isMore', target: 'partly_refunded', actions: 'giveBack' },
    ],
  },
});

export const paymentMachine = payment.createMachine({
  id: 'payment',
  context: ({ input }) => input,
  initial: 'pending',
  states: {
    pending: open,
    failed: { on: { authorise: open.on.authorise, capture: open.on.capture } },
    authorised: {
      on: {
        capture: open.on.capture,
        fail: { guard: 'isOfThisAttempt', target: 'failed', actions: 'note' },
      },
    },
    paid: taken,
    partly_refunded: taken,
    refunded: { type: 'final' },
  },
});
