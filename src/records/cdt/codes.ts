/** The codes of a clinic: entered, named, switched off; never deleted, since rules and documents speak of them. */
import { z } from 'zod';
import { Prisma } from '../../platform/db/client.ts';
import type { TenantDb, Tx } from '../../platform/db/scope.ts';
import { AppError } from '../../platform/errors.ts';
import { listName, readCursor, writeCursor } from '../../platform/http/cursor.ts';
import { newId } from '../../platform/ids.ts';
import type { CdtCode, CdtCodeChange, CdtCodePage, CdtCodeQuery, NewCdtCode } from './schema.ts';
import { starterSet } from './starter.ts';

const told = { id: true, code: true, description: true, isActive: true } as const;

export function listCodes(db: TenantDb, { isActive, limit, cursor }: CdtCodeQuery): Promise<CdtCodePage> {
  const list = listName('cdt codes', db.tenantId, isActive ?? null);
  const position = readCursor(list, cursor, z.string());
  return db.run(async (tx) => {
    const where = {
      tenantId: db.tenantId,
      ...(isActive !== undefined && { isActive }),
      ...(position && { code: { gt: String(position.key) } }),
    };
    const rows = await tx.cdtCode.findMany({ where, orderBy: { code: 'asc' }, take: limit + 1, select: told });
    const items = rows.slice(0, limit);
    const last = items.at(-1);
    const nextCursor = rows.length > limit && last ? writeCursor(list, { key: last.code, id: last.id }) : null;
    return { items, nextCursor };
  });
}

/** Throws ALREADY_EXISTS. */
export function addCode(db: TenantDb, { code, description }: NewCdtCode): Promise<CdtCode> {
  return db.run(async (tx) => {
    const { tenantId } = db;
    const id = newId();
    const { count } = await tx.cdtCode.createMany({
      data: [{ id, tenantId, code, description }],
      skipDuplicates: true,
    });
    if (count === 0) throw new AppError('ALREADY_EXISTS', 'The clinic has this code already. Change that one.');
    db.about({ entity: { type: 'CdtCode', id } });
    return { id, code, description, isActive: true };
  });
}

/** Throws NOT_FOUND. */
export function changeCode(db: TenantDb, id: string, change: CdtCodeChange, now: Date): Promise<CdtCode> {
  return db.run(async (tx) => {
    const { description, isActive } = change;
    const data = {
      ...(description !== undefined && { description }),
      ...(isActive !== undefined && { isActive }),
      changedAt: now,
    };
    const { count } = await tx.cdtCode.updateMany({ where: { tenantId: db.tenantId, id }, data });
    if (count === 0) throw new AppError('NOT_FOUND', 'There is no such code.');
    db.about({ entity: { type: 'CdtCode', id } });
    return tx.cdtCode.findFirstOrThrow({ where: { tenantId: db.tenantId, id }, select: told });
  });
}

/** Adds those of the starter set that the clinic does not have; changes none that it has. */
export function addStarterSet(db: TenantDb): Promise<{ added: number }> {
  const { tenantId } = db;
  return db.run(async (tx) => {
    const data = starterSet.map((one) => ({ ...one, id: newId(), tenantId }));
    const { count: added } = await tx.cdtCode.createMany({ data, skipDuplicates: true });
    return { added };
  });
}

/**
 * The ids of these codes, in their order, locked so that none is switched off meanwhile. Throws INVALID_INPUT naming each that
 * is not there or not active.
 */
export async function activeIds(tx: Tx, tenantId: string, codes: readonly string[]): Promise<string[]> {
  const rows = await tx.$queryRaw<{ id: string; code: string; isActive: boolean }[]>`
    select id, code, is_active as "isActive" from cdt_code
    where tenant_id = ${tenantId}::uuid and code in (${Prisma.join([...codes])}) order by code for share`;
  const known = new Map(rows.map((row) => [row.code, row]));
  const faults = codes.flatMap((code, index) => {
    const row = known.get(code);
    if (row?.isActive) return [];
    return [{ path: `codes.${index}`, message: row ? 'Is a code that is switched off' : 'Is no code of this clinic' }];
  });
  if (faults.length > 0) throw new AppError('INVALID_INPUT', 'Name active codes of the clinic.', { faults });
  return codes.flatMap((code) => known.get(code)?.id ?? []);
}
