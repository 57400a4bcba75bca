/** Conversations, messages and actions as the database has them, sealed and opened. */
import { Prisma } from '../../platform/db/client.ts';
import type { Reads } from '../../platform/db/quick.ts';
import type { TenantDb, Tx } from '../../platform/db/scope.ts';
import { AppError } from '../../platform/errors.ts';
import { SealError, type Sealer } from '../../platform/sealer.ts';
import { type ActionRow, toActionView } from './action-rows.ts';
import type { ActionView, ChatKind, ConversationLine, MessageView } from './schema.ts';

/** Each text opens only where it belongs. */
export const placeOf = (tenantId: string, id: string): string => `${tenantId}/${id}`;

interface ConversationRow {
  id: string;
  sealedTitle: Uint8Array;
  createdAt: Date;
  lastAt: Date;
}

interface MessageRow {
  id: string;
  by: 'person' | 'assistant';
  kind: ChatKind | null;
  sealedText: Uint8Array;
  at: Date;
}

export interface StoredConversation extends ConversationLine {
  messages: MessageView[];
  actions: ActionView[];
}

const told = 200;

/** An own conversation with its newest messages, oldest first. NOT_FOUND for anybody else's. */
export async function readConversation(
  db: TenantDb,
  sealer: Sealer,
  { id, userId, now }: { id: string; userId: string; now: Date },
): Promise<StoredConversation> {
  const { tenantId } = db;
  const [found, messages, actions] = await Promise.all([
    db.read(conversationsOf(tenantId, userId, Prisma.sql`and c.id = ${id}::uuid`)),
    db.read(messagesOf(tenantId, id)),
    db.read(actionsOf(tenantId, id)),
  ]);
  const [conversation] = found;
  if (!conversation) throw new AppError('NOT_FOUND');
  return {
    ...toLine(tenantId, sealer, conversation),
    messages: messages.toReversed().map((row) => toMessage(tenantId, sealer, row)),
    actions: actions.flatMap((row) => toActionView(tenantId, sealer, row, now) ?? []),
  };
}

export function conversationsOf(tenantId: string, userId: string, rest: Prisma.Sql): Reads<ConversationRow> {
  return Prisma.sql`
    select c.id, c.sealed_title as "sealedTitle", c.created_at as "createdAt", c.last_at as "lastAt"
    from chat_conversation c where c.tenant_id = ${tenantId}::uuid and c.user_id = ${userId}::uuid ${rest}`;
}

function messagesOf(tenantId: string, conversationId: string): Reads<MessageRow> {
  return Prisma.sql`
    select m.id, m.by, m.kind, m.sealed_text as "sealedText", m.at from chat_message m
    where m.tenant_id = ${tenantId}::uuid and m.conversation_id = ${conversationId}::uuid
    order by m.id desc limit ${told}::int`;
}

function actionsOf(tenantId: string, conversationId: string): Reads<ActionRow> {
  return Prisma.sql`
    select a.id, a.conversation_id as "conversationId", a.kind, a.sealed_input as "sealedInput", a.status,
      a.error_code as "errorCode", a.result_id as "resultId", a.expires_at as "expiresAt"
    from chat_action a where a.tenant_id = ${tenantId}::uuid and a.conversation_id = ${conversationId}::uuid
    order by a.id desc limit ${told}::int`;
}

/** One line under a key that is gone must not keep people from the others. */
function opened(sealer: Sealer, sealed: Uint8Array, place: string): string {
  try {
    return sealer.open(sealed, place);
  } catch (error) {
    if (error instanceof SealError) return '[…]';
    throw error;
  }
}

export function toLine(tenantId: string, sealer: Sealer, row: ConversationRow): ConversationLine {
  const { id, sealedTitle, createdAt, lastAt } = row;
  const title = opened(sealer, sealedTitle, placeOf(tenantId, id));
  return { id, title, createdAt: createdAt.toISOString(), lastAt: lastAt.toISOString() };
}

function toMessage(tenantId: string, sealer: Sealer, { id, by, kind, sealedText, at }: MessageRow): MessageView {
  return { id, by, kind, text: opened(sealer, sealedText, placeOf(tenantId, id)), at: at.toISOString() };
}

/** Whether there is such a conversation of this person. */
export async function isOwn(tx: Tx, id: string, userId: string): Promise<boolean> {
  return (await tx.chatConversation.count({ where: { id, userId } })) === 1;
}
