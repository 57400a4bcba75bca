/** Where a person is signed in. */
import { z } from 'zod';
import type { Actor } from '../../platform/actor.ts';
import type { TenantDb } from '../../platform/db/scope.ts';
import { listName, readCursor, writeCursor } from '../../platform/http/cursor.ts';
import { refreshSeconds } from '../auth/refresh-tokens.ts';
import type { SessionPage, SessionQuery } from './schema.ts';

/** The sign-ins of the actor that are good still, the latest first; of nobody else. */
export async function listSessions(
  db: TenantDb,
  { userId, sessionId }: Pick<Actor, 'userId' | 'sessionId'>,
  { limit, cursor }: SessionQuery,
  now: Date,
): Promise<SessionPage> {
  const { tenantId } = db;
  const list = listName('sessions', tenantId, userId);
  const after = readCursor(list, cursor, z.null());
  const usedAfter = new Date(now.getTime() - refreshSeconds * 1_000);
  db.about({ entity: { type: 'User', id: userId } });
  const found = await db.run((tx) =>
    tx.session.findMany({
      // Ids of version 7 sort by when they were made.
      where: {
        tenantId,
        userId,
        revokedAt: null,
        lastUsedAt: { gt: usedAfter },
        ...(after && { id: { lt: after.id } }),
      },
      orderBy: { id: 'desc' },
      take: limit + 1,
    }),
  );
  const page = found.slice(0, limit);
  const last = page.at(-1);
  return {
    items: page.map(({ id, createdAt, lastUsedAt, address, userAgent }) => ({
      id,
      createdAt: createdAt.toISOString(),
      lastUsedAt: lastUsedAt.toISOString(),
      address,
      userAgent,
      isCurrent: id === sessionId,
    })),
    nextCursor: found.length > limit && last ? writeCursor(list, { key: null, id: last.id }) : null,
  };
}
