import { useEffect, useRef } from 'react';
import { useTranslation } from 'react-i18next';
import type { CallState } from '../../call/call.ts';
import { useAnnounce } from '../../ui/announcer.tsx';
import { useClinicTime } from '../../ui/clinic-time.tsx';
import { clock } from '../../ui/time.ts';
import { type News, newsOf } from './news.ts';

/** Says what changes in the call. */
export function useNews(state: CallState): void {
  const { t } = useTranslation('room');
  const time = useClinicTime();
  const announce = useAnnounce();
  const last = useRef(state);
  useEffect(() => {
    const news = newsOf(last.current, state);
    last.current = state;
    if (news.length === 0) return;
    function words(one: News): string {
      if (one.kind === 'place')
        return one.position === 1 ? t('waiting.next') : t('waiting.place', { count: one.position });
      if (one.kind === 'away') return t('said.away', { name: one.name, time: clock(time, one.until) });
      return 'name' in one ? t(`said.${one.kind}`, { name: one.name }) : t(`said.${one.kind}`);
    }
    const isUrgent = news.some(({ kind }) => kind === 'reconnecting' || kind === 'away' || kind === 'started');
    announce(news.map(words).join(' '), isUrgent ? 'assertive' : 'polite');
  }, [state, t, time, announce]);
}
