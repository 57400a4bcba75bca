import { useTranslation } from 'react-i18next';
import { ApiError } from '../../api/problem.ts';
import { Failure } from '../../ui/failure.tsx';
import { enDocuments } from '../../ui/i18n/en-documents.ts';
import { Notice } from '../../ui/notice.tsx';

type Told = keyof typeof enDocuments.error;

function isTold(code: string): code is Told {
  return Object.hasOwn(enDocuments.error, code);
}

/** What went wrong with a document, in words of its own where there are any. */
export function DocumentFailure({ error, onRetry }: { error: unknown; onRetry?: () => void }) {
  const { t } = useTranslation('documents');
  if (!(error instanceof ApiError) || !isTold(error.code))
    return <Failure error={error} {...(onRetry && { onRetry })} />;
  return (
    <Notice tone="bad" live="alert">
      <p>{t(`error.${error.code}`)}</p>
    </Notice>
  );
}
