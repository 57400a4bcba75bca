/** Payment providers. */
export { OrderEntity, PaymentEntity, RefundEntity, tenantIn, tenantNote, toPayment, toRefund } from './answers.ts';
export {
  type Checkout,
  type PayProvider,
  type ProviderPayment,
  type ProviderRefund,
  ProviderRefusal,
} from './provider.ts';
export { createRazorpay, type RazorpayOptions } from './razorpay.ts';
export { openSandbox, type Sandbox } from './sandbox/index.ts';
