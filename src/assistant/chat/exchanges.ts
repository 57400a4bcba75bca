/** The record of exchanges, for whoever answers for the assistant. */

import { z } from 'zod';
import type { TenantDb } from '../../platform/db/scope.ts';
import { listName, readCursor, writeCursor } from '../../platform/http/cursor.ts';
import { ExchangeLine, type ExchangePage, type ExchangeQuery } from './schema.ts';

/** The newest first. */
export async function listExchanges(db: TenantDb, { limit, cursor, ...filters }: ExchangeQuery): Promise<ExchangePage> {
  const list = listName('exchanges', db.tenantId, filters);
  const after = readCursor(list, cursor, z.iso.datetime());
  const rows = await db.run(async (tx) => {
    const at = after && new Date(String(after.key));
    return tx.chatExchange.findMany({
      where: { AND: [wanted(filters), after && at ? { OR: [{ at: { lt: at } }, { at, id: { lt: after.id } }] } : {}] },
      orderBy: [{ at: 'desc' }, { id: 'desc' }],
      take: limit + 1,
    });
  });
  const items = rows.slice(0, limit).map((row) => ExchangeLine.parse({ ...row, at: row.at.toISOString() }));
  const last = items.at(-1);
  return { items, nextCursor: rows.length > limit && last ? writeCursor(list, { key: last.at, id: last.id }) : null };
}

function wanted({ from, to, audience, kind }: Omit<ExchangeQuery, 'limit' | 'cursor'>) {
  return {
    ...(audience && { audience }),
    ...(kind && { kind }),
    ...((from || to) && { at: { ...(from && { gte: new Date(from) }), ...(to && { lt: new Date(to) }) } }),
  };
}
