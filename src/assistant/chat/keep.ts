/** Keeps what was said, with its line in the record of exchanges: all of it in one transaction. */
import type { Actor } from '../../platform/actor.ts';
import type { TenantDb, Tx } from '../../platform/db/scope.ts';
import { AppError } from '../../platform/errors.ts';
import { newId } from '../../platform/ids.ts';
import type { Sealer } from '../../platform/sealer.ts';
import type { Audience } from '../guardrails/index.ts';
import type { Proposal } from '../tools/index.ts';
import { viewOf } from './action-rows.ts';
import { preview, shortened } from './preview.ts';
import { isOwn, placeOf } from './rows.ts';
import type { ActionView, ChatReply } from './schema.ts';

export interface Exchange {
  actor: Actor;
  audience: Audience;
  requestId: string;
  /** In which it stands. */
  conversationId: string;
  /** It is the first of that conversation, whose id is ours. */
  begins: boolean;
  message: string;
  reply: Omit<ChatReply, 'conversationId' | 'actions'>;
  sign: string | null;
  ask: string | null;
  replaced: boolean;
  tools: readonly string[];
  proposals: readonly Proposal[];
  model: string | null;
  inputTokens: number;
  outputTokens: number;
  milliseconds: number;
  at: Date;
}

/** How long a proposal can be confirmed: what was free may not be for much longer. */
const proposalMs = 15 * 60_000;
const longestTitle = 80;

/** What the caller is answered, with the ids that it was kept under. */
export function keep(db: TenantDb, sealer: Sealer, exchange: Exchange): Promise<ChatReply> {
  const { tenantId } = db;
  const { actor, message, reply, at } = exchange;
  return db.run(async (tx) => {
    const conversationId = await openConversation(tx, sealer, { ...exchange, tenantId });
    const say = (by: 'person' | 'assistant', text: string, kind: string | null) => {
      const id = newId();
      const sealedText = sealer.seal(text, placeOf(tenantId, id));
      return tx.chatMessage.create({ data: { id, tenantId, conversationId, by, kind, sealedText, at } });
    };
    await say('person', message, null);
    await say('assistant', reply.reply, reply.kind);
    const actions: ActionView[] = [];
    for (const proposal of exchange.proposals) {
      actions.push(await propose(tx, sealer, { tenantId, conversationId, at }, proposal));
    }
    const names = await namesOf(tx, actor.userId);
    await tx.chatExchange.create({ data: lineOf({ ...exchange, tenantId, conversationId }, reply.kind, names) });
    const patientIds = actor.patientId === null ? [] : [actor.patientId];
    db.about({ patientIds, entity: { type: 'ChatConversation', id: conversationId } });
    return { ...reply, conversationId, actions };
  });
}

/** That it came to nothing, as far as the record of exchanges is concerned; the conversation stays as it was. */
export function keepFailure(db: TenantDb, exchange: Exchange): Promise<void> {
  return db.run(async (tx) => {
    const names = await namesOf(tx, exchange.actor.userId);
    await tx.chatExchange.create({ data: lineOf({ ...exchange, tenantId: db.tenantId }, 'failed', names) });
  });
}

async function openConversation(
  tx: Tx,
  sealer: Sealer,
  { conversationId, begins, actor, message, reply, at, tenantId }: Exchange & { tenantId: string },
): Promise<string> {
  if (!begins && (await isOwn(tx, conversationId, actor.userId))) {
    await tx.chatConversation.update({ where: { id: conversationId }, data: { lastAt: at } });
    return conversationId;
  }
  // Whoever is in need is answered, whatever their program made of the id.
  if (!begins && reply.kind !== 'emergency') throw new AppError('NOT_FOUND');
  const id = begins ? conversationId : newId();
  const title = shortened(message.replaceAll(/\s+/gu, ' '), longestTitle);
  const sealedTitle = sealer.seal(title, placeOf(tenantId, id));
  const row = { id, tenantId, userId: actor.userId, sealedTitle, createdAt: at, lastAt: at };
  await tx.chatConversation.create({ data: row });
  return id;
}

async function propose(
  tx: Tx,
  sealer: Sealer,
  { tenantId, conversationId, at }: { tenantId: string; conversationId: string; at: Date },
  proposal: Proposal,
): Promise<ActionView> {
  const id = newId();
  const sealedInput = sealer.seal(JSON.stringify(proposal), placeOf(tenantId, id));
  const expiresAt = new Date(at.getTime() + proposalMs);
  const data = { id, tenantId, conversationId, kind: 'book', sealedInput, createdAt: at, expiresAt };
  const row = await tx.chatAction.create({ data });
  return viewOf(tenantId, sealer, row, at);
}

async function namesOf(tx: Tx, userId: string): Promise<string[]> {
  const user = await tx.user.findUnique({ where: { id: userId }, select: { displayName: true } });
  return user ? [user.displayName] : [];
}

function lineOf(exchange: Exchange & { tenantId: string }, kind: string, names: readonly string[]) {
  const { tenantId, actor, conversationId, audience, sign, ask, replaced, tools, model, requestId, at } = exchange;
  const { inputTokens, outputTokens, milliseconds } = exchange;
  const askedPreview = preview(exchange.message, names);
  const replyPreview = preview(exchange.reply.reply, names);
  const who = { tenantId, userId: actor.userId, conversationId, audience };
  const what = { kind, sign, ask, replaced, askedPreview, replyPreview, tools: [...tools] };
  return { id: newId(), ...who, ...what, model, inputTokens, outputTokens, milliseconds, requestId, at };
}
