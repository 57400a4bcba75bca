import { Button } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { Page } from '../../ui/page.tsx';
import { Patience } from '../../ui/patience.tsx';

interface EnteringProps {
  seat: 'patient' | 'doctor';
  /** The other one. */
  name: string;
  onAgain: () => void;
  onLeave: () => void;
}

/** The first connection is on its way. */
export function Entering({ seat, name, onAgain, onLeave }: EnteringProps) {
  const { t } = useTranslation('room');
  const out = (
    <Button variant="default" onClick={onLeave}>
      {t('entering.leave')}
    </Button>
  );
  return (
    <Page title={t('entering.title')}>
      <Patience text={t(`entering.${seat}`, { name })} onRetry={onAgain} out={out} />
    </Page>
  );
}
