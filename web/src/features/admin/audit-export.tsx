import { useTranslation } from 'react-i18next';
import type { AuditFilter } from '../../api/admin.ts';
import { CsvExport } from '../../ui/csv-export.tsx';
import { useAdminApi } from './use-admin.ts';

/** All entries that fit the filters, also those not shown yet, as CSV. */
export function AuditExport({ filter }: { filter: AuditFilter }) {
  const { t } = useTranslation('admin');
  const admin = useAdminApi();
  return (
    <CsvExport
      label={t('audit.export')}
      fileName={t('audit.fileName')}
      done={t('audit.exported')}
      load={() => admin.auditCsv(filter)}
    />
  );
}
