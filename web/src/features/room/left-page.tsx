import { Button } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { useClinicTime } from '../../ui/clinic-time.tsx';
import { Page } from '../../ui/page.tsx';
import { clockWithZone } from '../../ui/time.ts';

interface LeftPageProps {
  /** Until when they may come back, where that is known. */
  deadline: string | null;
  seat: 'patient' | 'doctor';
  onBack: () => void;
  onDone: () => void;
}

/** They left by themselves and may come back. */
export function LeftPage({ deadline, seat, onBack, onDone }: LeftPageProps) {
  const { t } = useTranslation('room');
  const time = useClinicTime();
  const until = seat === 'doctor' ? 'left.doctorUntil' : 'left.until';
  const lead = deadline === null ? t('left.open') : t(until, { time: clockWithZone(time, deadline) });
  return (
    <Page title={t('left.title')} lead={lead}>
      <div className="row">
        <Button size="lg" onClick={onBack}>
          {t('left.back')}
        </Button>
        <Button size="lg" variant="default" onClick={onDone}>
          {t('left.done')}
        </Button>
      </div>
    </Page>
  );
}
