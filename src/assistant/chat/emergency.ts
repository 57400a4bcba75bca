/**
 * An emergency: answered from what this process knows, whatever becomes of the network, the model or the database. That it
 * is kept, and that the doctor is told where the person waits for one, is not waited for longer than nobody would notice.
 */
import { setTimeout as pause } from 'node:timers/promises';
import type { RequestContext } from '../../platform/http/route.ts';
import { type Emergency, emergencyReply } from '../guardrails/index.ts';
import { type Begun, withoutModel } from './ask.ts';
import type { ChatDeps } from './deps.ts';
import { keep } from './keep.ts';
import type { ChatReply } from './schema.ts';

/** Usually it is kept within a few milliseconds. */
const longestMs = 400;

export async function answerEmergency(
  deps: ChatDeps,
  { actor, db, logger, reply: controls }: RequestContext,
  begun: Begun,
  verdict: Emergency,
): Promise<ChatReply> {
  const words = await deps.words.readSoon(db);
  const { emergencyNumber } = words;
  const said = { kind: 'emergency' as const, reply: emergencyReply(verdict, words), emergencyNumber, offer: null };
  const work = keep(db, deps.sealer, words, {
    ...withoutModel(begun),
    reply: said,
    sign: verdict.sign,
    ask: null,
  });
  const told = deps
    .alarm(actor, verdict.sign)
    .catch((error: unknown) => logger.error({ err: error }, 'the doctor was not told of an emergency'));
  const both = Promise.all([work, told]);
  const kept = await Promise.race([both.then(([one]) => one).catch(() => undefined), pause(longestMs)]);
  if (kept) return kept;
  controls.early(both);
  return { ...said, conversationId: begun.conversationId, actions: [] };
}
