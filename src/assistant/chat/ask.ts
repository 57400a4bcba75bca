/** A message to the assistant: emergencies first, then what no model may answer, then the model. */

import { AppError } from '../../platform/errors.ts';
import { EventReply, type ServerEvent } from '../../platform/http/event-stream.ts';
import type { RequestContext } from '../../platform/http/route.ts';
import { newId } from '../../platform/ids.ts';
import { type Audience, type Disclaimer, disclaimerReply, screen } from '../guardrails/index.ts';
import { audienceOf } from './audience.ts';
import { converse } from './converse.ts';
import type { ChatDeps } from './deps.ts';
import { answerEmergency } from './emergency.ts';
import { type Exchange, keep } from './keep.ts';
import type { Ask, ChatReply } from './schema.ts';
import { secondOpinion } from './second-opinion.ts';

/** What is known of an exchange when it begins. */
export type Begun = Pick<
  Exchange,
  'actor' | 'audience' | 'requestId' | 'conversationId' | 'begins' | 'message' | 'at'
> & {
  /** By performance.now(). */
  since: number;
};

export async function ask(
  deps: ChatDeps,
  context: RequestContext,
  { message, conversationId }: Ask,
): Promise<ChatReply | EventReply> {
  const since = performance.now();
  const { actor, requestId } = context;
  const audience = audienceOf(actor);
  const own = { conversationId: conversationId ?? newId(), begins: conversationId === undefined };
  const begun = { actor, audience, requestId, ...own, message, at: deps.clock.now(), since };
  const verdict = screen(message, audience);
  if (verdict.kind === 'emergency') return inform(context, await answerEmergency(deps, context, begun, verdict));
  await deps.allowance.take(actor, audience);
  if (verdict.kind === 'disclaimer') return inform(context, await disclaim(deps, context, begun, verdict));
  const { logger } = deps;
  const model = await modelOf(deps, context);
  if (!model) {
    throw new AppError(
      'ASSISTANT_NOT_CONFIGURED',
      'This clinic has no assistant. Ask the front desk, or book a visit.',
    );
  }
  // Clinicians have limits of their own, which the rules know.
  if (deps.hasSecondOpinion && audience !== 'doctor') {
    const opinion = await secondOpinion({ model, logger }, message, context.gone());
    if (opinion.kind === 'emergency') return inform(context, await answerEmergency(deps, context, begun, opinion));
    if (opinion.kind === 'disclaimer') return inform(context, await disclaim(deps, context, begun, opinion));
  }
  const events = converse(deps, context, begun, model);
  return context.wantsEvents ? new EventReply(events) : lastOf(events);
}

/** None where the installation has none, or the clinic wants none. */
export async function modelOf(
  { model, words }: Pick<ChatDeps, 'model' | 'words'>,
  { db }: Pick<RequestContext, 'db'>,
): Promise<ChatDeps['model']> {
  return model && (await words.read(db)).byModel ? model : undefined;
}

/** What is whole at once, as its caller wants it. */
function inform({ wantsEvents }: RequestContext, reply: ChatReply): ChatReply | EventReply {
  return wantsEvents ? new EventReply(once({ event: 'done', data: reply })) : reply;
}

async function* once(event: ServerEvent): AsyncGenerator<ServerEvent> {
  yield event;
}

async function lastOf(events: AsyncIterable<ServerEvent>): Promise<ChatReply> {
  let last: ServerEvent | undefined;
  for await (const event of events) last = event;
  return last?.data as ChatReply;
}

async function disclaim(deps: ChatDeps, { db }: RequestContext, begun: Begun, verdict: Disclaimer): Promise<ChatReply> {
  return keep(db, deps.sealer, {
    ...withoutModel(begun),
    reply: disclaimerOf(verdict, begun.audience),
    sign: null,
    ask: verdict.ask,
  });
}

/** The standard disclaimer; who is a patient is offered a visit. */
export function disclaimerOf(verdict: Disclaimer, audience: Audience): Exchange['reply'] {
  const offer = audience === 'patient' ? ('book' as const) : null;
  return { kind: 'disclaimer', reply: disclaimerReply(verdict), emergencyNumber: null, offer };
}

export function withoutModel({ since, ...begun }: Begun) {
  const milliseconds = Math.round(performance.now() - since);
  return {
    ...begun,
    replaced: false,
    tools: [],
    proposals: [],
    model: null,
    inputTokens: 0,
    outputTokens: 0,
    milliseconds,
  };
}
