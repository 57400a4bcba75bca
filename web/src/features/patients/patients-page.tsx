import '../../ui/i18n/patients.ts';
import { useTranslation } from 'react-i18next';
import { Link } from '../../ui/router/link.tsx';
import { paths } from '../../ui/router/paths.ts';
import { PlanningPage } from '../planning/planning-page.tsx';
import { PatientSearch } from './patient-search.tsx';

/** Everybody whom the clinic looks after, by name. */
export function PatientsPage() {
  const { t } = useTranslation('patients');
  return (
    <PlanningPage title={t('title')} lead={t('lead')}>
      <PatientSearch
        renderLink={({ id, name }, born) => (
          <Link to={paths.patient(id)}>
            <span>{name}</span> {born}
          </Link>
        )}
      />
    </PlanningPage>
  );
}
