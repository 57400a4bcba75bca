/**
 * What the provider tells by webhook: checked by its signature, kept once, answered, and worked on afterwards by the outbox.
 * Events come in any order, more than once, and of kinds that nobody here knows: all are acknowledged.
 */
import { z } from 'zod';
import { OrderEntity, PaymentEntity, RefundEntity, tenantIn, toPayment, toRefund } from '../adapters/pay/index.ts';
import { type TenantDb, withoutTenant_forNamedJob } from '../platform/db/scope.ts';
import { AppError } from '../platform/errors.ts';
import { appendFact } from '../platform/jobs/outbox.ts';
import { type PaymentDeps, providerOf } from './deps.ts';
import { paymentNoticed } from './events.ts';
import { hold, observe, observeRefunds } from './observe.ts';
import type { WebhookAnswer, WebhookBody } from './schema.ts';
import { clinicOf } from './strays.ts';

/** Of an event nothing else is kept: the rest names people. */
const Facts = z.object({
  payment: PaymentEntity.optional().catch(undefined),
  refund: RefundEntity.optional().catch(undefined),
});
type Facts = z.output<typeof Facts>;

export interface Notice {
  raw: Buffer;
  signature: string;
  eventId: string | undefined;
  body: WebhookBody;
}

/** Throws UNAUTHENTICATED for what the provider did not sign. `open` gives the door to the clinic that it turns out to be about. */
export async function receive(
  deps: PaymentDeps,
  open: (tenantId: string) => TenantDb,
  { raw, signature, eventId, body }: Notice,
): Promise<WebhookAnswer> {
  if (!providerOf(deps).isSignedNotice(raw, signature)) {
    throw new AppError('UNAUTHENTICATED', 'The signature is not the payment provider’s.');
  }
  const entityIn = (name: string) => z.object({ entity: z.unknown() }).safeParse(body.payload?.[name]).data?.entity;
  const facts = Facts.parse({ payment: entityIn('payment'), refund: entityIn('refund') });
  const order = OrderEntity.safeParse(entityIn('order')).data;
  const orderId = facts.payment?.order_id ?? order?.id;
  const ours = orderId === undefined ? undefined : await paymentOf(deps, orderId);
  const whose = ours ?? (await stray(deps, tenantIn(order?.notes) ?? tenantIn(facts.payment?.notes)));
  if (!whose || eventId === undefined) {
    deps.logger.info({ event: body.event }, 'a webhook that is about no clinic here was acknowledged');
    return { status: 'ignored' };
  }
  const status = await keep(deps, open(whose.tenantId), { ...whose, eventId, type: body.event, facts });
  deps.onCommitted();
  return { status };
}

interface Whose {
  tenantId: string;
  /** Null when it is about no payment of ours. */
  id: string | null;
}

async function stray({ database }: PaymentDeps, noted: string | null): Promise<Whose | undefined> {
  const tenantId = await clinicOf(database, noted);
  return tenantId === null ? undefined : { tenantId, id: null };
}

async function paymentOf({ database }: PaymentDeps, orderId: string): Promise<Whose | undefined> {
  const [found] = await withoutTenant_forNamedJob(
    database.prisma,
    'claim-payments',
    (tx) => tx.$queryRaw<Whose[]>`select tenant_id as "tenantId", id from payment_of_order(${orderId})`,
  );
  return found;
}

interface Kept extends Whose {
  eventId: string;
  type: string;
  facts: Facts;
}

function keep({ clock }: PaymentDeps, db: TenantDb, { id, eventId, type, facts }: Kept): Promise<'kept' | 'known'> {
  const { tenantId } = db;
  return db.run(async (tx) => {
    if (id !== null) db.about({ entity: { type: 'Payment', id } });
    const told = withoutNotes(facts);
    const kept = await tx.$executeRaw`
      insert into payment_notice (tenant_id, event_id, payment_id, type, facts, received_at)
      values (${tenantId}::uuid, ${eventId}, ${id}::uuid, ${type}, ${JSON.stringify(told)}::jsonb, ${clock.now()}::timestamptz)
      on conflict do nothing`;
    if (kept === 0) return 'known';
    if (id !== null) await appendFact(tx, { tenantId, topic: paymentNoticed, key: id, payload: { eventId } });
    return 'kept';
  });
}

/** Notes may hold what somebody typed at the checkout. */
function withoutNotes({ payment, refund }: Facts): Facts {
  if (!payment) return { payment, refund };
  const { notes: _typed, ...rest } = payment;
  return { payment: rest, refund };
}

/** Works on a kept notice; harmless twice. */
export async function applyNotice(deps: PaymentDeps, db: TenantDb, eventId: string): Promise<void> {
  await db.run(async (tx) => {
    const { tenantId } = db;
    const notice = await tx.paymentNotice.findUnique({ where: { tenantId_eventId: { tenantId, eventId } } });
    if (!notice?.paymentId) return;
    const { payment, refund } = Facts.parse(notice.facts);
    let held = await hold(tx, tenantId, notice.paymentId);
    if (payment) held = await observe(deps, held, toPayment(payment));
    if (refund && held.row.paidAt !== null) held = await observeRefunds(deps, held, [toRefund(refund)]);
    // What is only set aside has to be taken, and what came before its time is asked for: both are the keeper's.
    if (held.row.status !== 'authorised' && !(refund && held.row.paidAt === null)) return;
    await tx.$executeRaw`
      update payment set next_look_at = ${deps.clock.now()}::timestamptz
      where tenant_id = ${tenantId}::uuid and id = ${held.row.id}::uuid`;
  });
  deps.onCommitted();
}
