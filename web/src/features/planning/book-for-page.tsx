import '../../ui/i18n/patients.ts';
import { useTranslation } from 'react-i18next';
import { Link } from '../../ui/router/link.tsx';
import { paths } from '../../ui/router/paths.ts';
import { writeChoice } from '../booking/place.ts';
import { PatientSearch } from '../patients/patient-search.tsx';
import { PlanningPage } from './planning-page.tsx';

/** The first step of booking for somebody: who it is. */
export function BookForPage() {
  const { t } = useTranslation('planning');
  return (
    <PlanningPage title={t('patient.title')} lead={t('patient.lead')}>
      <PatientSearch
        renderLink={({ id, name: patient }, born) => (
          <Link to={paths.book + writeChoice({ patient: id })} aria-label={t('patient.choose', { patient })}>
            <span>{patient}</span> {born}
          </Link>
        )}
      />
    </PlanningPage>
  );
}
