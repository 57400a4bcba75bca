/** The SDK's model for what is configured: Gemini, or whatever speaks OpenAI's chat completions. */
import { createGoogle } from '@ai-sdk/google';
import { createOpenAICompatible } from '@ai-sdk/openai-compatible';
import type { LanguageModel } from 'ai';
import { tracedFetch } from '../../platform/telemetry/outgoing.ts';

export type ModelPlace =
  | { kind: 'google'; apiKey: string; model?: string | undefined; baseUrl?: string | undefined }
  | { kind: 'compatible'; baseUrl: string; model: string; apiKey?: string | undefined };

export interface SdkModel {
  name: string;
  model: LanguageModel;
  /** How much it thinks before it answers: hardly, for what it thinks is taken from the room for the answer. */
  reasoning: { reasoning?: 'none' | 'minimal' };
}

/** Fixed, so that nobody's answers change overnight; LLM_MODEL names another. */
const usualGemini = 'gemini-3.5-flash';

export function openSdkModel(place: ModelPlace): SdkModel {
  if (place.kind === 'compatible') {
    const { baseUrl, apiKey, model } = place;
    const provider = createOpenAICompatible({
      name: 'compatible',
      baseURL: baseUrl,
      fetch: boundedFetch,
      includeUsage: true,
      supportsStructuredOutputs: true,
      ...(apiKey !== undefined && { apiKey }),
    });
    return { name: `compatible ${model}`, model: provider(model), reasoning: {} };
  }
  const { apiKey, baseUrl, model = usualGemini } = place;
  const provider = createGoogle({ apiKey, fetch: boundedFetch, ...(baseUrl !== undefined && { baseURL: baseUrl }) });
  const reasoning = model.startsWith('gemini-2') ? 'none' : 'minimal';
  return { name: `google ${model}`, model: provider(model), reasoning: { reasoning } };
}

/** Far more than any answer that was asked for. */
const mostBytes = 2_000_000;

/** Follows no redirect, for the key goes along with each request, and reads no more than is sensible. */
const boundedFetch: typeof fetch = tracedFetch('language model', async (input, init) => {
  const answer = await fetch(input, { ...init, redirect: 'error' });
  if (!answer.body) return answer;
  let bytes = 0;
  const bound = new TransformStream<Uint8Array, Uint8Array>({
    transform(chunk, controller) {
      bytes += chunk.byteLength;
      if (bytes > mostBytes) controller.error(new Error('The answer is too long.'));
      else controller.enqueue(chunk);
    },
  });
  const { status, statusText, headers } = answer;
  return new Response(answer.body.pipeThrough(bound), { status, statusText, headers });
});
