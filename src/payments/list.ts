/** Payments as people read them: the own ones, or all of the clinic's. */
import { z } from 'zod';
import type { Actor } from '../platform/actor.ts';
import { Prisma } from '../platform/db/client.ts';
import type { TenantDb } from '../platform/db/scope.ts';
import { AppError } from '../platform/errors.ts';
import { listName, readCursor, writeCursor } from '../platform/http/cursor.ts';
import { mayRead, seesAll } from './policy.ts';
import { type PaymentRow, readOne, selectPayments, toPaymentView } from './rows.ts';
import type { PaymentFilters, PaymentPage, PaymentQuery, PaymentView } from './schema.ts';

/** A page, the newest first. Who does not see all sees the own; nobody's where they are no patient. */
export async function listPayments(db: TenantDb, actor: Actor, query: PaymentQuery): Promise<PaymentPage> {
  const { limit, cursor, ...filters } = query;
  const { tenantId } = db;
  const only = seesAll(actor) ? null : (actor.patientId ?? actor.userId);
  const list = listName('payments', tenantId, only, filters);
  const position = readCursor(list, cursor, z.iso.datetime());
  const after = position
    ? Prisma.sql`and (p.created_at, p.id) < (${String(position.key)}::timestamptz, ${position.id}::uuid)`
    : Prisma.empty;
  const order = Prisma.sql`order by p.created_at desc, p.id desc limit ${limit + 1}::int`;
  const conditions = Prisma.sql`${wanted(tenantId, only, filters)} ${after}`;
  return db.run(async (tx) => {
    const found = await tx.$queryRaw<PaymentRow[]>(selectPayments(conditions, order));
    const rows = found.slice(0, limit);
    db.about({ patientIds: [...new Set(rows.map(({ patientId }) => patientId))] });
    const last = rows.at(-1);
    const more = found.length > limit && last;
    const nextCursor = more ? writeCursor(list, { key: last.createdAt.toISOString(), id: last.id }) : null;
    return { items: rows.map(toPaymentView), nextCursor };
  });
}

/** What meets the filters of what somebody may see; `only` is the patient whose payments these are, null for all. */
export function wanted(
  tenantId: string,
  only: string | null,
  { status, patientId, appointmentId, from, to, minMinor, maxMinor }: PaymentFilters,
): Prisma.Sql {
  const conditions = [
    Prisma.sql`p.tenant_id = ${tenantId}::uuid`,
    ...(only === null ? [] : [Prisma.sql`p.patient_id = ${only}::uuid`]),
    ...(status ? [Prisma.sql`p.status = ${status}::payment_status`] : []),
    ...(patientId ? [Prisma.sql`p.patient_id = ${patientId}::uuid`] : []),
    ...(appointmentId ? [Prisma.sql`p.appointment_id = ${appointmentId}::uuid`] : []),
    ...(from ? [Prisma.sql`p.created_at >= ${from}::timestamptz`] : []),
    ...(to ? [Prisma.sql`p.created_at < ${to}::timestamptz`] : []),
    ...(minMinor === undefined ? [] : [Prisma.sql`p.amount_minor >= ${minMinor}::int`]),
    ...(maxMinor === undefined ? [] : [Prisma.sql`p.amount_minor <= ${maxMinor}::int`]),
  ];
  return Prisma.join(conditions, ' and ');
}

/** Throws NOT_FOUND for what is not there or not theirs. */
export function readPayment(db: TenantDb, actor: Actor, id: string): Promise<PaymentView> {
  return db.run(async (tx) => {
    const row = await readOne(tx, Prisma.sql`p.tenant_id = ${db.tenantId}::uuid and p.id = ${id}::uuid`);
    if (!mayRead(actor, row)) throw new AppError('NOT_FOUND');
    db.about({ patientIds: [row.patientId], entity: { type: 'Payment', id } });
    return toPaymentView(row);
  });
}
