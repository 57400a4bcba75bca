/** The provider's own checkout: its script, which is loaded on the page for paying alone, and the window that it opens. */
import type { Checkout, Signed } from '../../api/payments.ts';

interface Paid {
  razorpay_order_id: string;
  razorpay_payment_id: string;
  razorpay_signature: string;
}

interface RazorpayOptions {
  key: string;
  /** Who is paid, for the window's head. Nothing of the patient is handed over. */
  name: string;
  order_id: string;
  amount: number;
  currency: string;
  notes: Record<string, string>;
  handler(paid: Paid): void;
  modal: { ondismiss(): void };
}

declare global {
  interface Window {
    Razorpay?: new (options: RazorpayOptions) => { open(): void };
  }
}

/** The provider's script is not there: no connection, or something on the way that keeps it out. */
export class CheckoutMissing extends Error {
  constructor() {
    super('The checkout could not be loaded.');
    this.name = 'CheckoutMissing';
  }
}

const address = 'https://checkout.razorpay.com/v1/checkout.js';

function loadScript(): Promise<void> {
  if (window.Razorpay) return Promise.resolve();
  return new Promise((resolve, reject) => {
    const script = document.createElement('script');
    script.src = address;
    script.addEventListener('load', () => resolve());
    script.addEventListener('error', () => {
      script.remove();
      reject(new CheckoutMissing());
    });
    document.head.append(script);
  });
}

/** Resolves with what the checkout signed, or null when it was closed. Rejects with CheckoutMissing. */
export async function openCheckout(
  { keyId, orderId, amountMinor, currency, notes }: Checkout,
  clinic: string,
): Promise<Signed | null> {
  await loadScript();
  const { Razorpay } = window;
  if (!Razorpay) throw new CheckoutMissing();
  return new Promise((resolve) => {
    const checkout = new Razorpay({
      key: keyId,
      name: clinic,
      order_id: orderId,
      amount: amountMinor,
      currency,
      notes,
      handler: (paid) =>
        resolve({
          razorpayOrderId: paid.razorpay_order_id,
          razorpayPaymentId: paid.razorpay_payment_id,
          razorpaySignature: paid.razorpay_signature,
        }),
      modal: { ondismiss: () => resolve(null) },
    });
    checkout.open();
  });
}
