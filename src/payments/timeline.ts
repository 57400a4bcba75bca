/** What became of a payment, step by step: asked for, told of by the provider, paid, given back and by whom. For the desk. */
import { Prisma } from '../platform/db/client.ts';
import type { TenantDb, Tx } from '../platform/db/scope.ts';
import { readOne } from './rows.ts';
import type { PaymentEvent, RefundReason } from './schema.ts';

interface Noted {
  receivedAt: Date;
  type: string;
  amountMinor: number | null;
}

interface RefundNoted {
  createdAt: Date;
  processedAt: Date | null;
  updatedAt: Date;
  status: 'pending' | 'processed' | 'failed';
  amountMinor: number;
  reason: RefundReason;
  note: string | null;
  by: string | null;
}

type Step = Omit<PaymentEvent, 'at'> & { at: Date };

const nothing = { by: null, type: null, amountMinor: null, reason: null, note: null };

/** The oldest first. Throws NOT_FOUND. */
export function readEvents(db: TenantDb, id: string): Promise<{ items: PaymentEvent[] }> {
  const { tenantId } = db;
  return db.run(async (tx) => {
    const row = await readOne(tx, Prisma.sql`p.tenant_id = ${tenantId}::uuid and p.id = ${id}::uuid`);
    db.about({ patientIds: [row.patientId], entity: { type: 'Payment', id } });
    const asked = { ...nothing, at: row.createdAt, kind: 'asked' as const, amountMinor: row.amountMinor };
    const { paidAt } = row;
    const paid = paidAt ? [{ ...nothing, at: paidAt, kind: 'paid' as const, amountMinor: row.amountMinor }] : [];
    const [told, refunds] = [await noticesOf(tx, tenantId, id), await refundsOf(tx, tenantId, id)];
    const heard = told.map(({ receivedAt, type, amountMinor }) => {
      return { ...nothing, at: receivedAt, kind: 'told' as const, type, amountMinor };
    });
    const all: Step[] = [asked, ...heard, ...paid, ...refunds.flatMap(stepsOf)];
    return {
      items: all
        .toSorted((a, b) => a.at.getTime() - b.at.getTime())
        .map((one) => ({ ...one, at: one.at.toISOString() })),
    };
  });
}

function stepsOf({ createdAt, processedAt, updatedAt, status, amountMinor, reason, note, by }: RefundNoted): Step[] {
  const about = { ...nothing, amountMinor, reason };
  const asked: Step = { ...about, at: createdAt, kind: 'refund_asked', by, note };
  if (processedAt !== null) return [asked, { ...about, at: processedAt, kind: 'refund_done' }];
  return status === 'failed' ? [asked, { ...about, at: updatedAt, kind: 'refund_failed' }] : [asked];
}

function noticesOf(tx: Tx, tenantId: string, id: string): Promise<Noted[]> {
  return tx.$queryRaw<Noted[]>`
    select received_at as "receivedAt", type,
      coalesce((facts->'refund'->>'amount')::int, (facts->'payment'->>'amount')::int) as "amountMinor"
    from payment_notice where tenant_id = ${tenantId}::uuid and payment_id = ${id}::uuid order by received_at`;
}

function refundsOf(tx: Tx, tenantId: string, id: string): Promise<RefundNoted[]> {
  return tx.$queryRaw<RefundNoted[]>`
    select r.created_at as "createdAt", r.processed_at as "processedAt", r.updated_at as "updatedAt", r.status::text as status,
      r.amount_minor as "amountMinor", r.reason::text as reason, r.note, u.display_name as by
    from payment_refund r left join app_user u on u.tenant_id = r.tenant_id and u.id = r.requested_by_id
    where r.tenant_id = ${tenantId}::uuid and r.payment_id = ${id}::uuid order by r.id`;
}
