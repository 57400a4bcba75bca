import { useTranslation } from 'react-i18next';
import type { CallState } from '../../call/call.ts';

/** What the connections do to the visit now, and what Housecall does about it. */
export function QualityBanner({ state, name }: { state: CallState; name: string }) {
  const { t } = useTranslation('room');
  const { soundFirst, ownScore, self } = state;
  if (soundFirst.length > 0) {
    const isOwn = self !== null && soundFirst.includes(self.id);
    return <p aria-live="polite">{t(isOwn ? 'line.soundFirstOwn' : 'line.soundFirstTheirs', { name })}</p>;
  }
  if (ownScore !== null && ownScore <= 2) return <p aria-live="polite">{t('line.weak')}</p>;
  return null;
}
