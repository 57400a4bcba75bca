import { Button } from '@mantine/core';
import { IconDownload } from '@tabler/icons-react';
import { useMutation } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import type { MeetingFilter } from '../../api/meetings.ts';
import { useServices } from '../../services.tsx';
import { useAnnounce } from '../../ui/announcer.tsx';
import { Failure } from '../../ui/failure.tsx';
import { saveFile } from '../../ui/save-file.ts';

/** All visits that fit the filters, also those not shown yet, as CSV. */
export function ExportButton({ filter }: { filter: MeetingFilter }) {
  const { t } = useTranslation('staff');
  const { meetings } = useServices();
  const announce = useAnnounce();
  const exporting = useMutation({
    mutationFn: () => meetings.exportCsv(filter),
    onSuccess(file) {
      saveFile(file, t('history.fileName'));
      announce(t('history.exported'));
    },
  });
  return (
    <div className="stack">
      <Button
        variant="default"
        leftSection={<IconDownload size={20} aria-hidden />}
        loading={exporting.isPending}
        onClick={() => exporting.mutate()}
      >
        {t(exporting.isPending ? 'history.exporting' : 'history.export')}
      </Button>
      {exporting.error !== null && <Failure error={exporting.error} onRetry={() => exporting.mutate()} />}
    </div>
  );
}
