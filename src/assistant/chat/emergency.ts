/**
 * An emergency: answered from what this process knows, whatever becomes of the network, the model or the database. That it
 * is kept, and that the doctor is told where the person waits for one, is not waited for longer than nobody would notice. The
 * same sign again in the same conversation is kept and told once a minute, and answered each time.
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
  const repeat = { ...said, conversationId: begun.conversationId, actions: [] };
  const key = `${actor.userId} ${begun.conversationId} ${verdict.sign}`;
  const told = deps
    .alarm(actor, verdict.sign)
    .catch((error: unknown) => logger.error({ err: error }, 'the doctor was not told of an emergency'));
  if ((await deps.emergencies.add(key)).value > 1) {
    // It is kept, and a flood of the same fills no table. Who began to wait only since is still shown to the doctor.
    db.about({ patientIds: actor.patientId === null ? [] : [actor.patientId] });
    controls.early(told);
    return repeat;
  }
  const work = keep(db, deps.sealer, {
    ...withoutModel(begun),
    reply: said,
    sign: verdict.sign,
    ask: null,
  });
  const both = Promise.all([work, told]);
  both.catch(() => void deps.emergencies.forget(key));
  const kept = await Promise.race([both.then(([one]) => one).catch(() => undefined), pause(longestMs)]);
  if (kept) return kept;
  controls.early(both);
  return repeat;
}
