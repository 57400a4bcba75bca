import { Button } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import type { DeviceFault } from '../../call/devices.ts';
import { Notice } from '../../ui/notice.tsx';
import { DeniedHelp } from './denied-help.tsx';
import type { Verdict } from './verdict.ts';

interface VerdictNoticeProps {
  verdict: Verdict;
  /** Why something is missing. */
  fault: DeviceFault | null;
  onRetry: () => void;
}

/** What is missing, and what helps where the notice itself says it. */
function useWords(verdict: Verdict): { title: string; help: string | null } {
  const { t } = useTranslation();
  const { t: check } = useTranslation('check');
  if (verdict.kind !== 'nothing') {
    const partly = verdict.kind === 'sound-only' ? 'soundOnly' : 'pictureOnly';
    return { title: t(`check.${partly}.title`), help: t(`check.${partly}.help`) };
  }
  const { fault } = verdict;
  if (fault === 'unsupported') {
    // What helps is another address, or another browser.
    const why = window.isSecureContext ? 'old' : 'insecure';
    return { title: check(`${why}.title`), help: check(`${why}.help`) };
  }
  if (fault === 'denied') return { title: t('check.fault.denied.title'), help: null };
  return { title: t(`check.fault.${fault}.title`), help: t(`check.fault.${fault}.help`) };
}

/** What is missing, in words, and what helps. Nothing when all is well. */
export function VerdictNotice({ verdict, fault, onRetry }: VerdictNoticeProps) {
  const { t } = useTranslation();
  const words = useWords(verdict);
  if (verdict.kind === 'ready') return null;
  if (verdict.kind === 'asking') {
    return (
      <Notice tone="plain" live="status">
        <p>{t('check.asking')}</p>
      </Notice>
    );
  }
  return (
    <Notice tone={verdict.kind === 'nothing' ? 'bad' : 'warning'} live="alert" title={words.title}>
      {words.help !== null && <p>{words.help}</p>}
      {fault === 'denied' && <DeniedHelp />}
      <Button variant="default" onClick={onRetry}>
        {t('check.again')}
      </Button>
    </Notice>
  );
}
