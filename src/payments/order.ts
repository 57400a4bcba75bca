/** The order for a visit's price: a row first, then the provider's order outside of any transaction, then its id. */
import { tenantNote } from '../adapters/pay/index.ts';
import type { Actor } from '../platform/actor.ts';
import { Prisma } from '../platform/db/client.ts';
import type { TenantDb, Tx } from '../platform/db/scope.ts';
import { AppError } from '../platform/errors.ts';
import { newId } from '../platform/ids.ts';
import { type PaymentDeps, providerOf } from './deps.ts';
import { adopt } from './look.ts';
import { mayPay } from './policy.ts';
import { type PaymentRow, readOne, selectPayments, toPaymentView } from './rows.ts';
import type { PaymentOrder } from './schema.ts';

/** How long a request for an order is given before the keeper looks what became of it. */
const firstLookMs = 60_000;

/**
 * What somebody needs to pay for a visit; the same order when asked again, and none when it is paid. The price is the
 * appointment's. Throws NOT_FOUND for a visit that is not theirs, CONFLICT when there is nothing to pay.
 */
export async function order(
  deps: PaymentDeps,
  db: TenantDb,
  actor: Actor,
  appointmentId: string,
): Promise<PaymentOrder> {
  const provider = providerOf(deps);
  const { tenantId } = db;
  // Beside the request's own transaction, which tells the audit trail and keeps the answer: the row must be there before the
  // provider is asked, whatever becomes of the request.
  const { row, isNew } = await deps.database
    .tenant(tenantId)
    .run((tx) => reserve(tx, { deps, tenantId, actor, appointmentId }));
  const { id, amountMinor, currency } = row;
  const found = row.providerOrderId ?? (isNew ? null : await provider.findOrder(id));
  const orderId = found ?? (await provider.createOrder({ receipt: id, amountMinor, currency, tenantId }));
  const answer = await db.run(async (tx) => {
    await adopt(tx, tenantId, { id, orderId });
    const kept = await readOne(tx, Prisma.sql`p.tenant_id = ${tenantId}::uuid and p.id = ${id}::uuid`);
    db.about({ patientIds: [kept.patientId], entity: { type: 'Payment', id } });
    return toOrder(kept, tenantId, provider.checkout);
  });
  deps.onCommitted();
  return answer;
}

function toOrder(
  row: PaymentRow,
  tenantId: string,
  { provider, keyId }: { provider: 'razorpay' | 'sandbox'; keyId: string },
): PaymentOrder {
  const { providerOrderId: orderId, amountMinor, currency } = row;
  const payable = row.paidAt === null && orderId !== null;
  return {
    payment: toPaymentView(row),
    // Not every payment carries the notes of its order.
    checkout: payable ? { provider, keyId, orderId, amountMinor, currency, notes: { [tenantNote]: tenantId } } : null,
  };
}

interface Reserving {
  deps: PaymentDeps;
  tenantId: string;
  actor: Actor;
  appointmentId: string;
}

interface Priced {
  patientId: string;
  status: string;
  priceMinor: number;
  currency: string;
}

async function reserve(
  tx: Tx,
  { deps, tenantId, actor, appointmentId }: Reserving,
): Promise<{ row: PaymentRow; isNew: boolean }> {
  const [visit] = await tx.$queryRaw<Priced[]>`
    select patient_id as "patientId", status::text as status, price_minor as "priceMinor", currency
    from appointment where tenant_id = ${tenantId}::uuid and id = ${appointmentId}::uuid for share`;
  if (!visit || !mayPay(actor, visit)) throw new AppError('NOT_FOUND');
  const open = Prisma.sql`
    p.tenant_id = ${tenantId}::uuid and p.appointment_id = ${appointmentId}::uuid and p.status <> 'refunded'`;
  const isPayable = ['booked', 'arrived', 'fulfilled'].includes(visit.status) && visit.priceMinor > 0;
  if (!isPayable) {
    const [row] = await tx.$queryRaw<PaymentRow[]>(selectPayments(open));
    if (!row?.paidAt) throw new AppError('CONFLICT', 'There is nothing to pay for this visit.');
    return { row, isNew: false };
  }
  const now = deps.clock.now();
  const lookAt = new Date(now.getTime() + firstLookMs);
  const made = await tx.$executeRaw`
    insert into payment (id, tenant_id, patient_id, appointment_id, amount_minor, currency, provider, next_look_at,
      created_by_id, created_at)
    values (${newId()}::uuid, ${tenantId}::uuid, ${visit.patientId}::uuid, ${appointmentId}::uuid, ${visit.priceMinor}::int,
      ${visit.currency}, ${providerOf(deps).checkout.provider}, ${lookAt}::timestamptz, ${actor.userId}::uuid, ${now}::timestamptz)
    on conflict (tenant_id, appointment_id) where status <> 'refunded' do nothing`;
  return { row: await readOne(tx, open), isNew: made === 1 };
}
