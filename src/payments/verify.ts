/** The browser says that somebody has paid: believed by its signature, and by what the provider has. */
import type { ProviderPayment } from '../adapters/pay/index.ts';
import type { Actor } from '../platform/actor.ts';
import { Prisma } from '../platform/db/client.ts';
import type { TenantDb } from '../platform/db/scope.ts';
import { AppError } from '../platform/errors.ts';
import { type PaymentDeps, providerOf } from './deps.ts';
import { captured } from './look.ts';
import { hold, observe } from './observe.ts';
import { mayPay } from './policy.ts';
import { type PaymentRow, readOne, toPaymentView } from './rows.ts';
import type { PaymentView, VerifyPayment } from './schema.ts';

/**
 * Credits the payment, however often and by whomever it is said. Throws INVALID_INPUT for a signature that is none, NOT_FOUND
 * for an order that is not theirs, UNAVAILABLE when the provider cannot be asked: then the keeper goes on asking.
 */
export async function verify(
  deps: PaymentDeps,
  db: TenantDb,
  actor: Actor,
  signed: VerifyPayment,
): Promise<PaymentView> {
  const provider = providerOf(deps);
  const { razorpayOrderId: orderId, razorpayPaymentId: paymentId, razorpaySignature: signature } = signed;
  if (!provider.isSignedPayment({ orderId, paymentId, signature })) {
    throw new AppError('INVALID_INPUT', 'Correct the fields named in errors.', {
      faults: [{ path: 'razorpaySignature', message: 'Is not the signature of this payment' }],
    });
  }
  const beside = deps.database.tenant(db.tenantId);
  const row = await beside.run((tx) => ofOrder(tx, actor, db.tenantId, orderId));
  const seen =
    row.providerPaymentId === paymentId && row.paidAt !== null ? null : await ask(deps, beside, row, paymentId);
  const view = await db.run(async (tx) => {
    const held = await hold(tx, db.tenantId, row.id);
    db.about({ patientIds: [row.patientId], entity: { type: 'Payment', id: row.id } });
    return toPaymentView((seen ? await observe(deps, held, seen) : held).row);
  });
  deps.onCommitted();
  return view;
}

async function ofOrder(tx: Parameters<typeof readOne>[0], actor: Actor, tenantId: string, orderId: string) {
  const row = await readOne(tx, Prisma.sql`p.tenant_id = ${tenantId}::uuid and p.provider_order_id = ${orderId}`);
  if (!mayPay(actor, row)) throw new AppError('NOT_FOUND');
  return row;
}

/** What the provider has of it, taken if it was only authorised. When it cannot be asked, the keeper is told to. */
async function ask(deps: PaymentDeps, db: TenantDb, row: PaymentRow, paymentId: string): Promise<ProviderPayment> {
  const provider = providerOf(deps);
  try {
    const seen = await provider.payment(paymentId);
    return seen.status === 'authorised' && seen.orderId === row.providerOrderId ? await captured(provider, seen) : seen;
  } catch (error) {
    await lookSoon(deps, db, row.id);
    deps.onCommitted();
    throw error;
  }
}

/** Leaves the payment to the keeper, now. */
export async function lookSoon({ clock }: PaymentDeps, db: TenantDb, id: string): Promise<void> {
  await db.run((tx) => {
    return tx.$executeRaw`
      update payment set next_look_at = ${clock.now()}::timestamptz where tenant_id = ${db.tenantId}::uuid and id = ${id}::uuid`;
  });
}
