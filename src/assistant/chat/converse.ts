/** The model's answer, bit by bit: with what was said before, with tools, and never past the guardrails. */
import type { LanguageModel, Said, ToolUse, Usage } from '../../adapters/llm/index.ts';
import { AppError } from '../../platform/errors.ts';
import type { ServerEvent } from '../../platform/http/event-stream.ts';
import type { RequestContext } from '../../platform/http/route.ts';
import { type Desk, openDesk } from '../tools/index.ts';
import { type Begun, disclaimerOf } from './ask.ts';
import type { ClinicWords } from './clinic-words.ts';
import type { ChatDeps } from './deps.ts';
import { HeldText } from './held.ts';
import { type History, historyOf } from './history.ts';
import { type Exchange, keep, keepFailure } from './keep.ts';
import { plain } from './plain.ts';
import { instructionsFor } from './prompt.ts';

/** How often the model may ask for tools before it has to say something. */
const mostRounds = 4;
const mostUsesARound = 4;

/** What the answer has come to so far. */
interface Talk {
  said: Said[];
  held: HeldText;
  desk: Desk;
  used: string[];
  usage: Usage;
}

/** The last event is `done`, with the answer as it was kept. */
export async function* converse(
  deps: ChatDeps,
  context: RequestContext,
  begun: Begun,
  model: LanguageModel,
): AsyncGenerator<ServerEvent, void, void> {
  const { db } = context;
  const words = await deps.words.read(db);
  const history = await historyOf(deps, db, begun);
  const { patientId } = begun.actor;
  // The entry is written before the first event leaves, so whom it is about has to be known by then.
  db.about({
    patientIds: patientId === null ? [] : [patientId],
    entity: { type: 'ChatConversation', id: begun.conversationId },
  });
  const desk = openDesk({ context, inside: deps.inside, audience: begun.audience, clock: deps.clock, words });
  const held = new HeldText(begun.audience);
  const said: Said[] = [...history.said, { by: 'person', text: begun.message }];
  const talk: Talk = { said, held, desk, used: [], usage: { inputTokens: 0, outputTokens: 0 } };
  let isOver = false;
  try {
    yield* speak(deps, talk, { context, begun, model, words, history });
    const exchange = exchangeOf(begun, talk, model);
    isOver = true;
    yield { event: 'done', data: await keep(db, deps.sealer, exchange) };
  } finally {
    if (!isOver) noteFailure(deps, context, exchangeOf(begun, talk, model));
  }
}

interface Speaking {
  context: RequestContext;
  begun: Begun;
  model: LanguageModel;
  words: ClinicWords;
  history: History;
}

async function* speak(deps: ChatDeps, talk: Talk, speaking: Speaking): AsyncGenerator<ServerEvent, void, void> {
  const { context, begun, model, words, history } = speaking;
  const { held, desk } = talk;
  const instructions = instructionsFor(begun.audience, words, { now: deps.clock.now(), done: history.done });
  const signal = context.gone();
  for (let round = 1; ; round += 1) {
    const tools = round < mostRounds ? { tools: desk.offers } : {};
    const uses: { use: ToolUse; fits: boolean }[] = [];
    for await (const piece of model.answer({ instructions, said: talk.said, ...tools, signal, purpose: 'chat' })) {
      if (piece.type === 'text') yield* shown(held.add(piece.text));
      else if (piece.type === 'end') addUsage(talk.usage, piece.usage);
      else uses.push({ use: piece.use, fits: piece.type === 'use' });
      if (held.verdict) return yield { event: 'replace', data: {} };
    }
    if (uses.length === 0 || round === mostRounds) break;
    for (const { use, fits } of uses.slice(0, mostUsesARound)) {
      if (fits) {
        // What a model calls a tool that there is not is no word of ours: it is neither shown nor kept.
        talk.used.push(use.tool);
        yield { event: 'tool', data: { tool: use.tool } };
      }
      const answer = fits ? await desk.use(use) : { error: 'There is no such tool, or it does not take that.' };
      talk.said.push(use, { by: 'tool', useId: use.useId, tool: use.tool, answer });
    }
    if (held.text !== '' && !held.text.endsWith('\n')) yield* shown(held.add('\n\n'));
  }
  yield* shown(held.finish());
  if (held.verdict) yield { event: 'replace', data: {} };
  else if (plain(held.text) === '' && desk.proposals.length === 0)
    throw new AppError('UNAVAILABLE', 'The assistant had no answer. Please ask again in other words.');
}

function* shown(text: string): Generator<ServerEvent, void, void> {
  if (text !== '') yield { event: 'text', data: { text } };
}

function addUsage(sum: Usage, { inputTokens, outputTokens }: Usage): void {
  sum.inputTokens += inputTokens;
  sum.outputTokens += outputTokens;
}

function exchangeOf({ since, ...begun }: Begun, talk: Talk, model: LanguageModel): Exchange {
  const { held, desk, used, usage } = talk;
  const { verdict } = held;
  const answer = { kind: 'answer' as const, reply: plain(held.text), emergencyNumber: null, offer: null };
  return {
    ...begun,
    reply: verdict ? disclaimerOf(verdict, begun.audience) : answer,
    sign: null,
    ask: verdict?.ask ?? null,
    replaced: verdict !== undefined,
    tools: [...new Set(used)],
    // What goes with a replaced answer goes too.
    proposals: verdict ? [] : desk.proposals,
    model: model.name,
    ...usage,
    milliseconds: Math.round(performance.now() - since),
  };
}

/** Beside the request, whose own entry tells of its failure. */
function noteFailure({ database }: ChatDeps, { actor, logger }: RequestContext, exchange: Exchange): void {
  keepFailure(database.tenant(actor.tenantId), exchange).catch((error: unknown) =>
    logger.error({ err: error }, 'a failed exchange was not kept'),
  );
}
