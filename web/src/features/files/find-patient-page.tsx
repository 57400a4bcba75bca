import '../../ui/i18n/files.ts';
import '../../ui/i18n/patients.ts';
import { useTranslation } from 'react-i18next';
import { Page } from '../../ui/page.tsx';
import { Link } from '../../ui/router/link.tsx';
import { paths } from '../../ui/router/paths.ts';
import { PatientSearch } from '../patients/patient-search.tsx';

/** Whom a file is about, by name: the first step of a laboratory's. */
export function FindPatientPage() {
  const { t } = useTranslation('files');
  return (
    <Page title={t('for.title')} lead={t('for.lead')}>
      <PatientSearch
        renderLink={({ id, name }, born) => (
          <Link to={paths.filesOf(id)}>
            <span>{name}</span> {born}
          </Link>
        )}
      />
    </Page>
  );
}
