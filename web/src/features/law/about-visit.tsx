import { useTranslation } from 'react-i18next';
import { DoctorLine } from './doctor-line.tsx';
import { IdentityPanel } from './identity-panel.tsx';
import styles from './law.module.css';
import { useSheet } from './use-law.ts';

interface AboutVisitProps {
  meetingId: string;
  seat: 'patient' | 'doctor';
  /** The patient's. */
  name: string;
}

/** In the call, behind one press: who the doctor is and the emergency number; for the doctor who the patient is. */
export function AboutVisit({ meetingId, seat, name }: AboutVisitProps) {
  const { t } = useTranslation('law');
  const { data: sheet } = useSheet(meetingId);
  if (sheet === undefined) return null;
  return (
    <details className={styles['about']}>
      <summary>{t('about.title')}</summary>
      <div className={`${styles['card']} ${styles['panel']}`}>
        {seat === 'doctor' ? (
          <IdentityPanel sheet={sheet} name={name} />
        ) : (
          <DoctorLine practitioner={sheet.practitioner} />
        )}
        <p>
          <strong>{t('emergency', { number: sheet.emergencyNumber })}</strong>
        </p>
      </div>
    </details>
  );
}
