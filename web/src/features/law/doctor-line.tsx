import { useTranslation } from 'react-i18next';
import type { VisitSheet } from '../../api/visit-law.ts';

/** Who the doctor is: name, qualification, registration number (India's Telemedicine Practice Guidelines, 3.2.2). */
export function DoctorLine({ practitioner }: Pick<VisitSheet, 'practitioner'>) {
  const { t } = useTranslation('law');
  const { name, qualification, registrationNumber: number, registrationAuthority: authority } = practitioner;
  function registration(): string {
    if (number === null) return t('doctor.unregistered');
    return authority === null ? t('doctor.registered', { number }) : t('doctor.registeredWith', { number, authority });
  }
  return (
    <div>
      <p>
        <strong>{qualification === null ? name : `${name}, ${qualification}`}</strong>
      </p>
      <p>{registration()}</p>
    </div>
  );
}
