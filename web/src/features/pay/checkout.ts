/** The provider's own checkout: its script, which is loaded on the page for paying alone, and the window that it opens. */
import type { Checkout, Signed } from '../../api/payments.ts';

interface Paid {
  razorpay_order_id: string;
  razorpay_payment_id: string;
  razorpay_signature: string;
}

interface RazorpayOptions {
  key: string;
  order_id: string;
  amount: number;
  currency: string;
  handler(paid: Paid): void;
  modal: { ondismiss(): void };
}

declare global {
  interface Window {
    Razorpay?: new (options: RazorpayOptions) => { open(): void };
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
      reject(new Error('The checkout could not be loaded.'));
    });
    document.head.append(script);
  });
}

/** Resolves with what the checkout signed, or null when it was closed. Rejects when it cannot be loaded. */
export async function openCheckout({ keyId, orderId, amountMinor, currency }: Checkout): Promise<Signed | null> {
  await loadScript();
  const { Razorpay } = window;
  if (!Razorpay) throw new Error('The checkout could not be loaded.');
  return new Promise((resolve) => {
    const checkout = new Razorpay({
      key: keyId,
      order_id: orderId,
      amount: amountMinor,
      currency,
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
