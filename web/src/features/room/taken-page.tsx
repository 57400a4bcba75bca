import { Button } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { Page } from '../../ui/page.tsx';

/** The same person went on elsewhere. Nothing happens by itself, or two windows would take the visit from each other. */
export function TakenPage({ onBack, onDone }: { onBack: () => void; onDone: () => void }) {
  const { t } = useTranslation('room');
  return (
    <Page title={t('taken.title')} lead={t('taken.text')}>
      <div className="row">
        <Button size="lg" onClick={onBack}>
          {t('taken.back')}
        </Button>
        <Button size="lg" variant="default" onClick={onDone}>
          {t('taken.done')}
        </Button>
      </div>
    </Page>
  );
}
