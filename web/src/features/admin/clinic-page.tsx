import '../../ui/i18n/admin.ts';
import { useQuery, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { ClinicView } from '../../api/admin.ts';
import { useServices } from '../../services.tsx';
import { Failure } from '../../ui/failure.tsx';
import { Notice } from '../../ui/notice.tsx';
import { Patience } from '../../ui/patience.tsx';
import { AdminPage } from './admin-page.tsx';
import { ClinicForm } from './clinic-settings-form.tsx';
import { useAdminApi } from './use-admin.ts';

/** All settings of the clinic. */
export function ClinicPage() {
  const { t } = useTranslation('admin');
  const admin = useAdminApi();
  const clinic = useQuery({ queryKey: ['admin', 'clinic'], queryFn: ({ signal }) => admin.clinic(signal) });
  const { session } = useServices();
  const queries = useQueryClient();
  const [isSaved, setSaved] = useState(false);
  function onSaved(saved: ClinicView) {
    queries.setQueryData(['admin', 'clinic'], saved);
    setSaved(true);
    window.scrollTo(0, 0);
    // Name and zone of the clinic stand on every page. Should it fail, the next refresh brings them.
    session.renew().catch(() => undefined);
  }
  const retry = () => void clinic.refetch();
  return (
    <AdminPage title={t('clinic.title')} lead={t('clinic.lead')} width="narrow">
      {clinic.error !== null && <Failure error={clinic.error} onRetry={retry} />}
      {clinic.isPending && clinic.error === null && <Patience text={t('clinic.loading')} onRetry={retry} />}
      {isSaved && (
        <Notice tone="good" live="status">
          <p>{t('clinic.saved')}</p>
        </Notice>
      )}
      {clinic.isSuccess && <ClinicForm key={JSON.stringify(clinic.data)} clinic={clinic.data} onSaved={onSaved} />}
    </AdminPage>
  );
}
