/** What goes back when a visit is over without having been what was paid for: the clinic's rule, asked once for each payment. */
import { parseSettings } from '../identity/index.ts';
import type { TenantDb, Tx } from '../platform/db/scope.ts';
import type { PaymentDeps } from './deps.ts';
import { hold } from './observe.ts';
import { leftOf, requestRefund } from './refund.ts';
import type { RefundReason } from './schema.ts';

/** How a visit ended, as far as it matters for what was paid. */
export interface VisitEnd {
  status: 'fulfilled' | 'cancelled' | 'noshow';
  cancelledBy: string | null;
  /** By the patient, after the clinic's time for that. */
  cancelledLate: boolean;
  noShowSide: 'doctor' | 'patient' | 'both' | null;
  /** The conversation broke off because a server of ours was lost, and the doctor did not come back. */
  brokeOff: boolean;
}

/** What part of the price goes back, in percent, and why. Nothing when the visit took place, or the patient stayed away. */
export function refundOf(
  { status, cancelledBy, cancelledLate, noShowSide, brokeOff }: VisitEnd,
  clinic: { lateCancelRefundPercent: number },
): { percent: number; reason: RefundReason } | null {
  if (status === 'fulfilled') return brokeOff ? { percent: 100, reason: 'our_fault' } : null;
  if (status === 'noshow') return noShowSide === 'patient' ? null : { percent: 100, reason: 'our_fault' };
  if (cancelledBy !== 'patient') return { percent: 100, reason: 'our_fault' };
  const percent = cancelledLate ? clinic.lateCancelRefundPercent : 100;
  return percent > 0 ? { percent, reason: 'cancelled' } : null;
}

/** Weighs one payment whose visit is over. False when somebody has, or it is not over. */
export async function settleByRule(deps: PaymentDeps, db: TenantDb, id: string): Promise<boolean> {
  const { tenantId } = db;
  const isSettled = await db.run(async (tx) => {
    const held = await hold(tx, tenantId, id);
    const settled = await tx.$executeRaw`
      update payment set rule_settled_at = ${deps.clock.now()}::timestamptz
      where tenant_id = ${tenantId}::uuid and id = ${id}::uuid and rule_settled_at is null and paid_at is not null`;
    const found = settled === 1 && (await readEnd(tx, tenantId, held.row.appointmentId));
    if (!found) return settled === 1;
    const share = refundOf(found, parseSettings(found.settings));
    const amountMinor = share
      ? Math.min(leftOf(held.row), Math.floor((held.row.amountMinor * share.percent) / 100))
      : 0;
    if (share && amountMinor > 0) await requestRefund(deps, held, { amountMinor, reason: share.reason, by: null });
    return true;
  });
  if (isSettled) deps.onCommitted();
  return isSettled;
}

async function readEnd(
  tx: Tx,
  tenantId: string,
  appointmentId: string,
): Promise<(VisitEnd & { settings: unknown }) | undefined> {
  const [found] = await tx.$queryRaw<(VisitEnd & { settings: unknown })[]>`
    select a.status::text as status, a.cancelled_by as "cancelledBy", a.cancelled_late as "cancelledLate",
      a.no_show_side::text as "noShowSide", t.settings,
      coalesce(m.end_reason = 'doctor_disconnected' and (
        select e.detail->>'cause' = 'server' from meeting_event e
        where e.tenant_id = m.tenant_id and e.meeting_id = m.id and e.type = 'drop' and e.detail->>'role' = 'doctor'
        order by e.id desc limit 1), false) as "brokeOff"
    from appointment a join tenant t on t.id = a.tenant_id
    left join meeting m on m.tenant_id = a.tenant_id and m.appointment_id = a.id
    where a.tenant_id = ${tenantId}::uuid and a.id = ${appointmentId}::uuid and a.status in ('fulfilled', 'cancelled', 'noshow')`;
  return found;
}
