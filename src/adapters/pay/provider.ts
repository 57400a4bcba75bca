/** What a provider of payments does for us: the port that src/payments stands on. Amounts are minor units (ISO 4217). */

/** Where somebody's attempt to pay stands at the provider. */
export interface ProviderPayment {
  id: string;
  orderId: string | null;
  status: 'created' | 'authorised' | 'captured' | 'refunded' | 'failed';
  amountMinor: number;
  currency: string;
  /** The provider's word for the way of paying, e.g. `upi`. */
  method: string | null;
  /** The provider's code of what went wrong. */
  failureCode: string | null;
  refundedMinor: number;
  /** The clinic that we wrote into the order, where the provider hands it on. */
  tenantId: string | null;
}

export interface ProviderRefund {
  id: string;
  paymentId: string;
  amountMinor: number;
  status: 'pending' | 'processed' | 'failed';
  /** Our own number of it; null when it was not made by us. */
  receipt: string | null;
}

export interface NewOrder {
  /** Our own number, by which the order is found again when the answer is lost. At most 40 characters. */
  receipt: string;
  amountMinor: number;
  currency: string;
  tenantId: string;
}

/** What the browser needs for paying an order. */
export interface Checkout {
  provider: 'razorpay' | 'sandbox';
  /** The public half of the key. */
  keyId: string;
}

/**
 * Every method throws UNAVAILABLE when the provider cannot be reached, takes too long or has too much to do, and
 * `ProviderRefusal` when it says no.
 */
export interface PayProvider {
  readonly checkout: Checkout;
  createOrder(order: NewOrder): Promise<string>;
  /** The order with this receipt, if there is one. */
  findOrder(receipt: string): Promise<string | null>;
  paymentsOf(orderId: string): Promise<ProviderPayment[]>;
  payment(paymentId: string): Promise<ProviderPayment>;
  /** Takes what was authorised. Harmless when it was taken already. */
  capture(payment: Pick<ProviderPayment, 'id' | 'amountMinor' | 'currency'>): Promise<ProviderPayment>;
  refund(paymentId: string, refund: { amountMinor: number; receipt: string }): Promise<ProviderRefund>;
  refundsOf(paymentId: string): Promise<ProviderRefund[]>;
  /** All payments that were begun in the time, ours or not. */
  paymentsBetween(from: Date, until: Date): Promise<ProviderPayment[]>;
  /** Whether the signature that the browser brings says that this payment is of this order. */
  isSignedPayment(signed: { orderId: string; paymentId: string; signature: string }): boolean;
  /** Whether the provider wrote this. Always false when no secret for webhooks is configured. */
  isSignedNotice(body: Buffer, signature: string): boolean;
}

/** The provider understood and said no. Asking the same again is of no use. */
export class ProviderRefusal extends Error {
  readonly code: string;
  constructor(code: string) {
    super(`The payment provider refused: ${code}.`);
    this.name = 'ProviderRefusal';
    this.code = code;
  }
}
