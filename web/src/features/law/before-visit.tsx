import { useTranslation } from 'react-i18next';
import { Failure } from '../../ui/failure.tsx';
import { ConsentCard } from './consent-card.tsx';
import { DoctorLine } from './doctor-line.tsx';
import styles from './law.module.css';
import { useSheet } from './use-law.ts';

/** In the waiting room: who the doctor is, whether the patient agreed, and what to do in an emergency. */
export function BeforeVisit({ meetingId }: { meetingId: string }) {
  const { t } = useTranslation('law');
  const { data: sheet, error, refetch } = useSheet(meetingId);
  if (sheet === undefined) return error === null ? null : <Failure error={error} onRetry={() => void refetch()} />;
  const { consent, emergencyNumber } = sheet;
  return (
    <>
      {consent.isMissing && <ConsentCard sheet={sheet} />}
      <section className={styles['card']}>
        <h2>{t('about.title')}</h2>
        <DoctorLine practitioner={sheet.practitioner} />
        {!consent.isMissing && consent.form !== null && (
          <p>{t(consent.form === 'explicit' ? 'consent.given' : 'consent.implied')}</p>
        )}
        <p>
          <strong>{t('emergency', { number: emergencyNumber })}</strong>
        </p>
      </section>
    </>
  );
}
