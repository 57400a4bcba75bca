import { useTranslation } from 'react-i18next';
import { ApiError } from '../../api/problem.ts';
import { Failure } from '../../ui/failure.tsx';
import { Notice } from '../../ui/notice.tsx';

/** A mail that was asked for and will not come. A server without mail is no fault that waiting would mend. */
export function MailFailure({ error }: { error: unknown }) {
  const { t } = useTranslation('account');
  if (!(error instanceof ApiError) || error.code !== 'UNAVAILABLE') return <Failure error={error} />;
  return (
    <Notice tone="warning" live="alert">
      <p>{t('checkMail.noMail')}</p>
    </Notice>
  );
}
