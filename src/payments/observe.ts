/**
 * What the provider shows of a payment, brought into our row: the one place where money is credited. Whoever comes here
 * (the browser's verify, a webhook, the keeper) holds the row's lock, so the same success counts once.
 */
import type { ProviderPayment, ProviderRefund } from '../adapters/pay/index.ts';
import type { Tx } from '../platform/db/scope.ts';
import { newId } from '../platform/ids.ts';
import { appendFact } from '../platform/jobs/outbox.ts';
import type { PaymentDeps } from './deps.ts';
import { type PaymentChanged, paymentChanged } from './events.ts';
import type { PaymentEvent } from './machine.ts';
import { lockOne, type PaymentRow, storedOf } from './rows.ts';
import { type StoredPayment, step } from './step.ts';

/** A payment whose lock the transaction holds. */
export interface Held {
  tx: Tx;
  tenantId: string;
  row: PaymentRow;
}

/** Locks one payment. Throws NOT_FOUND when this tenant has none of that id. */
export async function hold(tx: Tx, tenantId: string, id: string): Promise<Held> {
  return { tx, tenantId, row: await lockOne(tx, tenantId, id) };
}

const isTaken = ({ paidAt }: PaymentRow) => paidAt !== null;

/** Brings one attempt of the order into the row. What does not fit it, or has been seen, changes nothing. */
export async function observe(deps: PaymentDeps, held: Held, seen: ProviderPayment): Promise<Held> {
  const { row, tenantId } = held;
  if (seen.orderId !== row.providerOrderId) return held;
  if (seen.amountMinor !== row.amountMinor || seen.currency !== row.currency) {
    deps.logger.error({ tenantId, paymentId: row.id }, 'a payment of another amount than its order was not credited');
    return held;
  }
  const isCaptured = seen.status === 'captured' || seen.status === 'refunded';
  if (isCaptured && isTaken(row) && row.providerPaymentId !== seen.id) return giveBackSecond(deps, held, seen);
  const event = eventOf(deps, seen);
  return event ? take(held, event) : held;
}

function eventOf({ clock }: PaymentDeps, { id, status, method, failureCode }: ProviderPayment): PaymentEvent | null {
  if (status === 'created') return null;
  if (status === 'failed') return { type: 'fail', providerPaymentId: id, code: failureCode ?? 'UNKNOWN' };
  if (status === 'authorised') return { type: 'authorise', providerPaymentId: id, method };
  return { type: 'capture', providerPaymentId: id, method, at: clock.now().toISOString() };
}

/** Takes the event, and writes what it changes with the fact that tells of it. */
export async function take(held: Held, event: PaymentEvent): Promise<Held> {
  const { tx, tenantId, row } = held;
  const stepped = step(storedOf(row), event);
  if (!stepped.changed) return held;
  const receiptNumber = row.receiptNumber ?? (await receiptFor(tx, tenantId, stepped.stored));
  const { status, context } = stepped.stored;
  const { providerPaymentId, method, failureCode, refundedMinor, paidAt } = context;
  await tx.$executeRaw`
    update payment set status = ${status}::payment_status, provider_payment_id = ${providerPaymentId}::text,
      method = ${method}::text, failure_code = ${failureCode}::text, refunded_minor = ${refundedMinor}::int,
      paid_at = ${paidAt}::timestamptz, receipt_number = ${receiptNumber}::int, version = version + 1, updated_at = now()
    where tenant_id = ${tenantId}::uuid and id = ${row.id}::uuid`;
  const { id: paymentId, appointmentId, meetingId, patientId, doctorId } = row;
  const payload: PaymentChanged = { paymentId, status, appointmentId, meetingId, patientId, doctorId };
  await appendFact(tx, { tenantId, topic: paymentChanged, key: paymentId, payload: { ...payload } });
  const paid = paidAt === null ? null : new Date(paidAt);
  return { ...held, row: { ...row, ...context, status, receiptNumber, paidAt: paid } };
}

/** The clinic's next number, held by the crediting transaction: no other is given meanwhile, and none is lost when it fails. */
async function receiptFor(tx: Tx, tenantId: string, { context }: StoredPayment): Promise<number | null> {
  if (context.paidAt === null) return null;
  const [row] = await tx.$queryRaw<{ last: number }[]>`
    insert into receipt_counter (tenant_id, last) values (${tenantId}::uuid, 1)
    on conflict (tenant_id) do update set last = receipt_counter.last + 1 returning last`;
  return row?.last ?? null;
}

/** Somebody paid the same order twice. The second goes back, whole and once. */
async function giveBackSecond(deps: PaymentDeps, held: Held, seen: ProviderPayment): Promise<Held> {
  const { tx, tenantId, row } = held;
  await tx.$executeRaw`
    insert into payment_refund (id, tenant_id, payment_id, provider_payment_id, amount_minor, reason, next_look_at)
    values (${newId()}::uuid, ${tenantId}::uuid, ${row.id}::uuid, ${seen.id}, ${seen.amountMinor}::int, 'duplicate',
      ${deps.clock.now()}::timestamptz)
    on conflict (tenant_id, provider_payment_id) where reason = 'duplicate' do nothing`;
  return held;
}

/** Brings refunds into our rows, ours and those that somebody made at the provider, and their sum into the payment. */
export async function observeRefunds(deps: PaymentDeps, held: Held, seen: readonly ProviderRefund[]): Promise<Held> {
  for (const refund of seen) await keepRefund(deps, held, refund);
  const { tx, tenantId, row } = held;
  const [sum] = await tx.$queryRaw<{ minor: number }[]>`
    select coalesce(sum(amount_minor), 0)::int as minor from payment_refund
    where tenant_id = ${tenantId}::uuid and payment_id = ${row.id}::uuid and status = 'processed' and reason <> 'duplicate'`;
  const refundedMinor = sum?.minor ?? 0;
  return refundedMinor === 0 ? held : take(held, { type: 'refund', refundedMinor });
}

async function keepRefund({ clock }: PaymentDeps, { tx, tenantId, row }: Held, seen: ProviderRefund): Promise<void> {
  const processedAt = seen.status === 'processed' ? clock.now() : null;
  const ours = row.refunds.find(({ id }) => id === seen.receipt)?.id ?? null;
  // A number of ours that is not of this payment is nobody's.
  const updated = await tx.$executeRaw`
    update payment_refund set status = ${seen.status}::refund_status, provider_refund_id = ${seen.id},
      processed_at = ${processedAt}::timestamptz,
      next_look_at = case when ${seen.status} = 'pending' then next_look_at end, updated_at = now()
    where tenant_id = ${tenantId}::uuid and payment_id = ${row.id}::uuid and status <> 'processed'
      and (id = ${ours}::uuid or provider_refund_id = ${seen.id})`;
  if (updated > 0 || ours !== null || seen.paymentId !== row.providerPaymentId) return;
  await tx.$executeRaw`
    insert into payment_refund (id, tenant_id, payment_id, provider_payment_id, amount_minor, reason, status,
      provider_refund_id, processed_at)
    values (${newId()}::uuid, ${tenantId}::uuid, ${row.id}::uuid, ${seen.paymentId}, ${seen.amountMinor}::int, 'requested',
      ${seen.status}::refund_status, ${seen.id}, ${processedAt}::timestamptz)
    on conflict (provider_refund_id) do nothing`;
}
