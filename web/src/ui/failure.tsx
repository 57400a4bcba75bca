import { Button } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { ApiError } from '../api/problem.ts';
import { useErrorText } from './error-text.ts';
import { Notice } from './notice.tsx';

/** A request that failed, in words, with a way to try again where that makes sense. */
export function Failure({ error, onRetry }: { error: unknown; onRetry?: () => void }) {
  const { t } = useTranslation();
  const errorText = useErrorText();
  const reference = error instanceof ApiError && error.status >= 500 ? error.requestId : undefined;
  return (
    <Notice tone="bad" live="alert">
      <p>{errorText(error)}</p>
      {reference !== undefined && <p className="dimmed">{t('error.reference', { id: reference })}</p>}
      {onRetry !== undefined && (
        <Button variant="default" onClick={onRetry}>
          {t('wait.again')}
        </Button>
      )}
    </Notice>
  );
}
