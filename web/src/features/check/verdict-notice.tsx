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

/** Why a browser cannot: what helps is another address, or another browser. */
function useCannot(): { title: string; help: string } {
  const { t } = useTranslation('check');
  const why = window.isSecureContext ? 'old' : 'insecure';
  return { title: t(`${why}.title`), help: t(`${why}.help`) };
}

/** What is missing, in words, and what helps. Nothing when all is well. */
export function VerdictNotice({ verdict, fault, onRetry }: VerdictNoticeProps) {
  const { t } = useTranslation();
  const cannot = useCannot();
  if (verdict.kind === 'ready') return null;
  if (verdict.kind === 'asking') {
    return (
      <Notice tone="plain" live="status">
        <p>{t('check.asking')}</p>
      </Notice>
    );
  }
  const partly = verdict.kind === 'sound-only' ? 'soundOnly' : 'pictureOnly';
  const missing =
    verdict.kind === 'nothing'
      ? { title: t(`check.fault.${verdict.fault}.title`), help: t(`check.fault.${verdict.fault}.help`) }
      : { title: t(`check.${partly}.title`), help: t(`check.${partly}.help`) };
  const words = verdict.kind === 'nothing' && verdict.fault === 'unsupported' ? cannot : missing;
  return (
    <Notice tone={verdict.kind === 'nothing' ? 'bad' : 'warning'} live="alert" title={words.title}>
      {verdict.kind === 'nothing' && fault === 'denied' ? null : <p>{words.help}</p>}
      {fault === 'denied' && <DeniedHelp />}
      <Button variant="default" onClick={onRetry}>
        {t('check.again')}
      </Button>
    </Notice>
  );
}
