/** Payments: what the composition root may use of them. */
export type { PaymentDeps } from './deps.ts';
export { createPaymentKeeper, type PaymentKeeper } from './keeper.ts';
export { type PaymentRouteDeps, paymentRoutes } from './routes.ts';
export { applyNotice } from './webhook.ts';
