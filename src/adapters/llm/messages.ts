/** What was said, as the SDK wants it. */
import type { ModelMessage, ToolResultPart } from 'ai';
import type { Said } from './model.ts';

export function toMessages(said: readonly Said[]): ModelMessage[] {
  return said.map((one): ModelMessage => {
    if (one.by === 'person') return { role: 'user', content: one.text };
    if (one.by === 'tool') return { role: 'tool', content: [resultOf(one)] };
    if ('text' in one) return { role: 'assistant', content: one.text };
    const { useId, tool, input, mark } = one;
    // What the SDK gave out as metadata it takes back as options.
    const providerOptions =
      mark === undefined ? {} : { providerOptions: mark as NonNullable<Marked['providerOptions']> };
    return {
      role: 'assistant',
      content: [{ type: 'tool-call', toolCallId: useId, toolName: tool, input, ...providerOptions }],
    };
  });
}

type Marked = ToolResultPart;

function resultOf({ useId, tool, answer }: Extract<Said, { by: 'tool' }>): ToolResultPart {
  // As text: so it needs no check that it is JSON, and stays plainly data.
  const value = JSON.stringify(answer) ?? 'null';
  return { type: 'tool-result', toolCallId: useId, toolName: tool, output: { type: 'text', value } };
}
