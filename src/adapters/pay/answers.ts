/** Razorpay's entities as it sends them, read and turned into ours. What else it sends is not looked at, nor kept. */
import { z } from 'zod';
import type { ProviderPayment, ProviderRefund } from './provider.ts';

/** An empty list where there are no notes: PHP's way of writing an empty object. */
const Notes = z.union([z.record(z.string(), z.union([z.string(), z.number()])), z.array(z.unknown())]).nullish();

export const OrderEntity = z.object({ id: z.string().max(40), receipt: z.string().nullish(), notes: Notes });

export const PaymentEntity = z.object({
  id: z.string().max(40),
  order_id: z.string().max(40).nullish(),
  status: z.enum(['created', 'authorized', 'captured', 'refunded', 'failed']),
  amount: z.int().nonnegative(),
  currency: z.string().max(3),
  method: z.string().max(40).nullish(),
  error_code: z.string().max(100).nullish(),
  amount_refunded: z.int().nonnegative().nullish(),
  notes: Notes,
});
type PaymentEntity = z.output<typeof PaymentEntity>;

export const RefundEntity = z.object({
  id: z.string().max(40),
  payment_id: z.string().max(40),
  amount: z.int().positive(),
  status: z.enum(['pending', 'processed', 'failed']).default('processed'),
  receipt: z.string().max(100).nullish(),
});

export const listOf = <S extends z.ZodType>(entity: S) => z.object({ items: z.array(entity) });

/** Under which an order carries the clinic. */
export const tenantNote = 'housecall_tenant';

export function toPayment(entity: PaymentEntity): ProviderPayment {
  const { id, status, amount, currency, notes } = entity;
  return {
    id,
    orderId: entity.order_id ?? null,
    status: status === 'authorized' ? 'authorised' : status,
    amountMinor: amount,
    currency,
    method: entity.method ?? null,
    failureCode: entity.error_code ?? null,
    refundedMinor: entity.amount_refunded ?? 0,
    tenantId: tenantIn(notes),
  };
}

/** The clinic that an order or a payment carries, if it is one of ours. */
export function tenantIn(notes: z.output<typeof Notes>): string | null {
  const tenantId = notes && !Array.isArray(notes) ? notes[tenantNote] : undefined;
  return tenantId === undefined ? null : String(tenantId);
}

export function toRefund({ id, payment_id, amount, status, receipt }: z.output<typeof RefundEntity>): ProviderRefund {
  return { id, paymentId: payment_id, amountMinor: amount, status, receipt: receipt ?? null };
}
