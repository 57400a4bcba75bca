/** The receipt of a payment: numbered without gaps within the clinic, the same whenever it is asked for. */
import { type ReceiptSheet, renderReceipt } from '../adapters/pdf/index.ts';
import { parseSettings } from '../identity/index.ts';
import type { Actor } from '../platform/actor.ts';
import { Prisma } from '../platform/db/client.ts';
import type { TenantDb } from '../platform/db/scope.ts';
import { AppError } from '../platform/errors.ts';
import type { StreamReply } from '../platform/http/route.ts';
import { mayRead } from './policy.ts';
import { type PaymentRow, readOne } from './rows.ts';

interface Clinic {
  name: string;
  timeZone: string;
}

/** Throws NOT_FOUND for what is not there or not theirs, CONFLICT for what was not paid. */
export function receipt(db: TenantDb, actor: Actor, id: string): Promise<StreamReply> {
  return db.run(async (tx) => {
    const row = await readOne(tx, Prisma.sql`p.tenant_id = ${db.tenantId}::uuid and p.id = ${id}::uuid`);
    if (!mayRead(actor, row)) throw new AppError('NOT_FOUND');
    if (row.paidAt === null) throw new AppError('CONFLICT', 'There is a receipt once it is paid.');
    db.about({ patientIds: [row.patientId], entity: { type: 'Payment', id } });
    const tenant = await tx.tenant.findUniqueOrThrow({
      where: { id: db.tenantId },
      select: { name: true, settings: true },
    });
    const { timeZone } = parseSettings(tenant.settings);
    return {
      contentType: 'application/pdf',
      fileName: `receipt-${row.receiptNumber}.pdf`,
      stream: renderReceipt(sheetOf(row, { name: tenant.name, timeZone })),
    };
  });
}

/** In English, with names as they are written: the numbers count. */
export function sheetOf(row: PaymentRow, { name, timeZone }: Clinic): ReceiptSheet {
  const at = (date: Date | null) =>
    date
      ? `${new Intl.DateTimeFormat('en-GB', { dateStyle: 'medium', timeStyle: 'short', timeZone }).format(date)} (${timeZone})`
      : '';
  const money = (minor: number) => inMajor(minor, row.currency);
  return {
    title: `Receipt ${row.receiptNumber}`,
    issuer: name,
    lines: [
      { label: 'Paid at', value: at(row.paidAt) },
      { label: 'For', value: row.serviceName },
      { label: 'With', value: row.practitionerName },
      { label: 'Visit', value: at(row.startsAt) },
      { label: 'Patient', value: row.patientName },
      { label: "Patient's number", value: row.patientId },
      { label: 'Payment', value: row.providerPaymentId ?? '' },
    ],
    total: { label: 'Total paid', value: money(row.amountMinor) },
    notes: row.refundedMinor > 0 ? [`Given back: ${money(row.refundedMinor)}.`] : [],
  };
}

/** `INR 500.00`: with as many places as the currency has (ISO 4217). */
export function inMajor(minor: number, currency: string): string {
  const places =
    new Intl.NumberFormat('en', { style: 'currency', currency }).resolvedOptions().maximumFractionDigits ?? 2;
  return `${currency} ${(minor / 10 ** places).toFixed(places)}`;
}
