import { useTranslation } from 'react-i18next';
import { CancelVisit } from './cancel-visit.tsx';

/** For doctor, staff and admin. */
export function CancelAsStaff({ meetingId }: { meetingId: string }) {
  const { t } = useTranslation('staff');
  return (
    <CancelVisit
      meetingId={meetingId}
      words={{
        button: t('ready.cancel'),
        title: t('cancel.title'),
        text: t('cancel.text'),
        reason: t('cancel.reason'),
        missing: t('cancel.missing'),
        yes: t('cancel.yes'),
        no: t('cancel.no'),
      }}
    />
  );
}
