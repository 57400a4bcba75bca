/**
 * Stands in for Razorpay's own script, which cannot be loaded here: the same face (`new Razorpay(options).open()`, `handler`,
 * `modal.ondismiss`, as its web integration has it), and in place of its window three buttons. What it signs comes from the
 * server that speaks Razorpay's protocol.
 */
import type { Page } from 'playwright-core';
import { standIns } from './browser.ts';
import type { RazorpayServer } from './razorpay.ts';

const address = 'https://checkout.razorpay.com/v1/checkout.js';

/** As a page's script; it runs in the browser. */
const script = `
window.Razorpay = function Razorpay(options) {
  if (!options || !options.key) throw new Error('No key passed');
  if (!options.order_id || !Number.isInteger(Number(options.amount)) || !/^[A-Z]{3}$/.test(options.currency)) throw new Error('Bad options');
  this.open = function open() {
    const frame = document.createElement('div');
    frame.className = 'razorpay-container';
    frame.setAttribute('role', 'dialog');
    frame.setAttribute('aria-label', 'Razorpay Checkout');
    const button = (name, act) => {
      const made = document.createElement('button');
      made.textContent = name;
      made.onclick = act;
      frame.append(made);
    };
    button('Pay in the window', async () => {
      const paid = await window.payAtRazorpay(options.order_id, 'capture');
      frame.remove();
      options.handler({
        razorpay_payment_id: paid.paymentId,
        razorpay_order_id: options.order_id,
        razorpay_signature: paid.signature,
      });
    });
    // A failed attempt keeps the window open, so that another way of paying can be chosen.
    button('Be turned down', () => window.payAtRazorpay(options.order_id, 'fail'));
    button('Close the window', () => {
      frame.remove();
      if (options.modal && options.modal.ondismiss) options.modal.ondismiss();
    });
    document.body.append(frame);
  };
};`;

/** Lets the page find the script where Razorpay has it. `loads` says how often it is to fail first. */
export async function withCheckout(page: Page, { book }: RazorpayServer, { failing = 0 } = {}): Promise<void> {
  let left = failing;
  standIns.add(address);
  await page.route(address, (route) => {
    left -= 1;
    return left >= 0 ? route.abort() : route.fulfill({ contentType: 'text/javascript', body: script });
  });
  await page.exposeFunction('payAtRazorpay', (orderId: string, outcome: 'capture' | 'fail') =>
    book.pay(orderId, outcome),
  );
}
