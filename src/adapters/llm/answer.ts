/** A streamed answer: tried again until it begins, never once a part of it was handed on. */
import { jsonSchema, streamText, type TextStreamPart, type ToolSet, tool } from 'ai';
import { z } from 'zod';
import { type OutsideCalls, OutsideFailure } from '../../platform/outside/calls.ts';
import { tryParse } from '../../platform/try-parse.ts';
import { toFailure } from './failure.ts';
import { toMessages } from './messages.ts';
import type { Piece, Question, ToolOffer, Usage } from './model.ts';
import type { SdkModel } from './provider.ts';
import { type Patience, type Watch, watch } from './watch.ts';

export interface Asking {
  sdk: SdkModel;
  calls: OutsideCalls;
  patience: Patience;
}

export const usualTemperature = 0.3;
export const usualOutputTokens = 500;

/** Longer than any answer of so many tokens; what ignores the limit is cut here. */
const charactersPerToken = 16;

export async function* streamAnswer(asking: Asking, question: Question): AsyncGenerator<Piece, void, void> {
  const begun = await asking.calls.call(() => begin(asking, question), question.signal);
  const most = (question.maxOutputTokens ?? usualOutputTokens) * charactersPerToken;
  let length = 0;
  try {
    for (let piece = begun.first; ; piece = await nextPiece(begun, question)) {
      if (piece.type === 'text') length += piece.text.length;
      yield piece;
      if (piece.type === 'end') return;
      if (length > most) return yield { type: 'end', usage: { inputTokens: 0, outputTokens: 0 }, cut: true };
    }
  } catch (error) {
    question.signal?.throwIfAborted();
    throw asking.calls.cut(toFailure(error));
  } finally {
    begun.stop();
    begun.watch[Symbol.dispose]();
  }
}

interface Begun {
  first: Piece;
  parts: AsyncIterator<TextStreamPart<ToolSet>>;
  watch: Watch;
  stop(): void;
}

async function begin(asking: Asking, question: Question): Promise<Begun> {
  const limits = watch(asking.patience, question.signal);
  const stopping = new AbortController();
  try {
    const parts = ask(asking, question, AbortSignal.any([limits.signal, stopping.signal]))[Symbol.asyncIterator]();
    const rest = { parts, watch: limits, stop: () => stopping.abort() };
    return { ...rest, first: await nextPiece(rest, question) };
  } catch (error) {
    stopping.abort();
    limits[Symbol.dispose]();
    question.signal?.throwIfAborted();
    throw toFailure(limits.signal.aborted ? limits.signal.reason : error);
  }
}

function ask({ sdk }: Asking, question: Question, signal: AbortSignal): AsyncIterable<TextStreamPart<ToolSet>> {
  const { instructions, said, tools = {}, seed } = question;
  const offers: ToolSet = Object.fromEntries(Object.entries(tools).map(([name, offer]) => [name, toTool(offer)]));
  return streamText({
    model: sdk.model,
    ...sdk.reasoning,
    instructions,
    messages: toMessages(said),
    ...(Object.keys(offers).length > 0 && { tools: offers }),
    temperature: question.temperature ?? usualTemperature,
    maxOutputTokens: question.maxOutputTokens ?? usualOutputTokens,
    ...(seed !== undefined && { seed }),
    maxRetries: 0,
    abortSignal: signal,
    // Else it writes what the provider said to the console.
    onError: () => undefined,
  }).stream;
}

/** Without anything to run: a use is handed to whoever asked. What comes in is looked at by us, not by the SDK. */
function toTool({ description, input }: ToolOffer): ToolSet[string] {
  return tool({ description, inputSchema: jsonSchema(z.toJSONSchema(input, { io: 'input' }) as object) });
}

async function nextPiece({ parts, watch: limits }: Omit<Begun, 'first'>, question: Question): Promise<Piece> {
  for (;;) {
    const { done, value: part } = await limits.orTooLong(parts.next());
    if (done) throw new OutsideFailure('The language model stopped in the middle.', { again: true });
    limits.seen();
    if (part.type === 'error') throw part.error;
    const piece = toPiece(part, question.tools ?? {});
    if (piece) return piece;
  }
}

/** How an answer ends that the provider is done with. */
const ends = new Set(['stop', 'length', 'tool-calls', 'content-filter']);

function toPiece(part: TextStreamPart<ToolSet>, tools: Readonly<Record<string, ToolOffer>>): Piece | undefined {
  if (part.type === 'text-delta') return part.text === '' ? undefined : { type: 'text', text: part.text };
  if (part.type === 'tool-call') return toUse(part, tools);
  if (part.type !== 'finish') return undefined;
  const { finishReason, totalUsage } = part;
  // A connection that was cut off ends as well, only otherwise.
  if (!ends.has(finishReason)) throw new OutsideFailure('The language model stopped in the middle.', { again: true });
  return {
    type: 'end',
    usage: usageOf(totalUsage),
    cut: finishReason === 'length' || finishReason === 'content-filter',
  };
}

function toUse(
  part: Extract<TextStreamPart<ToolSet>, { type: 'tool-call' }>,
  tools: Readonly<Record<string, ToolOffer>>,
): Piece {
  const { toolCallId: useId, toolName, input, providerMetadata: mark } = part;
  const use = { by: 'model' as const, useId, tool: toolName, input, ...(mark !== undefined && { mark }) };
  const offer = Object.hasOwn(tools, toolName) ? tools[toolName] : undefined;
  const parsed = offer && tryParse(offer.input, input);
  return parsed?.success ? { type: 'use', use: { ...use, input: parsed.data } } : { type: 'misuse', use };
}

export function usageOf(usage: { inputTokens?: number | undefined; outputTokens?: number | undefined }): Usage {
  return { inputTokens: usage.inputTokens ?? 0, outputTokens: usage.outputTokens ?? 0 };
}
