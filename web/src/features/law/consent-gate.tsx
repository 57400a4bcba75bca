import { Button } from '@mantine/core';
import { useEffect } from 'react';
import { useTranslation } from 'react-i18next';
import { Failure } from '../../ui/failure.tsx';
import { Page } from '../../ui/page.tsx';
import { Patience } from '../../ui/patience.tsx';
import { ConsentCard } from './consent-card.tsx';
import { useSheet } from './use-law.ts';

interface ConsentGateProps {
  meetingId: string;
  seat: 'patient' | 'doctor';
  patientName: string;
  /** The consent is there: try the door again. */
  onOpen: () => void;
  onBack: () => void;
}

/** The door stays shut until the patient agrees: they are asked here, and the doctor sees that they are. */
export function ConsentGate({ meetingId, seat, patientName: name, onOpen, onBack }: ConsentGateProps) {
  const { t } = useTranslation('law');
  const { data: sheet, error, refetch } = useSheet(meetingId);
  const isOpen = sheet?.consent.isMissing === false;
  useEffect(() => {
    if (isOpen) onOpen();
    // oxlint-disable-next-line react/exhaustive-deps -- Once, when it opens; the function is another one with each render.
  }, [isOpen]);
  const title = seat === 'doctor' ? t('consent.awaitedTitle', { name }) : t('consent.title');
  const retry = () => void refetch();
  return (
    <Page title={title} {...(seat === 'doctor' && { lead: t('consent.awaited', { name }) })}>
      <div className="stack">
        {error !== null && <Failure error={error} onRetry={retry} />}
        {sheet === undefined && error === null && <Patience text={t('consent.title')} onRetry={retry} />}
        {sheet !== undefined && seat === 'patient' && sheet.consent.isMissing && <ConsentCard sheet={sheet} />}
        <div>
          <Button size="lg" variant="default" onClick={onBack}>
            {t('consent.back')}
          </Button>
        </div>
      </div>
    </Page>
  );
}
