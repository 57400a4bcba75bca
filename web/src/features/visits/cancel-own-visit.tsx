import { useTranslation } from 'react-i18next';
import { CancelVisit } from '../actions/cancel-visit.tsx';

/** For a patient who cannot come. */
export function CancelOwnVisit({ meetingId }: { meetingId: string }) {
  const { t } = useTranslation();
  return (
    <CancelVisit
      meetingId={meetingId}
      words={{
        button: t('visit.cancel'),
        title: t('visit.cancelTitle'),
        text: t('visit.cancelText'),
        reason: t('visit.cancelReason'),
        missing: t('visit.cancelReasonMissing'),
        yes: t('visit.cancelYes'),
        no: t('visit.cancelNo'),
      }}
    />
  );
}
