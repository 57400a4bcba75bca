import { Button } from '@mantine/core';
import { IconDownload } from '@tabler/icons-react';
import { useMutation } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import type { AuditFilter } from '../../api/admin.ts';
import { useAnnounce } from '../../ui/announcer.tsx';
import { Failure } from '../../ui/failure.tsx';
import { saveFile } from '../../ui/save-file.ts';
import { useAdminApi } from './use-admin.ts';

/** All entries that fit the filters, also those not shown yet, as CSV. */
export function AuditExport({ filter }: { filter: AuditFilter }) {
  const { t } = useTranslation('admin');
  const admin = useAdminApi();
  const announce = useAnnounce();
  const exporting = useMutation({
    mutationFn: () => admin.auditCsv(filter),
    onSuccess(file) {
      saveFile(file, t('audit.fileName'));
      announce(t('audit.exported'));
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
        {t('audit.export')}
      </Button>
      {exporting.error !== null && <Failure error={exporting.error} />}
    </div>
  );
}
