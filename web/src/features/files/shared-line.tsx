import '../../ui/i18n/files.ts';
import { Button } from '@mantine/core';
import { lazy, Suspense, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { SharedFile } from '../../api/files.ts';
import { CategoryIcon } from './category-icon.tsx';
import { sizeWords } from './file-words.ts';
import styles from './share.module.css';

const PreviewDialog = lazy(async () => ({ default: (await import('./preview-dialog.tsx')).PreviewDialog }));

/** A file that lies on the table of the visit, as a line of the chat. */
export function SharedLine({ upload }: Pick<SharedFile, 'upload'>) {
  const { t, i18n } = useTranslation('files');
  const [isOpen, setOpen] = useState(false);
  const { fileName: name, category, size, status } = upload;
  const isHeld = status === 'quarantined';
  return (
    <div className={styles['line']}>
      <CategoryIcon category={category} />
      <div className={styles['about']}>
        <strong dir="auto">{name}</strong>
        <span className="dimmed">
          {t(`category.${category}`)} · {sizeWords(i18n.language, size)}
        </span>
        {isHeld && <span>{t('statusText.quarantined')}</span>}
      </div>
      {!isHeld && (
        <div className={styles['deeds']}>
          <Button variant="default" aria-label={t('openNamed', { name })} onClick={() => setOpen(true)}>
            {t('open')}
          </Button>
        </div>
      )}
      {isOpen && (
        <Suspense>
          <PreviewDialog file={upload} onClose={() => setOpen(false)} />
        </Suspense>
      )}
    </div>
  );
}
