/**
 * Razorpay's entities with every field that its API reference and its webhook samples have, in values of our own. Written from
 * the reference and not from our code, so that a double which drifts from it, or a reader that cannot read it, is found.
 * See https://razorpay.com/docs/api/orders, /api/payments, /api/refunds and /webhooks.
 */

export const orderEntity = {
  id: 'order_IluGWxBm9U8zJ8',
  entity: 'order',
  amount: 50_000,
  amount_paid: 0,
  amount_due: 50_000,
  currency: 'INR',
  receipt: '0190f3c4-1111-7222-8333-444455556666',
  offer_id: null,
  status: 'created',
  attempts: 0,
  notes: [] as unknown,
  created_at: 1_642_662_092,
};

export const paymentEntity = {
  id: 'pay_29QQoUBi66xm2f',
  entity: 'payment',
  amount: 50_000,
  currency: 'INR',
  base_amount: 50_000,
  status: 'captured',
  order_id: 'order_IluGWxBm9U8zJ8' as string | null,
  invoice_id: null,
  international: false,
  method: 'upi',
  amount_refunded: 0,
  amount_transferred: 0,
  refund_status: null as string | null,
  captured: true,
  description: 'Consultation',
  card_id: null as string | null,
  card: {
    id: 'card_DXna8CM5lUxM12',
    entity: 'card',
    name: 'Gaurav Kumar',
    last4: '3335',
    network: 'Visa',
    type: 'debit',
    issuer: 'HDFC',
    international: false,
    emi: false,
  },
  bank: null,
  wallet: null,
  vpa: 'gaurav.kumar@exampleupi',
  email: 'gaurav.kumar@example.com',
  contact: '+919000090000',
  customer_id: 'cust_DitrYCFtCIokBO',
  token_id: null,
  notes: [] as unknown,
  fee: 1_180,
  tax: 180,
  error_code: null as string | null,
  error_description: null as string | null,
  error_source: null as string | null,
  error_step: null as string | null,
  error_reason: null as string | null,
  acquirer_data: { rrn: '033814379298', upi_transaction_id: '8EA2F4D1' },
  created_at: 1_606_985_209,
};

export const failedPayment = {
  ...paymentEntity,
  id: 'pay_FailedXm2f66BiU',
  status: 'failed',
  captured: false,
  error_code: 'BAD_REQUEST_ERROR',
  error_description: 'Your payment was declined by the bank.',
  error_source: 'bank',
  error_step: 'payment_authorization',
  error_reason: 'payment_failed',
};

export const refundEntity = {
  id: 'rfnd_FP8QHiV938haTz',
  entity: 'refund',
  amount: 20_000,
  currency: 'INR',
  payment_id: 'pay_29QQoUBi66xm2f',
  notes: [] as unknown,
  receipt: '0190f3c4-aaaa-7bbb-8ccc-ddddeeeeffff' as string | null,
  acquirer_data: { arn: null },
  created_at: 1_597_078_866,
  batch_id: null,
  status: 'processed',
  speed_processed: 'normal',
  speed_requested: 'normal',
};

/** As it refuses. */
export const refusal = (description: string) => ({
  error: {
    code: 'BAD_REQUEST_ERROR',
    description,
    source: 'business',
    step: 'payment_initiation',
    reason: 'input_validation_failed',
    metadata: {},
  },
});

export const listing = (items: readonly unknown[]) => ({ entity: 'collection', count: items.length, items });

/** A webhook's body. */
export function event(name: string, about: Record<string, object>): object {
  const payload = Object.fromEntries(Object.entries(about).map(([key, entity]) => [key, { entity }]));
  return {
    entity: 'event',
    account_id: 'acc_BFQ7uQEaa7j2z7',
    event: name,
    contains: Object.keys(about),
    payload,
    created_at: 1_642_662_200,
  };
}
