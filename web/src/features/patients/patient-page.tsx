import '../../ui/i18n/patients.ts';
import { useTranslation } from 'react-i18next';
import type { PatientDetails } from '../../api/patients.ts';
import { useClinicTime, useNow } from '../../ui/clinic-time.tsx';
import { Failure } from '../../ui/failure.tsx';
import { Patience } from '../../ui/patience.tsx';
import { Link } from '../../ui/router/link.tsx';
import type { Params } from '../../ui/router/match.ts';
import { paths } from '../../ui/router/paths.ts';
import { isoDay } from '../../ui/time.ts';
import { useUser } from '../auth/use-session.ts';
import { writeChoice } from '../booking/place.ts';
import { PlanningPage } from '../planning/planning-page.tsx';
import { AboutForm } from './about-form.tsx';
import { ageOn } from './age.ts';
import { IdentityCard } from './identity-card.tsx';
import { usePatient } from './use-patients.ts';

function Ways({ patient: { id, name } }: { patient: PatientDetails }) {
  const { t } = useTranslation('patients');
  const { scopes } = useUser();
  return (
    <nav aria-label={t('next')} className="row">
      {scopes.includes('appointments:manage') && (
        <Link to={paths.book + writeChoice({ patient: id })}>{t('book', { name })}</Link>
      )}
      {scopes.includes('uploads:read') && <Link to={paths.filesOf(id)}>{t('files', { name })}</Link>}
      <Link to={`${paths.history}?patient=${encodeURIComponent(id)}`}>{t('visits', { name })}</Link>
    </nav>
  );
}

/** One patient: what the law asks about, kept by the desk or the doctor. */
export function PatientPage({ params }: { params: Params }) {
  const { t } = useTranslation('patients');
  const time = useClinicTime();
  const today = isoDay(time, useNow(60_000));
  const { data: patient, error, refetch } = usePatient(params['patientId'] ?? '');
  const retry = () => void refetch();
  function lead(): string | undefined {
    if (patient === undefined) return undefined;
    return patient.birthDate === null ? t('ageUnknown') : t('age', { count: ageOn(patient.birthDate, today) });
  }
  return (
    <PlanningPage title={patient?.name ?? t('title')} lead={lead()}>
      <div className="stack">
        <Link to={paths.patients}>{t('back')}</Link>
        {patient === undefined && error === null && <Patience text={t('opening')} onRetry={retry} />}
        {patient === undefined && error !== null && <Failure error={error} onRetry={retry} />}
        {patient !== undefined && (
          <>
            <AboutForm key={patient.id} patient={patient} today={today} />
            <IdentityCard patient={patient} />
            <Ways patient={patient} />
          </>
        )}
      </div>
    </PlanningPage>
  );
}
