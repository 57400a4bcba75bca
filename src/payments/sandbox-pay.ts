/** Paying where no money moves: what the provider's checkout does elsewhere. */
import type { z } from 'zod';
import type { Sandbox } from '../adapters/pay/index.ts';
import type { Actor } from '../platform/actor.ts';
import { Prisma } from '../platform/db/client.ts';
import type { TenantDb } from '../platform/db/scope.ts';
import { AppError } from '../platform/errors.ts';
import { mayPay } from './policy.ts';
import { readOne } from './rows.ts';
import type { SandboxPaid, SandboxPay } from './schema.ts';

/** Throws NOT_FOUND for an order that is not theirs, CONFLICT for one that is paid or that the sandbox has forgotten. */
export function sandboxPay(
  sandbox: Sandbox,
  db: TenantDb,
  actor: Actor,
  { razorpayOrderId, outcome }: z.output<typeof SandboxPay>,
): Promise<z.output<typeof SandboxPaid>> {
  return db.run(async (tx) => {
    const { tenantId } = db;
    const row = await readOne(
      tx,
      Prisma.sql`p.tenant_id = ${tenantId}::uuid and p.provider_order_id = ${razorpayOrderId}`,
    );
    if (!mayPay(actor, row)) throw new AppError('NOT_FOUND');
    db.about({ patientIds: [row.patientId], entity: { type: 'Payment', id: row.id } });
    const paid = sandbox.pay(razorpayOrderId, outcome);
    if (!paid) throw new AppError('CONFLICT', 'This order is paid, or was made before the last start.');
    return { razorpayOrderId, razorpayPaymentId: paid.paymentId, razorpaySignature: paid.signature };
  });
}
