/** The assistant over REST; its answers come by events (docs: POST /chat). */
import type { ActionView, ChatReply, ConversationPage, ConversationView } from '../../../src/assistant/chat/schema.ts';
import { ApiError, noAnswer } from './problem.ts';
import { readEvents } from './server-events.ts';
import type { Session } from './session.ts';

export type { ActionView, ChatReply, ConversationView };
export type ConversationLine = ConversationPage['items'][number];

export interface AssistantState {
  isConfigured: boolean;
  clinicName: string;
  emergencyNumber: string;
  longestMessage: number;
}

/** What is heard before the answer is whole. */
export interface AnswerEars {
  onText(text: string): void;
  /** All that was heard must go. */
  onReplace(): void;
  /** Something is looked up. */
  onTool(tool: string): void;
}

export interface AssistantApi {
  state(signal?: AbortSignal): Promise<AssistantState>;
  conversations(cursor?: string, signal?: AbortSignal): Promise<ConversationPage>;
  conversation(id: string, signal?: AbortSignal): Promise<ConversationView>;
  remove(id: string): Promise<void>;
  answer(action: string, what: 'confirm' | 'decline'): Promise<ActionView>;
  /** Resolves with the whole answer, which is what counts. */
  ask(
    question: { message: string; conversationId?: string | undefined },
    ears: AnswerEars,
    signal: AbortSignal,
  ): Promise<ChatReply>;
}

/** A model thinks, looks something up, and writes; the server gives up before this. */
const patience = 180_000;

export function createAssistantApi(session: Session): AssistantApi {
  async function json<T>(request: Parameters<Session['request']>[0]): Promise<T> {
    return (await (await session.request(request)).json()) as T;
  }
  return {
    state: (signal) => json({ path: '/chat/state', signal }),
    conversations: (cursor, signal) => json({ path: '/chat/conversations', query: { cursor, limit: 20 }, signal }),
    conversation: (id, signal) => json({ path: `/chat/conversations/${id}`, signal }),
    remove: async (id) => void (await session.request({ method: 'DELETE', path: `/chat/conversations/${id}` })),
    answer: (action, what) => json({ method: 'POST', path: `/chat/actions/${action}/${what}` }),
    async ask({ message, conversationId }, ears, signal) {
      const body = { message, ...(conversationId !== undefined && { conversationId }) };
      const headers = { accept: 'text/event-stream' };
      const response = await session.request({ method: 'POST', path: '/chat', body, headers, signal, patience });
      return listen(response, ears, signal);
    },
  };
}

async function listen(response: Response, ears: AnswerEars, signal: AbortSignal): Promise<ChatReply> {
  try {
    for await (const { event, data } of readEvents(response)) {
      if (event === 'text') ears.onText(wordOf(data, 'text'));
      if (event === 'replace') ears.onReplace();
      if (event === 'tool') ears.onTool(wordOf(data, 'tool'));
      if (event === 'error')
        throw new ApiError(wordOf(data, 'code'), { status: 503, requestId: wordOf(data, 'requestId') });
      if (event === 'done') return data as unknown as ChatReply;
    }
  } catch (error) {
    if (error instanceof ApiError || signal.aborted) throw error;
    throw noAnswer(error);
  }
  throw noAnswer(new Error('The answer ended too early.'));
}

function wordOf(data: Record<string, unknown>, name: string): string {
  const value = data[name];
  return typeof value === 'string' ? value : '';
}
