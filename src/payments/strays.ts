/**
 * Webhooks that are about no payment of ours: an account takes money for others as well, and a restored database does not know
 * what was sold since. They are kept for the day's report, with the clinic that their notes name.
 */
import { z } from 'zod';
import type { Database, TenantDb, Tx } from '../platform/db/scope.ts';
import { withoutTenant_forNamedJob } from '../platform/db/scope.ts';
import type { Stray } from './schema.ts';

/** Null when the notes name no clinic of this installation, and there are several. */
export async function clinicOf({ prisma }: Database, noted: string | null): Promise<string | null> {
  const [found] = await withoutTenant_forNamedJob(
    prisma,
    'claim-payments',
    (tx) => tx.$queryRaw<{ id: string | null }[]>`select tenant_of_notice(${noted}::text) as id`,
  );
  return found?.id ?? null;
}

const Facts = z.object({
  payment: z.object({ id: z.string(), amount: z.int(), currency: z.string() }).optional(),
});

const dayMs = 86_400_000;
const most = 100;

/** Of the 24 hours that begin at `startsAt`, the oldest first. */
export async function straysOf(tx: Tx, { tenantId }: TenantDb, startsAt: Date): Promise<Stray[]> {
  const rows = await tx.paymentNotice.findMany({
    where: { tenantId, paymentId: null, receivedAt: { gte: startsAt, lt: new Date(startsAt.getTime() + dayMs) } },
    orderBy: { receivedAt: 'asc' },
    take: most,
  });
  return rows.map(({ receivedAt, type, facts }) => {
    const payment = Facts.safeParse(facts).data?.payment;
    return {
      at: receivedAt.toISOString(),
      type,
      razorpayPaymentId: payment?.id ?? null,
      amountMinor: payment?.amount ?? null,
      currency: payment?.currency ?? null,
    };
  });
}
