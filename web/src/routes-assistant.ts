/** The pages of the assistant, a line each. All of them come when they are asked for. */
import { lazy } from 'react';
import type { PageRoute } from './routes.tsx';

const AssistantPage = lazy(async () => ({
  default: (await import('./features/assistant/assistant-page.tsx')).AssistantPage,
}));
const ConversationsPage = lazy(async () => ({
  default: (await import('./features/assistant/conversations-page.tsx')).ConversationsPage,
}));

export const assistantRoutes: readonly PageRoute[] = [
  { path: '/assistant', page: AssistantPage },
  { path: '/assistant/conversations', page: ConversationsPage },
  { path: '/assistant/conversations/:conversationId', page: AssistantPage },
];
