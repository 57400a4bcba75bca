import { Button } from '@mantine/core';
import { IconDownload } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import type { Upload } from '../../api/files.ts';
import { Failure } from '../../ui/failure.tsx';
import { saveFile } from '../../ui/save-file.ts';
import { useContent } from './use-files.ts';

/** Puts the file on this device, under its own name. */
export function SaveButton({ file }: { file: Upload }) {
  const { t } = useTranslation('files');
  const content = useContent();
  const save = () => content.mutate(file.id, { onSuccess: (blob) => saveFile(blob, file.fileName) });
  return (
    <>
      <Button
        variant="default"
        leftSection={<IconDownload size={20} aria-hidden />}
        aria-label={t('saveNamed', { name: file.fileName })}
        loading={content.isPending}
        onClick={save}
      >
        {t('save')}
      </Button>
      {content.error !== null && <Failure error={content.error} />}
    </>
  );
}
