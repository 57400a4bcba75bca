import '../../ui/i18n/assistant.ts';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useCallback, useEffect, useMemo, useReducer, useRef } from 'react';
import { useTranslation } from 'react-i18next';
import { createAssistantApi } from '../../api/assistant.ts';
import { useServices } from '../../services.tsx';
import { useAnnounce } from '../../ui/announcer.tsx';
import { usePages } from '../../ui/use-pages.ts';
import { nextTalk, type Talk } from './talk.ts';

function useAssistantApi() {
  const { session } = useServices();
  return useMemo(() => createAssistantApi(session), [session]);
}

const listKey = ['assistant', 'conversations'];

export function useAssistantState() {
  const api = useAssistantApi();
  return useQuery({ queryKey: ['assistant', 'state'], queryFn: ({ signal }) => api.state(signal), staleTime: 60_000 });
}

export function useConversations() {
  const api = useAssistantApi();
  return usePages(listKey, (cursor, signal) => api.conversations(cursor, signal));
}

/** Asked for anew each time it is opened, and never under the eyes of who reads it. */
export function useConversation(id: string) {
  const api = useAssistantApi();
  return useQuery({
    queryKey: ['assistant', 'conversation', id],
    queryFn: ({ signal }) => api.conversation(id, signal),
    gcTime: 0,
    staleTime: Number.POSITIVE_INFINITY,
    refetchOnWindowFocus: false,
    refetchOnReconnect: false,
  });
}

export function useRemoveConversation(onGone: () => void) {
  const api = useAssistantApi();
  const client = useQueryClient();
  return useMutation({
    mutationFn: (id: string) => api.remove(id),
    onSuccess: async () => {
      await client.invalidateQueries({ queryKey: listKey });
      onGone();
    },
  });
}

export interface Talking {
  talk: Talk;
  /** Asks; harmless while an answer is under way. */
  ask(message: string): void;
  stop(): void;
  /** Says yes or no to what was proposed; throws when that fails. */
  answer(actionId: string, what: 'confirm' | 'decline'): Promise<void>;
}

/** Talks with the assistant, going on with `first`. What is under way ends with the component. */
export function useTalk(first: Talk): Talking {
  const { t } = useTranslation('assistant');
  const api = useAssistantApi();
  const client = useQueryClient();
  const announce = useAnnounce();
  const [talk, tell] = useReducer(nextTalk, first);
  const under = useRef<AbortController | null>(null);
  useEffect(() => () => under.current?.abort(), []);
  const { conversationId } = talk;
  const ask = useCallback(
    (message: string) => {
      if (under.current) return;
      const own = new AbortController();
      under.current = own;
      tell({ type: 'asked', message });
      const ears = {
        onText: (text: string) => tell({ type: 'text', text }),
        onReplace: () => tell({ type: 'replaced' }),
        onTool: (tool: string) => tell({ type: 'tool', tool }),
      };
      api
        .ask({ message, conversationId }, ears, own.signal)
        .then((reply) => {
          tell({ type: 'answered', reply });
          // As a whole: word by word nobody can listen to it.
          announce(t('said', { text: reply.reply }), reply.kind === 'emergency' ? 'assertive' : 'polite');
          return client.invalidateQueries({ queryKey: listKey });
        })
        .catch((error: unknown) => tell({ type: 'failed', error, wasStopped: own.signal.aborted }))
        .finally(() => {
          under.current = null;
        });
    },
    [api, announce, client, conversationId, t],
  );
  const stop = useCallback(() => under.current?.abort(), []);
  const answer = useCallback(
    async (actionId: string, what: 'confirm' | 'decline') => {
      const action = await api.answer(actionId, what);
      tell({ type: 'settled', action });
      announce(t(`booking.status.${action.status}`));
      await client.invalidateQueries({ queryKey: ['appointments'] });
    },
    [api, announce, client, t],
  );
  return { talk, ask, stop, answer };
}
