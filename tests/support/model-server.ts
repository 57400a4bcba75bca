/** A server on this machine that speaks the protocols of language models, with what can go wrong on the way. */
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';

/** OpenAI's chat completions, or Gemini's generateContent and streamGenerateContent. */
export type Protocol = 'openai' | 'gemini';

export interface ToolCall {
  name: string;
  input: unknown;
}

/** How a request is answered. */
export type Turn =
  /** Pieces of text, as they stream. */
  | { say: readonly string[]; finish?: 'stop' | 'length'; use?: readonly ToolCall[] }
  | { status: number; headers?: Record<string, string>; body?: string }
  /** The connection breaks after these. */
  | { cutAfter: readonly string[] }
  /** It ends, as if all was said, but without saying so. */
  | { endAfter: readonly string[] }
  /** Nothing more comes after these, and the connection stays. */
  | { hangAfter: readonly string[] }
  /** Goes on with this for as long as somebody listens. */
  | { forever: string }
  /** Sent as it is. */
  | { raw: string }
  /** Waits for the promise, then says that. */
  | { until: Promise<unknown>; say: readonly string[] };

export interface Asked {
  path: string;
  headers: IncomingMessage['headers'];
  body: Record<string, unknown>;
  /** As it came over the wire. */
  text: string;
}

export interface ModelServer extends AsyncDisposable {
  protocol: Protocol;
  baseUrl: string;
  readonly requests: readonly Asked[];
  /** How many connections a caller has left before their answer was over. */
  readonly left: number;
  /** The next requests are answered like this, one after the other; what is not planned for says "Hello." */
  next(...turns: Turn[]): void;
  /** Forgets what was planned. */
  forget(): void;
  /** For the environment of a server that uses it. */
  env: Record<string, string>;
  [Symbol.asyncDispose](): Promise<void>;
}

const usual: Turn = { say: ['Hello', '.'] };

export async function startModel(protocol: Protocol = 'openai'): Promise<ModelServer> {
  const requests: Asked[] = [];
  const planned: Turn[] = [];
  let left = 0;
  const server = createServer((req, res) => {
    readAll(req).then(
      (text) => {
        const body = JSON.parse(text) as Record<string, unknown>;
        const path = req.url ?? '';
        requests.push({ path, headers: req.headers, body, text });
        const isStream = protocol === 'openai' ? body.stream === true : path.includes('streamGenerateContent');
        res.on('close', () => {
          if (!res.writableEnded) left += 1;
        });
        return serve(writerOf(protocol, isStream, res), planned.shift() ?? usual);
      },
      () => res.destroy(),
    );
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  const baseUrl = protocol === 'openai' ? `${origin}/v1` : `${origin}/v1beta`;
  return {
    protocol,
    baseUrl,
    requests,
    get left() {
      return left;
    },
    next: (...turns) => void planned.push(...turns),
    forget: () => void planned.splice(0),
    env:
      protocol === 'openai'
        ? { LLM_BASE_URL: baseUrl, LLM_MODEL: 'test-model', LLM_API_KEY: 'a key for tests' }
        : { GOOGLE_GENERATIVE_AI_API_KEY: 'a key for tests', GOOGLE_GENERATIVE_AI_BASE_URL: baseUrl },
    [Symbol.asyncDispose]: () => close(server),
  };
}

async function serve(writer: Writer, turn: Turn): Promise<void> {
  const { res } = writer;
  if ('status' in turn) {
    res.writeHead(turn.status, { 'Content-Type': 'application/json', ...turn.headers });
    res.end(turn.body ?? JSON.stringify({ error: { message: 'It did not work.', code: turn.status } }));
    return;
  }
  if ('until' in turn) await turn.until;
  writer.begin();
  if ('raw' in turn) return void res.end(turn.raw);
  if ('forever' in turn) return goOn(writer, turn.forever);
  if ('say' in turn) return say(writer, turn);
  const pieces = 'cutAfter' in turn ? turn.cutAfter : 'endAfter' in turn ? turn.endAfter : turn.hangAfter;
  for (const piece of pieces) writer.text(piece);
  if ('endAfter' in turn) res.end();
  // Only once what was written is on its way.
  if ('cutAfter' in turn) res.write('', () => setImmediate(() => res.destroy()));
}

function say(writer: Writer, turn: { say: readonly string[]; finish?: 'stop' | 'length'; use?: readonly ToolCall[] }) {
  for (const piece of turn.say) writer.text(piece);
  writer.end(turn.finish ?? 'stop', turn.use ?? []);
}

function goOn(writer: Writer, piece: string): void {
  if (writer.res.destroyed) return;
  writer.text(piece);
  setImmediate(() => goOn(writer, piece));
}

/** How many tokens each answer says that it took. */
export const countedUsage = { inputTokens: 40, outputTokens: 12 };

interface Writer {
  res: ServerResponse;
  begin(): void;
  text(piece: string): void;
  end(finish: 'stop' | 'length', use: readonly ToolCall[]): void;
}

function writerOf(protocol: Protocol, isStream: boolean, res: ServerResponse): Writer {
  const wire = protocol === 'openai' ? openai : gemini;
  const event = (data: unknown) => void res.write(`data: ${JSON.stringify(data)}\n\n`);
  if (isStream) {
    return {
      res,
      begin: () => res.writeHead(200, { 'Content-Type': 'text/event-stream' }).flushHeaders(),
      text: (piece) => event(wire.piece(piece)),
      end(finish, use) {
        for (const last of wire.last(finish, use)) event(last);
        res.end(protocol === 'openai' ? 'data: [DONE]\n\n' : '');
      },
    };
  }
  let all = '';
  return {
    res,
    begin: () => res.writeHead(200, { 'Content-Type': 'application/json' }),
    text: (piece) => void (all += piece),
    end: (finish) => void res.end(JSON.stringify(wire.whole(all, finish))),
  };
}

const chunk = { id: 'chatcmpl-1', object: 'chat.completion.chunk', created: 1_795_000_000, model: 'test-model' };
const openaiUsage = {
  prompt_tokens: countedUsage.inputTokens,
  completion_tokens: countedUsage.outputTokens,
  total_tokens: countedUsage.inputTokens + countedUsage.outputTokens,
};

const openai = {
  piece: (content: string) => ({
    ...chunk,
    choices: [{ index: 0, delta: { role: 'assistant', content }, finish_reason: null }],
  }),
  last(finish: string, use: readonly ToolCall[]) {
    const calls = use.map(({ name, input }, index) => ({
      index,
      id: `call_${index}`,
      type: 'function',
      function: { name, arguments: typeof input === 'string' ? input : JSON.stringify(input) },
    }));
    const asked = calls.length > 0 ? [{ ...chunk, choices: [{ index: 0, delta: { tool_calls: calls } }] }] : [];
    const reason = calls.length > 0 ? 'tool_calls' : finish;
    return [
      ...asked,
      { ...chunk, choices: [{ index: 0, delta: {}, finish_reason: reason }] },
      { ...chunk, choices: [], usage: openaiUsage },
    ];
  },
  whole: (content: string, finish: string) => ({
    ...chunk,
    object: 'chat.completion',
    choices: [{ index: 0, message: { role: 'assistant', content }, finish_reason: finish }],
    usage: openaiUsage,
  }),
};

const usageMetadata = {
  promptTokenCount: countedUsage.inputTokens,
  candidatesTokenCount: countedUsage.outputTokens,
  totalTokenCount: countedUsage.inputTokens + countedUsage.outputTokens,
};

const gemini = {
  piece: (text: string) => ({ candidates: [{ content: { role: 'model', parts: [{ text }] }, index: 0 }] }),
  last(finish: string, use: readonly ToolCall[]) {
    const parts = use.map(({ name, input }) => ({
      functionCall: { name, args: input },
      thoughtSignature: 'c2lnbmVk',
    }));
    const finishReason = finish === 'length' ? 'MAX_TOKENS' : 'STOP';
    const content = { role: 'model', parts: parts.length > 0 ? parts : [{ text: '' }] };
    return [{ candidates: [{ content, finishReason, index: 0 }], usageMetadata }];
  },
  whole: (text: string, finish: string) => ({
    candidates: [
      {
        content: { role: 'model', parts: [{ text }] },
        finishReason: finish === 'length' ? 'MAX_TOKENS' : 'STOP',
        index: 0,
      },
    ],
    usageMetadata,
  }),
};

async function readAll(req: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = [];
  for await (const one of req) chunks.push(one as Buffer);
  return Buffer.concat(chunks).toString('utf8');
}

function close(server: Server): Promise<void> {
  server.closeAllConnections();
  return new Promise((resolve) => {
    server.close(() => resolve());
  });
}
