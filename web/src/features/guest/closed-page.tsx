import '../../ui/i18n/guests.ts';
import { useTranslation } from 'react-i18next';
import { Entrance } from '../../ui/entrance.tsx';
import { Notice } from '../../ui/notice.tsx';
import type { Standing } from './guest-pass.ts';

/** There is nothing to come in to, in a sentence that says why. */
export function ClosedPage({ why }: { why: Standing | 'elsewhere' }) {
  const { t } = useTranslation('guests');
  const isPlain = why === 'over' || why === 'elsewhere';
  return (
    <Entrance title={t(`page.closedTitle.${isPlain ? why : 'other'}`)}>
      <Notice tone="plain" live="status">
        <p>{t(`page.closed.${why}`)}</p>
      </Notice>
    </Entrance>
  );
}
