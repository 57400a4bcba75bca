import { Button } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import type { ApiKey } from '../../api/admin.ts';
import { CopyButton } from '../../ui/copy-button.tsx';
import { Notice } from '../../ui/notice.tsx';
import styles from './admin.module.css';

/** The key itself, this once. */
export function MadeKey({ made, onKept }: { made: ApiKey & { key: string }; onKept: () => void }) {
  const { t } = useTranslation('admin');
  return (
    <Notice tone="warning" live="status" title={t('keys.made', { name: made.name })}>
      <p>{t('keys.madeText')}</p>
      <p className={styles['secret']}>{made.key}</p>
      <div className="row">
        <CopyButton text={made.key} label={t('keys.copy')} />
        <Button onClick={onKept}>{t('keys.kept')}</Button>
      </div>
    </Notice>
  );
}
