/** A day compared with the provider: what either side has and the other has not, or has otherwise. */
import { z } from 'zod';
import { type PayProvider, type ProviderPayment, ProviderRefusal } from '../adapters/pay/index.ts';
import { Prisma } from '../platform/db/client.ts';
import type { TenantDb } from '../platform/db/scope.ts';
import { AppError } from '../platform/errors.ts';
import { listName, readCursor, writeCursor } from '../platform/http/cursor.ts';
import { newId } from '../platform/ids.ts';
import { type PaymentDeps, providerOf } from './deps.ts';
import { type PaymentRow, selectPayments } from './rows.ts';
import type { Difference, Reconciliation } from './schema.ts';
import { straysOf } from './strays.ts';

const dayMs = 86_400_000;
/** What was paid at the end of a day is settled by then. */
const marginMs = 3_600_000;

/** The beginning of the last day (UTC) that is over and settled. */
export function lastDay(now: Date): Date {
  return new Date(Math.floor((now.getTime() - marginMs) / dayMs) * dayMs - dayMs);
}

/** Compares the day that begins at `startsAt` and keeps the report; again replaces it. */
export async function reconcile(deps: PaymentDeps, db: TenantDb, startsAt: Date): Promise<Reconciliation> {
  const provider = providerOf(deps);
  const { tenantId } = db;
  const endsAt = new Date(startsAt.getTime() + dayMs);
  if (endsAt > deps.clock.now()) {
    throw new AppError('INVALID_INPUT', 'Correct the fields named in errors.', {
      faults: [{ path: 'day', message: 'Must be a day that is over' }],
    });
  }
  const there = await provider.paymentsBetween(startsAt, endsAt);
  const rows = await rowsOf(deps.database.tenant(tenantId), { startsAt, endsAt, there });
  const elsewhere = await missingIn(provider, rows, there);
  return db.run(async (tx) => {
    const { compared, differences } = compare(tenantId, rows, [...there, ...elsewhere]);
    const ranAt = deps.clock.now();
    await tx.$executeRaw`
      insert into payment_reconciliation (id, tenant_id, starts_at, ran_at, compared, differences)
      values (${newId()}::uuid, ${tenantId}::uuid, ${startsAt}::timestamptz, ${ranAt}::timestamptz, ${compared}::int, ${JSON.stringify(differences)}::jsonb)
      on conflict (tenant_id, starts_at) do update
      set ran_at = excluded.ran_at, compared = excluded.compared, differences = excluded.differences`;
    if (differences.length > 0)
      deps.logger.warn({ tenantId, differences: differences.length }, 'payments differ from the provider');
    const strays = await straysOf(tx, db, startsAt);
    return { startsAt: startsAt.toISOString(), ranAt: ranAt.toISOString(), compared, differences, strays };
  });
}

/** What is ours of the day, by either side's word. */
function rowsOf(
  db: TenantDb,
  { startsAt, endsAt, there }: { startsAt: Date; endsAt: Date; there: readonly ProviderPayment[] },
): Promise<PaymentRow[]> {
  const ids = there.map(({ id }) => id);
  const orders = there.flatMap(({ orderId }) => orderId ?? []);
  return db.run((tx) =>
    tx.$queryRaw<PaymentRow[]>(
      selectPayments(Prisma.sql`
        p.tenant_id = ${db.tenantId}::uuid and (p.provider_order_id = any (${orders}::text[])
          or p.provider_payment_id = any (${ids}::text[])
          or (p.paid_at >= ${startsAt}::timestamptz and p.paid_at < ${endsAt}::timestamptz))`),
    ),
  );
}

/** What was paid on the day and begun on another: the provider is asked for each, and knows it or not. */
async function missingIn(
  provider: PayProvider,
  rows: readonly PaymentRow[],
  there: readonly ProviderPayment[],
): Promise<ProviderPayment[]> {
  const known = new Set(there.map(({ id }) => id));
  const found: ProviderPayment[] = [];
  for (const { paidAt, providerPaymentId: id } of rows) {
    if (paidAt === null || id === null || known.has(id)) continue;
    const one = await provider.payment(id).catch((error: unknown) => {
      if (error instanceof ProviderRefusal) return null;
      throw error;
    });
    if (one) found.push(one);
  }
  return found;
}

/** Pure. Of the provider's only what is this clinic's: the account may be shared. */
export function compare(
  tenantId: string,
  rows: readonly PaymentRow[],
  there: readonly ProviderPayment[],
): { compared: number; differences: Difference[] } {
  const byOrder = new Map(rows.map((row) => [row.providerOrderId, row]));
  const seen = new Set(there.map(({ id }) => id));
  const own = there.filter(({ orderId, tenantId: noted }) => noted === tenantId || byOrder.has(orderId));
  const differences = own.flatMap((payment) => {
    const found = differenceOf(byOrder.get(payment.orderId), payment);
    return found ? [found] : [];
  });
  for (const row of rows) {
    if (row.paidAt === null || row.providerPaymentId === null || seen.has(row.providerPaymentId)) continue;
    differences.push(difference('unknown_there', row, null, [row.status, null]));
  }
  return { compared: own.length + rows.length, differences };
}

function differenceOf(row: PaymentRow | undefined, payment: ProviderPayment): Difference | null {
  const isTaken = payment.status === 'captured' || payment.status === 'refunded';
  if (!row) return isTaken ? difference('unknown_here', null, payment, [null, payment.status]) : null;
  const amounts: Two = [`${row.amountMinor} ${row.currency}`, `${payment.amountMinor} ${payment.currency}`];
  if (amounts[0] !== amounts[1]) return difference('amount', row, payment, amounts);
  if (row.providerPaymentId !== payment.id) {
    const goesBack = payment.refundedMinor === payment.amountMinor;
    return isTaken && !goesBack ? difference('status', row, payment, [row.status, payment.status]) : null;
  }
  if (isTaken !== (row.paidAt !== null)) return difference('status', row, payment, [row.status, payment.status]);
  if (row.refundedMinor === payment.refundedMinor) return null;
  return difference('refunds', row, payment, [String(row.refundedMinor), String(payment.refundedMinor)]);
}

type Two = [here: string | null, there: string | null];

function difference(
  kind: Difference['kind'],
  row: PaymentRow | null,
  payment: ProviderPayment | null,
  [here, there]: Two,
): Difference {
  const razorpayPaymentId = payment?.id ?? row?.providerPaymentId ?? null;
  const currency = payment?.currency ?? row?.currency ?? null;
  return { kind, paymentId: row?.id ?? null, razorpayPaymentId, here, there, currency };
}

/** The reports, the newest day first. */
export async function listReconciliations(
  db: TenantDb,
  { limit, cursor }: { limit: number; cursor?: string | undefined },
): Promise<{ items: Reconciliation[]; nextCursor: string | null }> {
  const list = listName('reconciliations', db.tenantId);
  const position = readCursor(list, cursor, z.iso.datetime());
  return db.run(async (tx) => {
    const rows = await tx.paymentReconciliation.findMany({
      where: { tenantId: db.tenantId, ...(position && { startsAt: { lt: new Date(String(position.key)) } }) },
      orderBy: { startsAt: 'desc' },
      take: limit + 1,
    });
    const items: Reconciliation[] = [];
    for (const { startsAt, ranAt, compared, differences } of rows.slice(0, limit)) {
      items.push({
        startsAt: startsAt.toISOString(),
        ranAt: ranAt.toISOString(),
        compared,
        differences: differences as Difference[],
        strays: await straysOf(tx, db, startsAt),
      });
    }
    const last = rows.at(limit - 1);
    const more = rows.length > limit && last;
    return { items, nextCursor: more ? writeCursor(list, { key: last.startsAt.toISOString(), id: last.id }) : null };
  });
}
