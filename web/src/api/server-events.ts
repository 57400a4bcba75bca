/** Server-sent events out of a response (HTML Living Standard, section 9.2), as our server writes them: data is one JSON object. */

export interface ServerEvent {
  event: string;
  data: Record<string, unknown>;
}

/** Ends when the response does; throws when it breaks off. */
export async function* readEvents(response: Response): AsyncGenerator<ServerEvent, void, void> {
  const reader = response.body?.pipeThrough(new TextDecoderStream()).getReader();
  if (!reader) return;
  let rest = '';
  try {
    for (;;) {
      const { done, value } = await reader.read();
      if (done) return;
      const blocks = (rest + value).split('\n\n');
      rest = blocks.pop() ?? '';
      for (const block of blocks) {
        const event = parseEvent(block);
        if (event) yield event;
      }
    }
  } finally {
    await reader.cancel().catch(() => undefined);
  }
}

/** Undefined for what is only there to keep the line open. */
export function parseEvent(block: string): ServerEvent | undefined {
  let event = 'message';
  const data: string[] = [];
  for (const line of block.split('\n')) {
    if (line.startsWith('event:')) event = line.slice(6).trim();
    else if (line.startsWith('data:')) data.push(line.slice(5).replace(/^ /, ''));
  }
  if (data.length === 0) return undefined;
  const parsed: unknown = JSON.parse(data.join('\n'));
  return typeof parsed === 'object' && parsed !== null ? { event, data: parsed as Record<string, unknown> } : undefined;
}
