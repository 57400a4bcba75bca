/** Payments over REST, one function a call. */
import type { PaymentOrder, PaymentView, VerifyPayment } from '../../../src/payments/schema.ts';
import type { Session } from './session.ts';
import type { Exchange } from './transport.ts';

export type { PaymentOrder, PaymentView };
export type Signed = VerifyPayment;
export type Checkout = NonNullable<PaymentOrder['checkout']>;

export type PaymentsApi = ReturnType<typeof createPaymentsApi>;

/** Cheap to make: it holds nothing. */
export function createPaymentsApi(session: Session) {
  async function json<T>(request: Exchange): Promise<T> {
    const response = await session.request(request);
    return (await response.json()) as T;
  }
  const post = <T>(path: string, body: unknown) => json<T>({ method: 'POST', path, body });
  return {
    /** The same order when asked again. */
    order: (appointmentId: string) => post<PaymentOrder>('/payments/orders', { appointmentId }),
    verify: (signed: Signed) => post<PaymentView>('/payments/verify', signed),
    async receipt(id: string): Promise<Blob> {
      const response = await session.request({ path: `/payments/${encodeURIComponent(id)}/receipt.pdf` });
      return response.blob();
    },
    /** Where no money moves: what the checkout does elsewhere. */
    sandboxPay: (razorpayOrderId: string, outcome: 'capture' | 'fail') =>
      post<Signed>('/payments/sandbox/pay', { razorpayOrderId, outcome }),
  };
}
