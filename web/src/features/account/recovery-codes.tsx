import { Button } from '@mantine/core';
import { IconDownload, IconPrinter } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { CopyButton } from '../../ui/copy-button.tsx';
import { Notice } from '../../ui/notice.tsx';
import { saveFile } from '../../ui/save-file.ts';
import { useUser } from '../auth/use-session.ts';
import styles from './account.module.css';

/** The recovery codes, this once: to be kept on paper or as a file before going on. */
export function RecoveryCodes({ codes, onKept }: { codes: readonly string[]; onKept: () => void }) {
  const { t } = useTranslation('account');
  const { tenant, email } = useUser();
  const text = [t('factor.codes.fileTitle', { clinic: tenant.name, email }), '', ...codes, ''].join('\n');
  return (
    <div className="stack">
      <Notice tone="warning" live="status" title={t('factor.codes.title')}>
        <p>{t('factor.codes.text')}</p>
      </Notice>
      <ul className={styles['codes']} aria-label={t('factor.codes.label')}>
        {codes.map((code) => (
          <li key={code}>{code}</li>
        ))}
      </ul>
      <div className={`row ${styles['screenOnly']}`}>
        <Button
          variant="default"
          leftSection={<IconDownload size={18} aria-hidden />}
          onClick={() => saveFile(new Blob([text], { type: 'text/plain' }), t('factor.codes.fileName'))}
        >
          {t('factor.codes.download')}
        </Button>
        <Button
          variant="default"
          leftSection={<IconPrinter size={18} aria-hidden />}
          onClick={() => {
            window.print();
          }}
        >
          {t('factor.codes.print')}
        </Button>
        <CopyButton text={text} />
      </div>
      <div className={styles['screenOnly']}>
        <Button size="md" onClick={onKept}>
          {t('factor.codes.kept')}
        </Button>
      </div>
    </div>
  );
}
