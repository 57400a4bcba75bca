/** Payments over REST. */
import type { Sandbox } from '../adapters/pay/index.ts';
import { type Route, route } from '../platform/http/route.ts';
import type { PaymentDeps } from './deps.ts';
import { exportPayments } from './export-csv.ts';
import { listPayments, readPayment } from './list.ts';
import { order } from './order.ts';
import { receipt } from './receipt.ts';
import { listReconciliations, reconcile } from './reconcile.ts';
import { refund } from './refund.ts';
import { sandboxPay } from './sandbox-pay.ts';
import {
  NewPaymentOrder,
  NewReconciliation,
  NewRefund,
  PaymentEvents,
  PaymentFilters,
  PaymentOrder,
  PaymentPage,
  PaymentParams,
  PaymentQuery,
  PaymentTerms,
  PaymentView,
  Reconciliation,
  ReconciliationPage,
  ReconciliationQuery,
  SandboxPaid,
  SandboxPay,
  VerifyPayment,
  WebhookAnswer,
  WebhookBody,
} from './schema.ts';
import { readTerms } from './terms.ts';
import { readEvents } from './timeline.ts';
import { verify } from './verify.ts';
import { receive } from './webhook.ts';

const tag = 'payments';
const read = { scopes: ['payments:read'] } as const;
const pay = { scopes: ['payments:pay'] } as const;
const purpose = 'HPAYMT';

export interface PaymentRouteDeps extends PaymentDeps {
  /** Where no money moves. */
  sandbox: Sandbox | undefined;
}

export function paymentRoutes(deps: PaymentRouteDeps): Route[] {
  return [
    ...payingRoutes(deps),
    ...deskRoutes(deps),
    ...bookRoutes(deps),
    ...readingRoutes(deps),
    webhookRoute(deps),
    ...sandboxRoutes(deps),
  ];
}

function payingRoutes(deps: PaymentDeps): Route[] {
  return [
    route({
      method: 'post',
      path: '/payments/orders',
      summary: 'What somebody needs to pay for a visit; the same when asked again',
      tag,
      access: pay,
      audit: { action: 'payment.order', purpose },
      body: NewPaymentOrder,
      reply: PaymentOrder,
      errors: ['NOT_FOUND', 'CONFLICT', 'UNAVAILABLE'],
      handler: ({ db, actor }, { body }) => order(deps, db, actor, body.appointmentId),
    }),
    route({
      method: 'post',
      path: '/payments/verify',
      summary: 'Say that somebody has paid, with what the checkout signed',
      tag,
      access: pay,
      audit: { action: 'payment.verify', purpose },
      body: VerifyPayment,
      reply: PaymentView,
      errors: ['NOT_FOUND', 'UNAVAILABLE'],
      handler: ({ db, actor }, { body }) => verify(deps, db, actor, body),
    }),
  ];
}

function readingRoutes(deps: PaymentDeps): Route[] {
  return [
    // Before /payments/:id, or it would be taken for an id.
    route({
      method: 'get',
      path: '/payments/terms',
      summary: 'Whether visits can be paid here, and what holds for it',
      tag,
      access: read,
      audit: { none: "The clinic's own rules, of nobody in particular" },
      reply: PaymentTerms,
      handler: ({ db }) => readTerms(deps, db),
    }),
    route({
      method: 'get',
      path: '/payments',
      summary: 'Payments, the newest first: the own ones, or all of the clinic',
      tag,
      access: read,
      audit: { action: 'payment.list', purpose },
      query: PaymentQuery,
      reply: PaymentPage,
      handler: ({ db, actor }, { query }) => listPayments(db, actor, query),
    }),
    route({
      method: 'get',
      path: '/payments/:id',
      summary: 'One payment with its refunds',
      tag,
      access: read,
      audit: { action: 'payment.read', purpose },
      params: PaymentParams,
      reply: PaymentView,
      errors: ['NOT_FOUND'],
      handler: ({ db, actor }, { params }) => readPayment(db, actor, params.id),
    }),
    route({
      method: 'get',
      path: '/payments/:id/receipt.pdf',
      summary: 'The receipt of a payment',
      tag,
      access: read,
      audit: { action: 'payment.receipt', purpose },
      params: PaymentParams,
      reply: 'stream',
      streams: 'application/pdf',
      errors: ['NOT_FOUND', 'CONFLICT'],
      handler: ({ db, actor }, { params }) => receipt(db, actor, params.id),
    }),
  ];
}

/** The clinic's books. */
function bookRoutes({ clock }: PaymentDeps): Route[] {
  const all = { scopes: ['payments:read-all'] } as const;
  return [
    route({
      method: 'get',
      path: '/payments/export.csv',
      summary: 'The payments of the same filters as CSV',
      tag,
      access: all,
      audit: { action: 'payment.export', purpose },
      query: PaymentFilters,
      reply: 'stream',
      handler: async ({ db }, { query }) => ({
        contentType: 'text/csv; charset=utf-8',
        fileName: `payments-${clock.now().toISOString().slice(0, 10)}.csv`,
        stream: exportPayments(db, query),
      }),
    }),
    route({
      method: 'get',
      path: '/payments/:id/events',
      summary: 'What became of a payment, step by step',
      tag,
      access: all,
      audit: { action: 'payment.events', purpose },
      params: PaymentParams,
      reply: PaymentEvents,
      errors: ['NOT_FOUND'],
      handler: ({ db }, { params }) => readEvents(db, params.id),
    }),
  ];
}

function deskRoutes(deps: PaymentDeps): Route[] {
  return [
    route({
      method: 'post',
      path: '/payments/:id/refund',
      summary: 'Give money back, all that is left or a part',
      tag,
      access: { scopes: ['payments:refund'] },
      audit: { action: 'payment.refund', purpose },
      params: PaymentParams,
      body: NewRefund,
      reply: PaymentView,
      errors: ['NOT_FOUND', 'CONFLICT'],
      handler: ({ db, actor }, { params, body }) => refund(deps, db, actor, { id: params.id, ...body }),
    }),
    route({
      method: 'get',
      path: '/payments/reconciliations',
      summary: 'Days compared with the provider, the newest first',
      tag,
      access: { scopes: ['payments:reconcile'] },
      audit: { action: 'payment.reconciliations', purpose },
      query: ReconciliationQuery,
      reply: ReconciliationPage,
      handler: ({ db }, { query }) => listReconciliations(db, query),
    }),
    route({
      method: 'post',
      path: '/payments/reconciliations',
      summary: 'Compare a day with the provider now',
      tag,
      access: { scopes: ['payments:reconcile'] },
      audit: { action: 'payment.reconcile', purpose },
      body: NewReconciliation,
      reply: Reconciliation,
      errors: ['UNAVAILABLE'],
      handler: ({ db }, { body }) => reconcile(deps, db, new Date(`${body.day}T00:00:00.000Z`)),
    }),
  ];
}

function webhookRoute(deps: PaymentDeps): Route {
  return route({
    method: 'post',
    path: '/payments/webhook',
    summary: 'What the payment provider tells, signed in X-Razorpay-Signature',
    tag,
    access: { public: "The payment provider's signature over the body is its identity" },
    audit: { action: 'payment.webhook', purpose },
    body: WebhookBody,
    keepsRaw: true,
    reply: WebhookAnswer,
    errors: ['UNAUTHENTICATED', 'UNAVAILABLE'],
    handler: async ({ tenantDb, rawBody, headerOf }, { body }) => {
      const eventId = headerOf('x-razorpay-event-id');
      const isId = eventId !== undefined && /^[\w-]{1,100}$/.test(eventId);
      const signature = headerOf('x-razorpay-signature') ?? '';
      return receive(deps, tenantDb, { raw: rawBody(), signature, eventId: isId ? eventId : undefined, body });
    },
  });
}

function sandboxRoutes({ sandbox }: PaymentRouteDeps): Route[] {
  if (!sandbox) return [];
  return [
    route({
      method: 'post',
      path: '/payments/sandbox/pay',
      summary: 'Pay an order where no money moves, as the checkout would',
      tag,
      access: pay,
      audit: { action: 'payment.sandbox-pay', purpose },
      body: SandboxPay,
      reply: SandboxPaid,
      errors: ['NOT_FOUND', 'CONFLICT'],
      handler: ({ db, actor }, { body }) => sandboxPay(sandbox, db, actor, body),
    }),
  ];
}
