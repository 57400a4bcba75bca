import '../../ui/i18n/files.ts';
import '../../ui/i18n/patients.ts';
import { useTranslation } from 'react-i18next';
import { useClinicTime } from '../../ui/clinic-time.tsx';
import { Failure } from '../../ui/failure.tsx';
import { Page } from '../../ui/page.tsx';
import { Patience } from '../../ui/patience.tsx';
import { Link } from '../../ui/router/link.tsx';
import type { Params } from '../../ui/router/match.ts';
import { paths } from '../../ui/router/paths.ts';
import { useUser } from '../auth/use-session.ts';
import { birthDay } from '../patients/birth-day.ts';
import { usePatient } from '../patients/use-patients.ts';
import { FileList } from './file-list.tsx';
import { SendFiles } from './send-files.tsx';
import { addsForOthers } from './use-files.ts';

/** Who they are is read with the name: two patients may have the same, and a result must not go to the wrong one. */
function Files({ patientId }: { patientId: string }) {
  const { t } = useTranslation('files');
  const { t: patients } = useTranslation('patients');
  const { locale } = useClinicTime();
  const isLab = useUser().roles.includes('lab');
  const { data: patient, error, refetch } = usePatient(patientId);
  const retry = () => void refetch();
  function born(): string | undefined {
    if (patient === undefined) return undefined;
    const day = patient.birthDate;
    return day === null ? patients('bornUnknown') : patients('born', { day: birthDay(day, locale) });
  }
  return (
    <Page title={patient === undefined ? t('ofTitleUnnamed') : t('ofTitle', { patient: patient.name })} lead={born()}>
      <div className="stack">
        <Link to={paths.files}>{t('back')}</Link>
        {patient === undefined && error === null && <Patience text={t('loading')} onRetry={retry} />}
        {error !== null && <Failure error={error} onRetry={retry} />}
        {patient !== undefined && (
          <>
            <p>{t('ofLead')}</p>
            <SendFiles patientId={patientId} category={isLab ? 'lab_report' : 'other'} />
            <FileList patientId={patientId} withPatient={false} />
          </>
        )}
      </div>
    </Page>
  );
}

/** The files of one patient, for who treats them, for the desk and for the laboratory. */
export function PatientFilesPage({ params }: { params: Params }) {
  const { t } = useTranslation('files');
  const patientId = params['patientId'] ?? '';
  if (addsForOthers(useUser())) return <Files patientId={patientId} />;
  // Who may not look patients up has the files alone: a patient, their own.
  return (
    <Page title={t('ofTitleUnnamed')}>
      <FileList patientId={patientId} withPatient={false} />
    </Page>
  );
}
