import { useEffect, useRef } from 'react';
import { useTranslation } from 'react-i18next';
import type { CallState } from '../../call/call.ts';
import { useAnnounce } from '../../ui/announcer.tsx';
import { type SendingNews, sendingNewsOf } from './sending-news.ts';

/** Says who was muted, who shares a screen, and which device took the place of one that went away. */
export function useSendingNews(state: CallState): void {
  const { t } = useTranslation('tools');
  const announce = useAnnounce();
  const last = useRef(state);
  useEffect(() => {
    const news = sendingNewsOf(last.current, state);
    last.current = state;
    if (news.length === 0) return;
    function words(one: SendingNews): string {
      if ('label' in one) return t(`device.${one.kind}`, { label: one.label });
      return 'name' in one ? t(`said.${one.kind}`, { name: one.name }) : t(`said.${one.kind}`);
    }
    announce(news.map(words).join(' '));
  }, [state, t, announce]);
}
