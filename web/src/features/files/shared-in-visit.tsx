import '../../ui/i18n/files.ts';
import { useTranslation } from 'react-i18next';
import styles from './share.module.css';
import { SharedLine } from './shared-line.tsx';
import { useShared } from './use-shared.ts';

/** After a visit: what was shared in it. Nothing at all when nothing was. */
export function SharedInVisit({ meetingId }: { meetingId: string }) {
  const { t } = useTranslation('files');
  const files = useShared({ meetingId, heard: 0, isConnected: false });
  if (files.length === 0) return null;
  return (
    <section aria-labelledby="shared-in-visit">
      <h2 id="shared-in-visit">{t('shared.inVisit')}</h2>
      <ul className={styles['lines']}>
        {files.map(({ upload }) => (
          <li key={upload.id}>
            <SharedLine upload={upload} />
          </li>
        ))}
      </ul>
    </section>
  );
}
