/** A payment as the database gives it, with the names that every use of it needs, and as callers see it. */
import { Prisma } from '../platform/db/client.ts';
import type { Tx } from '../platform/db/scope.ts';
import { AppError } from '../platform/errors.ts';
import type { PaymentStatus, PaymentView, RefundView } from './schema.ts';
import type { StoredPayment } from './step.ts';

export interface PaymentRow {
  id: string;
  status: PaymentStatus;
  appointmentId: string;
  meetingId: string | null;
  doctorId: string;
  patientId: string;
  patientName: string;
  serviceName: string;
  practitionerName: string;
  startsAt: Date;
  amountMinor: number;
  refundedMinor: number;
  currency: string;
  provider: string;
  providerOrderId: string | null;
  providerPaymentId: string | null;
  method: string | null;
  failureCode: string | null;
  receiptNumber: number | null;
  paidAt: Date | null;
  nextLookAt: Date | null;
  looks: number;
  createdAt: Date;
  refunds: RefundView[];
}

const columns = Prisma.sql`
  p.id, p.status::text as "status", p.appointment_id as "appointmentId", m.id as "meetingId",
  a.practitioner_id as "doctorId", p.patient_id as "patientId", pt.name as "patientName", s.name as "serviceName",
  d.name as "practitionerName", a.starts_at as "startsAt", p.amount_minor as "amountMinor",
  p.refunded_minor as "refundedMinor", p.currency, p.provider, p.provider_order_id as "providerOrderId",
  p.provider_payment_id as "providerPaymentId", p.method, p.failure_code as "failureCode",
  p.receipt_number as "receiptNumber", p.paid_at as "paidAt", p.next_look_at as "nextLookAt", p.looks,
  p.created_at as "createdAt",
  coalesce((
    select jsonb_agg(jsonb_build_object('id', r.id, 'amountMinor', r.amount_minor, 'reason', r.reason, 'status', r.status,
      'createdAt', r.created_at, 'processedAt', r.processed_at) order by r.id)
    from payment_refund r where r.tenant_id = p.tenant_id and r.payment_id = p.id), '[]'::jsonb) as refunds`;

const tables = Prisma.sql`
  payment p
  join patient pt on pt.tenant_id = p.tenant_id and pt.id = p.patient_id
  join appointment a on a.tenant_id = p.tenant_id and a.id = p.appointment_id
  join service s on s.tenant_id = a.tenant_id and s.id = a.service_id
  join practitioner d on d.tenant_id = a.tenant_id and d.id = a.practitioner_id
  left join meeting m on m.tenant_id = a.tenant_id and m.appointment_id = a.id`;

/** Payments that meet `condition`, which names them `p`. */
export const selectPayments = (condition: Prisma.Sql, rest: Prisma.Sql = Prisma.empty): Prisma.Sql =>
  Prisma.sql`select ${columns} from ${tables} where ${condition} ${rest}`;

/** Throws NOT_FOUND when this tenant has none that meets it. */
export async function readOne(tx: Tx, condition: Prisma.Sql): Promise<PaymentRow> {
  const [row] = await tx.$queryRaw<PaymentRow[]>(selectPayments(condition));
  if (!row) throw new AppError('NOT_FOUND');
  return row;
}

/** The same, held until the transaction ends: locked first, so that what is read is what was there then. */
export async function lockOne(tx: Tx, tenantId: string, id: string): Promise<PaymentRow> {
  await tx.$queryRaw`select id from payment where tenant_id = ${tenantId}::uuid and id = ${id}::uuid for no key update`;
  return readOne(tx, Prisma.sql`p.tenant_id = ${tenantId}::uuid and p.id = ${id}::uuid`);
}

export function storedOf(row: PaymentRow): StoredPayment {
  const { status, amountMinor, refundedMinor, providerPaymentId, method, failureCode } = row;
  const paidAt = row.paidAt?.toISOString() ?? null;
  return { status, context: { amountMinor, refundedMinor, providerPaymentId, method, failureCode, paidAt } };
}

/** The payment as REST shows it. */
export function toPaymentView(row: PaymentRow): PaymentView {
  const { providerOrderId, providerPaymentId, doctorId: _d, nextLookAt: _n, looks: _l, ...told } = row;
  return {
    ...told,
    razorpayOrderId: providerOrderId,
    razorpayPaymentId: providerPaymentId,
    startsAt: row.startsAt.toISOString(),
    paidAt: row.paidAt?.toISOString() ?? null,
    createdAt: row.createdAt.toISOString(),
    refunds: row.refunds.map(toRefundView),
  };
}

const instant = (text: string) => new Date(text).toISOString();

/** PostgreSQL writes instants in JSON in a way of its own. */
function toRefundView(refund: RefundView): RefundView {
  return {
    ...refund,
    createdAt: instant(refund.createdAt),
    processedAt: refund.processedAt === null ? null : instant(refund.processedAt),
  };
}
