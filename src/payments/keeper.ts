/** Does what the clock owes payments: orders whose fate is open, refunds on their way, visits that are over, yesterday's comparison. */
import { Prisma } from '../platform/db/client.ts';
import { type Due, DueKeeper } from '../platform/jobs/due-keeper.ts';
import type { PaymentDeps } from './deps.ts';
import { look } from './look.ts';
import { lastDay, reconcile } from './reconcile.ts';
import { carryOut } from './refund.ts';
import { settleByRule } from './rule.ts';

interface DueOfPayment extends Due {
  kind: 'order' | 'refund' | 'rule' | 'day';
}

export type PaymentKeeper = DueKeeper<DueOfPayment>;

/** Only where a provider is configured: without one there is nobody to ask. */
export function createPaymentKeeper(deps: PaymentDeps): PaymentKeeper {
  const { database, clock } = deps;
  return new DueKeeper<DueOfPayment>(
    { ...deps, pool: database.pool },
    {
      job: 'claim-payments',
      words: 'what is open of a payment',
      due: (now, max) => Prisma.sql`
        select tenant_id as "tenantId", kind, id from due_payments(${now}::timestamptz, ${max}::int)
        union all
        select tenant_id, 'day', tenant_id from unreconciled_tenants(${lastDay(now)}::timestamptz, ${max}::int)`,
      next: Prisma.sql`null::timestamptz`,
      settle: async ({ tenantId, kind, id }) => {
        const db = database.tenant(tenantId);
        if (kind === 'order') return look(deps, db, id);
        if (kind === 'refund') return carryOut(deps, db, id);
        if (kind === 'rule') return settleByRule(deps, db, id);
        await reconcile(deps, db, lastDay(clock.now()));
        return true;
      },
    },
  );
}
