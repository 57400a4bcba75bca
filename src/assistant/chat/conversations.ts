/** The own conversations: listed, read, deleted. */

import { z } from 'zod';
import { Prisma } from '../../platform/db/client.ts';
import { AppError } from '../../platform/errors.ts';
import { listName, readCursor, writeCursor } from '../../platform/http/cursor.ts';
import type { RequestContext } from '../../platform/http/route.ts';
import type { ChatDeps } from './deps.ts';
import { conversationsOf, readConversation, toLine } from './rows.ts';
import type { ChatQuery, ConversationPage, ConversationView } from './schema.ts';

/** The one written in last comes first. */
export async function listConversations(
  { sealer }: ChatDeps,
  { actor, db }: RequestContext,
  { limit, cursor }: ChatQuery,
): Promise<ConversationPage> {
  const { tenantId } = db;
  const list = listName('chats', tenantId, actor.userId);
  const after = readCursor(list, cursor, z.iso.datetime());
  const place = after
    ? Prisma.sql`and (c.last_at, c.id) < (${new Date(String(after.key))}::timestamptz, ${after.id}::uuid)`
    : Prisma.empty;
  const rest = Prisma.sql`${place} order by c.last_at desc, c.id desc limit ${limit + 1}::int`;
  const rows = await db.decide(conversationsOf(tenantId, actor.userId, rest), (found) => {
    db.about(aboutOf(actor));
    return { writes: [], answer: found };
  });
  const items = rows.slice(0, limit).map((row) => toLine(tenantId, sealer, row));
  const last = items.at(-1);
  return {
    items,
    nextCursor: rows.length > limit && last ? writeCursor(list, { key: last.lastAt, id: last.id }) : null,
  };
}

export async function showConversation(
  { sealer, clock }: ChatDeps,
  { actor, db }: RequestContext,
  id: string,
): Promise<ConversationView> {
  db.about({ ...aboutOf(actor), entity: { type: 'ChatConversation', id } });
  return readConversation(db, sealer, { id, userId: actor.userId, now: clock.now() });
}

/** With all that was said in it; the record of exchanges stays. */
export function deleteConversation({ actor, db }: RequestContext, id: string): Promise<void> {
  return db.run(async (tx) => {
    const { count } = await tx.chatConversation.deleteMany({ where: { id, userId: actor.userId } });
    if (count === 0) throw new AppError('NOT_FOUND');
    db.about({ ...aboutOf(actor), entity: { type: 'ChatConversation', id } });
  });
}

const aboutOf = ({ patientId }: RequestContext['actor']) => ({ patientIds: patientId === null ? [] : [patientId] });
