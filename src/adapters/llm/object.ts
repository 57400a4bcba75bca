/** An answer that fits a schema, or none. */
import { generateText, jsonSchema, Output } from 'ai';
import { z } from 'zod';
import { OutsideFailure } from '../../platform/outside/calls.ts';
import { tryParse } from '../../platform/try-parse.ts';
import { type Asking, usageOf, usualOutputTokens, usualTemperature } from './answer.ts';
import { toFailure } from './failure.ts';
import type { ObjectAnswer, ObjectQuestion } from './model.ts';
import { watch } from './watch.ts';

export function askObject<S extends z.ZodType>(
  asking: Asking,
  question: ObjectQuestion<S>,
): Promise<ObjectAnswer<z.output<S>>> {
  return asking.calls.call(() => attempt(asking, question), question.signal);
}

async function attempt<S extends z.ZodType>({ sdk, patience }: Asking, question: ObjectQuestion<S>) {
  const { schema, name, instructions, prompt, seed, signal } = question;
  // Nothing comes before all of it is there.
  using limits = watch({ ...patience, quietMs: patience.totalMs }, signal);
  const began = performance.now();
  try {
    const asked = jsonSchema(z.toJSONSchema(schema, { io: 'input' }) as object);
    const answer = generateText({
      model: sdk.model,
      ...sdk.reasoning,
      instructions,
      prompt,
      output: Output.object({ schema: asked, name }),
      temperature: question.temperature ?? usualTemperature,
      maxOutputTokens: question.maxOutputTokens ?? usualOutputTokens,
      ...(seed !== undefined && { seed }),
      maxRetries: 0,
      abortSignal: limits.signal,
    });
    const { output, usage } = await limits.orTooLong(answer);
    const parsed = tryParse(schema, output);
    if (!parsed.success) throw new OutsideFailure("The language model's answer does not fit.", { again: true });
    return { object: parsed.data, usage: usageOf(usage), milliseconds: Math.round(performance.now() - began) };
  } catch (error) {
    signal?.throwIfAborted();
    throw toFailure(limits.signal.aborted ? limits.signal.reason : error);
  }
}
