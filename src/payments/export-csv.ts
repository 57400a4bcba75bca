/** Payments as CSV (RFC 4180), the newest first, read in batches as fast as the reader takes them. */
import { pipeline, Readable } from 'node:stream';
import { stringify } from 'csv-stringify';
import { Prisma } from '../platform/db/client.ts';
import type { TenantDb, Tx } from '../platform/db/scope.ts';
import { wanted } from './list.ts';
import { type PaymentRow, selectPayments, toPaymentView } from './rows.ts';
import type { PaymentFilters } from './schema.ts';

const batch = 500;

const columns = [
  'id',
  'status',
  'createdAt',
  'paidAt',
  'receiptNumber',
  'patientId',
  'patientName',
  'serviceName',
  'practitionerName',
  'startsAt',
  'currency',
  'amountMinor',
  'refundedMinor',
  'method',
  'failureCode',
  'provider',
  'razorpayOrderId',
  'razorpayPaymentId',
] as const;

/** All that the clinic has by these filters. Never more than one batch is held; destroying the stream stops the reading. */
export function exportPayments(db: TenantDb, filters: PaymentFilters): Readable {
  // A cell that a spreadsheet would take for a formula is made a text.
  const csv = stringify({ header: true, columns: [...columns], escape_formulas: true });
  return pipeline(Readable.from(rows(db, filters), { highWaterMark: 16 }), csv, () => {});
}

async function* rows(db: TenantDb, filters: PaymentFilters) {
  // Whose data leaves the house is known as a whole before the first of it does: the audit trail's entry goes with this.
  let page = await db.run(async (tx) => {
    const whose = await tx.$queryRaw<{ id: string }[]>`
      select distinct p.patient_id as id from payment p where ${wanted(db.tenantId, null, filters)}`;
    db.about({ patientIds: whose.map(({ id }) => id) });
    return read(tx, wanted(db.tenantId, null, filters));
  });
  for (;;) {
    for (const row of page) yield toPaymentView(row);
    const last = page.at(-1);
    if (!last || page.length < batch) return;
    const after = Prisma.sql`
      ${wanted(db.tenantId, null, filters)} and (p.created_at, p.id) < (${last.createdAt}::timestamptz, ${last.id}::uuid)`;
    page = await db.run((tx) => read(tx, after));
  }
}

function read(tx: Tx, condition: Prisma.Sql): Promise<PaymentRow[]> {
  const order = Prisma.sql`order by p.created_at desc, p.id desc limit ${batch}::int`;
  return tx.$queryRaw<PaymentRow[]>(selectPayments(condition, order));
}
