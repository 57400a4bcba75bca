/** The pages of payments, a line each. All of them come when they are asked for. */
import { lazy } from 'react';
import type { PageRoute } from './routes.tsx';

const PayPage = lazy(async () => ({ default: (await import('./features/pay/pay-page.tsx')).PayPage }));
const PaymentsPage = lazy(async () => ({ default: (await import('./features/pay/payments-page.tsx')).PaymentsPage }));
const BillingPage = lazy(async () => ({ default: (await import('./features/billing/billing-page.tsx')).BillingPage }));
const DaysPage = lazy(async () => ({ default: (await import('./features/billing/days-page.tsx')).DaysPage }));
const BilledPage = lazy(async () => ({ default: (await import('./features/billing/billed-page.tsx')).BilledPage }));

export const payRoutes: readonly PageRoute[] = [
  { path: '/pay/:appointmentId', page: PayPage },
  { path: '/payments', page: PaymentsPage },
  { path: '/billing', page: BillingPage },
  // Before /billing/:paymentId, or it would be taken for an id.
  { path: '/billing/days', page: DaysPage },
  { path: '/billing/:paymentId', page: BilledPage },
];
