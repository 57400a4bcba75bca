/** Payments over REST, one function a call. */
import type {
  PaymentEvents,
  PaymentFilters,
  PaymentOrder,
  PaymentPage,
  PaymentStatus,
  PaymentTerms,
  PaymentView,
  Reconciliation,
  VerifyPayment,
} from '../../../src/payments/schema.ts';
import type { Page } from './meetings.ts';
import type { Session } from './session.ts';
import type { Exchange } from './transport.ts';

export type { PaymentOrder, PaymentStatus, PaymentTerms, PaymentView, Reconciliation };
export type PaymentFilter = PaymentFilters & { limit?: number };
export type PaymentStep = PaymentEvents['items'][number];
export type Difference = Reconciliation['differences'][number];
export type Signed = VerifyPayment;
export type Checkout = NonNullable<PaymentOrder['checkout']>;

export type PaymentsApi = ReturnType<typeof createPaymentsApi>;

// Written again rather than imported: the server's own list comes with its parser, which no page needs.
const states: Readonly<Record<PaymentStatus, true>> = {
  pending: true,
  authorised: true,
  paid: true,
  failed: true,
  partly_refunded: true,
  refunded: true,
};
export const paymentStatuses = Object.keys(states) as readonly PaymentStatus[];

const one = (id: string, rest = '') => `/payments/${encodeURIComponent(id)}${rest}`;

/** Reading a long book takes its time. */
const long = 300_000;

/** Cheap to make: it holds nothing. */
export function createPaymentsApi(session: Session) {
  async function json<T>(request: Exchange): Promise<T> {
    const response = await session.request(request);
    return (await response.json()) as T;
  }
  async function file(request: Exchange): Promise<Blob> {
    return (await session.request(request)).blob();
  }
  const post = <T>(path: string, body: unknown) => json<T>({ method: 'POST', path, body });
  return {
    terms: (signal?: AbortSignal) => json<PaymentTerms>({ path: '/payments/terms', signal }),
    list: (filter: PaymentFilter, cursor: string | undefined, signal?: AbortSignal) =>
      json<PaymentPage>({ path: '/payments', query: { ...filter, cursor }, signal }),
    one: (id: string, signal?: AbortSignal) => json<PaymentView>({ path: one(id), signal }),
    steps: async (id: string, signal?: AbortSignal) =>
      (await json<PaymentEvents>({ path: one(id, '/events'), signal })).items,
    /** The same order when asked again. */
    order: (appointmentId: string) => post<PaymentOrder>('/payments/orders', { appointmentId }),
    verify: (signed: Signed) => post<PaymentView>('/payments/verify', signed),
    /** `attempt` names this one, so that a repeated one is done once. */
    refund: (id: string, body: { amountMinor?: number; note?: string }, attempt: string) =>
      json<PaymentView>({ method: 'POST', path: one(id, '/refund'), body, headers: { 'idempotency-key': attempt } }),
    receipt: (id: string) => file({ path: one(id, '/receipt.pdf') }),
    csv: (filter: PaymentFilter) => file({ path: '/payments/export.csv', query: { ...filter }, patience: long }),
    days: (cursor: string | undefined, signal?: AbortSignal) =>
      json<Page<Reconciliation>>({ path: '/payments/reconciliations', query: { cursor }, signal }),
    /** `day` is a date, UTC. */
    compare: (day: string) =>
      json<Reconciliation>({ method: 'POST', path: '/payments/reconciliations', body: { day }, patience: 60_000 }),
    /** Where no money moves: what the checkout does elsewhere. */
    sandboxPay: (razorpayOrderId: string, outcome: 'capture' | 'fail') =>
      post<Signed>('/payments/sandbox/pay', { razorpayOrderId, outcome }),
  };
}
