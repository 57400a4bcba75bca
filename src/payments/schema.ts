/** Payments on the wire. */
import { z } from 'zod';

export const PaymentStatus = z.enum(['pending', 'authorised', 'paid', 'failed', 'partly_refunded', 'refunded']);
export type PaymentStatus = z.infer<typeof PaymentStatus>;

export const RefundStatus = z.enum(['pending', 'processed', 'failed']);
export const RefundReason = z.enum(['requested', 'cancelled', 'our_fault', 'duplicate']);
export type RefundReason = z.infer<typeof RefundReason>;

const Instant = z.iso.datetime();
const Minor = z.int().meta({ description: 'In minor units of the currency (ISO 4217)' });

export const RefundView = z
  .object({
    id: z.uuid(),
    amountMinor: Minor,
    reason: RefundReason,
    status: RefundStatus,
    createdAt: Instant,
    processedAt: Instant.nullable(),
  })
  .meta({ id: 'Refund' });
export type RefundView = z.output<typeof RefundView>;

const payment = {
  id: z.uuid(),
  status: PaymentStatus,
  appointmentId: z.uuid(),
  meetingId: z.uuid().nullable().meta({ description: 'Of a visit by video' }),
  patientId: z.uuid(),
  patientName: z.string(),
  serviceName: z.string(),
  practitionerName: z.string(),
  startsAt: Instant,
  amountMinor: Minor,
  refundedMinor: Minor,
  currency: z.string(),
  provider: z.string(),
  razorpayOrderId: z.string().nullable(),
  razorpayPaymentId: z.string().nullable(),
  method: z.string().nullable(),
  failureCode: z.string().nullable(),
  receiptNumber: z.int().nullable(),
  paidAt: Instant.nullable(),
  createdAt: Instant,
  refunds: z.array(RefundView),
};

export const PaymentView = z.object(payment).meta({ id: 'Payment' });
export type PaymentView = z.output<typeof PaymentView>;

export const PaymentPage = z
  .object({ items: z.array(PaymentView), nextCursor: z.string().nullable() })
  .meta({ id: 'PaymentPage' });
export type PaymentPage = z.output<typeof PaymentPage>;

/** What became of a payment, step by step. */
export const PaymentEvent = z
  .object({
    at: Instant,
    kind: z.enum(['asked', 'told', 'paid', 'refund_asked', 'refund_done', 'refund_failed']),
    by: z.string().nullable().meta({ description: 'Who did it, where somebody did' }),
    type: z.string().nullable().meta({ description: "The provider's word, of what it told" }),
    amountMinor: Minor.nullable(),
    reason: RefundReason.nullable(),
    note: z.string().nullable(),
  })
  .meta({ id: 'PaymentEvent' });
export type PaymentEvent = z.output<typeof PaymentEvent>;

export const PaymentEvents = z.object({ items: z.array(PaymentEvent) }).meta({ id: 'PaymentEvents' });
export type PaymentEvents = z.output<typeof PaymentEvents>;

/** What holds for every payment of the clinic. */
export const PaymentTerms = z
  .object({
    provider: z.enum(['razorpay', 'sandbox']).nullable().meta({ description: 'Null where nothing can be paid' }),
    paymentBeforeJoin: z.boolean(),
    lateCancelRefundPercent: z.int(),
  })
  .meta({ id: 'PaymentTerms' });
export type PaymentTerms = z.output<typeof PaymentTerms>;

export const PaymentParams = z.object({ id: z.uuid() });

const filters = {
  status: PaymentStatus.optional(),
  patientId: z.uuid().optional(),
  appointmentId: z.uuid().optional(),
  from: Instant.optional().meta({ description: 'Begun at or after' }),
  to: Instant.optional().meta({ description: 'Begun before' }),
  minMinor: z.coerce.number().int().min(0).max(2_147_483_647).optional().meta({ description: 'Of at least this' }),
  maxMinor: z.coerce.number().int().min(0).max(2_147_483_647).optional().meta({ description: 'Of at most this' }),
};

export const PaymentFilters = z.object(filters);
export type PaymentFilters = z.output<typeof PaymentFilters>;

export const PaymentQuery = z.object({
  ...filters,
  limit: z.coerce.number().int().min(1).max(200).default(50),
  cursor: z.string().max(500).optional(),
});
export type PaymentQuery = z.output<typeof PaymentQuery>;

export const NewPaymentOrder = z.strictObject({ appointmentId: z.uuid() }).meta({ id: 'NewPaymentOrder' });

export const PaymentOrder = z
  .object({
    payment: PaymentView,
    checkout: z
      .object({
        provider: z.enum(['razorpay', 'sandbox']),
        keyId: z.string(),
        orderId: z.string(),
        amountMinor: Minor,
        currency: z.string(),
        notes: z.record(z.string(), z.string()).meta({ description: 'To be handed on: they name the clinic' }),
      })
      .nullable()
      .meta({ description: 'For the checkout in the browser; null when it is paid already' }),
  })
  .meta({ id: 'PaymentOrder' });
export type PaymentOrder = z.output<typeof PaymentOrder>;

const ProviderId = z.string().regex(/^[A-Za-z0-9_]{1,40}$/, 'Must be an id of the provider');

export const VerifyPayment = z
  .strictObject({
    razorpayOrderId: ProviderId,
    razorpayPaymentId: ProviderId,
    razorpaySignature: z.string().regex(/^[0-9a-f]{64}$/, 'Must be 64 hexadecimal digits'),
  })
  .meta({ id: 'VerifyPayment' });
export type VerifyPayment = z.output<typeof VerifyPayment>;

export const NewRefund = z
  .strictObject({
    amountMinor: z.int().min(1).optional().meta({ description: 'All that is left unless given', example: 10_000 }),
    note: z
      .string()
      .trim()
      .min(1)
      .max(300)
      .optional()
      .meta({ description: 'Why, for the clinic alone', example: 'The doctor was called away' }),
  })
  .meta({ id: 'NewRefund' });

/** What the provider posts: read as far as it concerns us, whatever else it holds. */
export const WebhookBody = z
  .looseObject({ event: z.string().max(100), payload: z.record(z.string(), z.unknown()).optional() })
  .meta({ id: 'PaymentWebhook', description: "The provider's event, signed in `X-Razorpay-Signature`" });
export type WebhookBody = z.output<typeof WebhookBody>;

export const WebhookAnswer = z.object({ status: z.enum(['kept', 'known', 'ignored']) });
export type WebhookAnswer = z.output<typeof WebhookAnswer>;

export const SandboxPay = z
  .strictObject({ razorpayOrderId: ProviderId, outcome: z.enum(['capture', 'authorise', 'fail']) })
  .meta({ id: 'SandboxPay' });

export const SandboxPaid = z
  .object({ razorpayOrderId: z.string(), razorpayPaymentId: z.string(), razorpaySignature: z.string() })
  .meta({ id: 'SandboxPaid' });

export const Difference = z.object({
  kind: z.enum(['unknown_here', 'unknown_there', 'amount', 'status', 'refunds']),
  paymentId: z.uuid().nullable(),
  razorpayPaymentId: z.string().nullable(),
  here: z.string().nullable(),
  there: z.string().nullable(),
  currency: z.string().nullable().default(null),
});
export type Difference = z.output<typeof Difference>;

/** What the provider told on that day that is about no payment of ours. */
export const Stray = z.object({
  at: Instant,
  type: z.string(),
  razorpayPaymentId: z.string().nullable(),
  amountMinor: Minor.nullable(),
  currency: z.string().nullable(),
});
export type Stray = z.output<typeof Stray>;

export const Reconciliation = z
  .object({
    startsAt: Instant.meta({ description: 'The 24 hours that begin here' }),
    ranAt: Instant,
    compared: z.int(),
    differences: z.array(Difference),
    strays: z.array(Stray).meta({ description: 'The first hundred' }),
  })
  .meta({ id: 'PaymentReconciliation' });
export type Reconciliation = z.output<typeof Reconciliation>;

export const ReconciliationPage = z
  .object({ items: z.array(Reconciliation), nextCursor: z.string().nullable() })
  .meta({ id: 'PaymentReconciliationPage' });

export const ReconciliationQuery = z.object({
  limit: z.coerce.number().int().min(1).max(200).default(50),
  cursor: z.string().max(500).optional(),
});

export const NewReconciliation = z
  .strictObject({ day: z.iso.date().meta({ description: 'A day that is over, UTC', example: '2026-11-01' }) })
  .meta({ id: 'NewPaymentReconciliation' });
