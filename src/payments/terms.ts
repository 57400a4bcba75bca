/** What holds for every payment of a clinic: whether it can be paid here at all, and the clinic's own rules. */
import { parseSettings } from '../identity/index.ts';
import type { TenantDb } from '../platform/db/scope.ts';
import type { PaymentDeps } from './deps.ts';
import type { PaymentTerms } from './schema.ts';

export function readTerms({ provider }: PaymentDeps, db: TenantDb): Promise<PaymentTerms> {
  return db.run(async (tx) => {
    const { settings } = await tx.tenant.findUniqueOrThrow({ where: { id: db.tenantId }, select: { settings: true } });
    const { paymentBeforeJoin, lateCancelRefundPercent } = parseSettings(settings);
    return { provider: provider?.checkout.provider ?? null, paymentBeforeJoin, lateCancelRefundPercent };
  });
}
