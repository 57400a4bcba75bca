/** Giving money back: written down first, carried out by the keeper, so that it happens once whatever breaks in between. */
import type { ProviderRefund } from '../adapters/pay/index.ts';
import { ProviderRefusal } from '../adapters/pay/index.ts';
import type { Actor } from '../platform/actor.ts';
import type { TenantDb } from '../platform/db/scope.ts';
import { AppError } from '../platform/errors.ts';
import { newId } from '../platform/ids.ts';
import { type PaymentDeps, providerOf } from './deps.ts';
import { type Held, hold, observeRefunds } from './observe.ts';
import { mayRead } from './policy.ts';
import { type PaymentRow, toPaymentView } from './rows.ts';
import type { PaymentView, RefundReason } from './schema.ts';

/** What has not gone back yet, nor is on its way. */
export function leftOf({ amountMinor, refunds }: PaymentRow): number {
  const gone = refunds.filter(({ status, reason }) => status !== 'failed' && reason !== 'duplicate');
  return gone.reduce((left, refund) => left - refund.amountMinor, amountMinor);
}

interface Wanted {
  amountMinor?: number | undefined;
  reason: RefundReason;
  by: string | null;
  note?: string | undefined;
}

/**
 * Writes a refund of `amountMinor` down, or of all that is left. Throws CONFLICT when the payment was not taken or nothing is
 * left, INVALID_INPUT when less than that is left.
 */
export async function requestRefund(
  { clock }: PaymentDeps,
  { tx, tenantId, row }: Held,
  { amountMinor, reason, by, note }: Wanted,
): Promise<void> {
  const left = leftOf(row);
  if (row.providerPaymentId === null || row.paidAt === null) throw new AppError('CONFLICT', 'This was not paid.');
  if (left <= 0) throw new AppError('CONFLICT', 'All of it has gone back, or is on its way.');
  const amount = amountMinor ?? left;
  if (amount > left) {
    throw new AppError('INVALID_INPUT', 'Correct the fields named in errors.', {
      faults: [{ path: 'amountMinor', message: 'Is more than what is left' }],
    });
  }
  await tx.$executeRaw`
    insert into payment_refund (id, tenant_id, payment_id, provider_payment_id, amount_minor, reason, requested_by_id,
      next_look_at, note, created_at)
    values (${newId()}::uuid, ${tenantId}::uuid, ${row.id}::uuid, ${row.providerPaymentId}, ${amount}::int,
      ${reason}::refund_reason, ${by}::uuid, ${clock.now()}::timestamptz, ${note ?? null}::text, ${clock.now()}::timestamptz)`;
}

/** The desk gives money back. Throws as `requestRefund`, and NOT_FOUND. */
export async function refund(
  deps: PaymentDeps,
  db: TenantDb,
  actor: Actor,
  input: { id: string; amountMinor?: number | undefined; note?: string | undefined },
): Promise<PaymentView> {
  const view = await db.run(async (tx) => {
    const held = await hold(tx, db.tenantId, input.id);
    if (!mayRead(actor, held.row)) throw new AppError('NOT_FOUND');
    db.about({ patientIds: [held.row.patientId], entity: { type: 'Payment', id: input.id } });
    const { amountMinor, note } = input;
    await requestRefund(deps, held, { amountMinor, note, reason: 'requested', by: actor.userId });
    return toPaymentView((await hold(tx, db.tenantId, input.id)).row);
  });
  deps.onCommitted();
  return view;
}

interface PendingRefund {
  paymentId: string;
  providerPaymentId: string;
  amountMinor: number;
  looks: number;
}

/** Longer than a request to the provider may take. */
const leaseMs = 60_000;
const longestPauseMs = 3_600_000;

/** Carries one refund out, or finds out what became of it. False when it is not due (any more). */
export async function carryOut(deps: PaymentDeps, db: TenantDb, id: string): Promise<boolean> {
  const provider = providerOf(deps);
  const refund = await claim(deps, db, id);
  if (!refund) return false;
  const { paymentId, providerPaymentId, amountMinor } = refund;
  // The answer to an earlier try may have been lost: what is there already is not made again.
  const known = (await provider.refundsOf(providerPaymentId)).find(({ receipt }) => receipt === id);
  const seen = known ?? (await provider.refund(providerPaymentId, { amountMinor, receipt: id }).catch(refused));
  await db.run(async (tx) => {
    const held = await hold(tx, db.tenantId, paymentId);
    if (seen !== 'refused') return observeRefunds(deps, held, [seen]);
    deps.logger.error({ tenantId: db.tenantId, refundId: id }, 'a refund was refused by the provider');
    await tx.$executeRaw`
      update payment_refund set status = 'failed', next_look_at = null, updated_at = now()
      where tenant_id = ${db.tenantId}::uuid and id = ${id}::uuid and status = 'pending'`;
    return held;
  });
  deps.onCommitted();
  return true;
}

function refused(error: unknown): 'refused' | ProviderRefund {
  if (error instanceof ProviderRefusal) return 'refused';
  throw error;
}

/** Ours for a while; whoever dies with it leaves it to the next. */
function claim({ clock }: PaymentDeps, db: TenantDb, id: string): Promise<PendingRefund | undefined> {
  const now = clock.now();
  return db.run(async (tx) => {
    const [row] = await tx.$queryRaw<PendingRefund[]>`
      update payment_refund set looks = looks + 1,
        next_look_at = ${now}::timestamptz + least(${leaseMs}::int * power(2, least(looks, 10)), ${longestPauseMs}::int) * interval '1 millisecond'
      where tenant_id = ${db.tenantId}::uuid and id = ${id}::uuid and next_look_at <= ${now}::timestamptz and status = 'pending'
      returning payment_id as "paymentId", provider_payment_id as "providerPaymentId", amount_minor as "amountMinor", looks`;
    return row;
  });
}
