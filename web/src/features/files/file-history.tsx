import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useClinicTime } from '../../ui/clinic-time.tsx';
import { Failure } from '../../ui/failure.tsx';
import { Patience } from '../../ui/patience.tsx';
import { stamp } from '../../ui/time.ts';
import styles from './preview.module.css';
import { useHistory } from './use-files.ts';

/** Who brought it and who has opened it, from the clinic's trail; asked for when somebody wants to know. */
export function FileHistory({ id }: { id: string }) {
  const { t } = useTranslation('files');
  const time = useClinicTime();
  const [isOpen, setOpen] = useState(false);
  const { data, error, isFetching, refetch } = useHistory(id, isOpen);
  const retry = () => void refetch();
  return (
    <details className={styles['history']} onToggle={({ currentTarget }) => setOpen(currentTarget.open)}>
      <summary>{t('history.title')}</summary>
      {error !== null && <Failure error={error} onRetry={retry} />}
      {data === undefined && error === null && isFetching && <Patience text={t('history.loading')} onRetry={retry} />}
      {data?.items.length === 0 && <p>{t('history.none')}</p>}
      {data !== undefined && (
        <ul className="plain-list">
          {data.items.map(({ at, what, by }, index) => (
            <li key={`${at} ${index}`}>
              <time dateTime={at} className="dimmed">
                {stamp(time, at)}
              </time>{' '}
              {t('history.line', { who: by ?? t('history.somebody'), what: t(`history.${what}`) })}
            </li>
          ))}
        </ul>
      )}
    </details>
  );
}
