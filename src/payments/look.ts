/** Asking the provider about an order on our own account: what a crash, a lost answer or a lost webhook left open. */
import { type PayProvider, type ProviderPayment, type ProviderRefund, ProviderRefusal } from '../adapters/pay/index.ts';
import { Prisma } from '../platform/db/client.ts';
import type { TenantDb } from '../platform/db/scope.ts';
import { type PaymentDeps, providerOf } from './deps.ts';
import { type Held, hold, observe, observeRefunds } from './observe.ts';
import { type PaymentRow, readOne } from './rows.ts';

/** Longer than all requests of one look may take. */
const leaseMs = 60_000;
const firstPauseMs = 30_000;
const longestPauseMs = 3_600_000;
/** An order that nobody has paid by then is left; a webhook still credits it. */
const patienceMs = 24 * 3_600_000;

/** Brings one payment up to what the provider has of it. False when it is not due (any more). */
export async function look(deps: PaymentDeps, db: TenantDb, id: string): Promise<boolean> {
  const provider = providerOf(deps);
  const row = await claim(deps, db, id);
  if (!row) return false;
  const orderId = row.providerOrderId ?? (await provider.findOrder(id));
  const seen = orderId === null ? [] : await settled(provider, await provider.paymentsOf(orderId));
  const refunds = await refundsIn(provider, seen);
  await db.run(async (tx) => {
    await adopt(tx, db.tenantId, { id, orderId });
    let held = await hold(tx, db.tenantId, id);
    for (const one of seen) held = await observe(deps, held, one);
    if (held.row.paidAt !== null && refunds.length > 0) held = await observeRefunds(deps, held, refunds);
    await plan(deps, held);
  });
  deps.onCommitted();
  return true;
}

/** Keeps the first order that was made for a payment. */
export async function adopt(
  tx: Held['tx'],
  tenantId: string,
  { id, orderId }: { id: string; orderId: string | null },
): Promise<void> {
  await tx.$executeRaw`
    update payment set provider_order_id = ${orderId}::text, updated_at = now()
    where tenant_id = ${tenantId}::uuid and id = ${id}::uuid and provider_order_id is null`;
}

/** Takes what was only authorised. The failed ones come first: none of them undoes a success. */
async function settled(provider: PayProvider, payments: readonly ProviderPayment[]): Promise<ProviderPayment[]> {
  const isTaken = payments.some(({ status }) => status === 'captured' || status === 'refunded');
  const found: ProviderPayment[] = [];
  for (const one of payments) {
    found.push(one.status === 'authorised' && !isTaken ? await captured(provider, one) : one);
  }
  return found.toSorted((a, b) => Number(b.status === 'failed') - Number(a.status === 'failed'));
}

/** What the provider does not let us take stays as it is. */
export function captured(provider: PayProvider, payment: ProviderPayment): Promise<ProviderPayment> {
  return provider.capture(payment).catch((error: unknown) => {
    if (error instanceof ProviderRefusal) return payment;
    throw error;
  });
}

async function refundsIn(provider: PayProvider, payments: readonly ProviderPayment[]): Promise<ProviderRefund[]> {
  const found: ProviderRefund[] = [];
  for (const { id, refundedMinor } of payments) if (refundedMinor > 0) found.push(...(await provider.refundsOf(id)));
  return found;
}

/** Ours for a while; whoever dies with it leaves it to the next. */
function claim({ clock }: PaymentDeps, db: TenantDb, id: string): Promise<PaymentRow | undefined> {
  const now = clock.now();
  const until = new Date(now.getTime() + leaseMs);
  return db.run(async (tx) => {
    const claimed = await tx.$executeRaw`
      update payment set looks = looks + 1, next_look_at = ${until}::timestamptz
      where tenant_id = ${db.tenantId}::uuid and id = ${id}::uuid and next_look_at <= ${now}::timestamptz`;
    if (claimed === 0) return undefined;
    return readOne(tx, Prisma.sql`p.tenant_id = ${db.tenantId}::uuid and p.id = ${id}::uuid`);
  });
}

/** When to look again: at growing intervals for a day, and not at all once there is nothing to wait for. */
async function plan({ clock }: PaymentDeps, { tx, tenantId, row }: Held): Promise<void> {
  const now = clock.now().getTime();
  const isOver = row.paidAt !== null || now - row.createdAt.getTime() > patienceMs;
  const pause = Math.min(firstPauseMs * 2 ** Math.min(row.looks, 16), longestPauseMs);
  const next = isOver ? null : new Date(now + pause);
  await tx.$executeRaw`
    update payment set next_look_at = ${next}::timestamptz where tenant_id = ${tenantId}::uuid and id = ${row.id}::uuid`;
}
