/** The assistant over REST. */
import { type Route, route } from '../../platform/http/route.ts';
import { ask } from './ask.ts';
import { confirm, decline } from './confirm.ts';
import { deleteConversation, listConversations, showConversation } from './conversations.ts';
import type { ChatDeps } from './deps.ts';
import { listExchanges } from './exchanges.ts';
import {
  ActionView,
  Ask,
  AssistantState,
  ChatEvents,
  ChatParams,
  ChatQuery,
  ChatReply,
  ConversationPage,
  ConversationView,
  ExchangePage,
  ExchangeQuery,
  longestMessage,
} from './schema.ts';

const tag = 'assistant';
const access = { scopes: ['chat:use'] } as const;

export function chatRoutes(deps: ChatDeps): Route[] {
  return [...talkRoutes(deps), ...conversationRoutes(deps), ...actionRoutes(deps)];
}

function talkRoutes(deps: ChatDeps): Route[] {
  return [
    route({
      method: 'post',
      path: '/chat',
      summary: 'Says something to the assistant; with Accept: text/event-stream the answer streams',
      tag,
      access,
      audit: { action: 'chat.ask' },
      body: Ask,
      reply: ChatReply,
      events: ChatEvents,
      errors: ['NOT_FOUND', 'ASSISTANT_NOT_CONFIGURED'],
      handler: (context, { body }) => ask(deps, context, body),
    }),
    route({
      method: 'get',
      path: '/chat/state',
      summary: 'Whether the clinic has an assistant, and whom to call in an emergency',
      tag,
      access,
      audit: { none: "The clinic's name and number, which are on its door." },
      reply: AssistantState,
      handler: async ({ db }) => {
        const { clinicName, emergencyNumber, byModel } = await deps.words.read(db);
        return { isConfigured: byModel && deps.model !== undefined, clinicName, emergencyNumber, longestMessage };
      },
    }),
    route({
      method: 'get',
      path: '/chat/exchanges',
      summary: 'What was asked of the assistant and what it answered, shortened and redacted; the newest first',
      tag,
      access: { scopes: ['chat:read-exchanges'] },
      audit: { action: 'chat.list_exchanges', purpose: 'HOPERAT' },
      query: ExchangeQuery,
      reply: ExchangePage,
      handler: ({ db }, { query }) => listExchanges(db, query),
    }),
  ];
}

function conversationRoutes(deps: ChatDeps): Route[] {
  return [
    route({
      method: 'get',
      path: '/chat/conversations',
      summary: 'The own conversations with the assistant, the one written in last first',
      tag,
      access,
      audit: { action: 'chat.list' },
      query: ChatQuery,
      reply: ConversationPage,
      handler: (context, { query }) => listConversations(deps, context, query),
    }),
    route({
      method: 'get',
      path: '/chat/conversations/:id',
      summary: 'One own conversation',
      tag,
      access,
      audit: { action: 'chat.read' },
      params: ChatParams,
      reply: ConversationView,
      errors: ['NOT_FOUND'],
      handler: (context, { params }) => showConversation(deps, context, params.id),
    }),
    route({
      method: 'delete',
      path: '/chat/conversations/:id',
      summary: 'Deletes an own conversation with all that was said in it',
      tag,
      access,
      audit: { action: 'chat.delete' },
      params: ChatParams,
      reply: undefined,
      errors: ['NOT_FOUND'],
      handler: (context, { params }) => deleteConversation(context, params.id),
    }),
  ];
}

function actionRoutes(deps: ChatDeps): Route[] {
  const one = { method: 'post', tag, access, params: ChatParams, reply: ActionView } as const;
  return [
    route({
      ...one,
      path: '/chat/actions/:id/confirm',
      summary: 'Lets the assistant do what it proposed: once, and only in time',
      audit: { action: 'chat.confirm' },
      errors: ['NOT_FOUND', 'CONFLICT', 'SLOT_TAKEN'],
      handler: (context, { params }) => confirm(deps, context, params.id),
    }),
    route({
      ...one,
      path: '/chat/actions/:id/decline',
      summary: 'Says no to what the assistant proposed',
      audit: { action: 'chat.decline' },
      errors: ['NOT_FOUND', 'CONFLICT'],
      handler: (context, { params }) => decline(deps, context, params.id),
    }),
  ];
}
