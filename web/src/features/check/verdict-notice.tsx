import { Button } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { Notice } from '../../ui/notice.tsx';
import type { Verdict } from './verdict.ts';

/** What is missing, in words, and what helps. Nothing when all is well. */
export function VerdictNotice({ verdict, onRetry }: { verdict: Verdict; onRetry: () => void }) {
  const { t } = useTranslation();
  if (verdict.kind === 'ready') return null;
  if (verdict.kind === 'asking') {
    return (
      <Notice tone="plain" live="status">
        <p>{t('check.asking')}</p>
      </Notice>
    );
  }
  const partly = verdict.kind === 'sound-only' ? 'soundOnly' : 'pictureOnly';
  const words =
    verdict.kind === 'nothing'
      ? { title: t(`check.fault.${verdict.fault}.title`), help: t(`check.fault.${verdict.fault}.help`) }
      : { title: t(`check.${partly}.title`), help: t(`check.${partly}.help`) };
  return (
    <Notice tone={verdict.kind === 'nothing' ? 'bad' : 'warning'} live="alert" title={words.title}>
      <p>{words.help}</p>
      <Button variant="default" onClick={onRetry}>
        {t('check.again')}
      </Button>
    </Notice>
  );
}
