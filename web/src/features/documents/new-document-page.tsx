import '../../ui/i18n/documents.ts';
import '../../ui/i18n/patients.ts';
import { useQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { useClinicTime, useNow } from '../../ui/clinic-time.tsx';
import { Page } from '../../ui/page.tsx';
import { Patience } from '../../ui/patience.tsx';
import { Link } from '../../ui/router/link.tsx';
import { paths } from '../../ui/router/paths.ts';
import { useAddressFilters } from '../../ui/router/use-address-filters.ts';
import { isoDay } from '../../ui/time.ts';
import { useLawApi } from '../law/use-law.ts';
import { PatientSearch } from '../patients/patient-search.tsx';
import { usePatient } from '../patients/use-patients.ts';
import { DocumentFailure } from './document-failure.tsx';
import { yearsBetween } from './lines.ts';
import { NewDocumentForm } from './new-document-form.tsx';

const id = /^[0-9a-f-]{36}$/;

/** Whom it is about, by name. */
function Whom() {
  const { t } = useTranslation('documents');
  return (
    <Page title={t('form.title')} lead={t('form.whom')}>
      <PatientSearch
        renderLink={({ id: patient, name }, born) => (
          <Link to={paths.newDocument({ patient })}>
            <span>{name}</span> {born}
          </Link>
        )}
      />
    </Page>
  );
}

/** The form, once what is known of patient and visit is there to begin with. */
function About({ patientId, meetingId }: { patientId: string; meetingId: string | null }) {
  const { t } = useTranslation('documents');
  const time = useClinicTime();
  const now = useNow(60_000);
  const law = useLawApi();
  const patient = usePatient(patientId);
  const note = useQuery({
    queryKey: ['visit-note', meetingId, 'for-document'],
    queryFn: ({ signal }) => law.note(meetingId ?? '', signal),
    enabled: meetingId !== null,
  });
  const error = patient.error ?? note.error;
  const retry = () => {
    void patient.refetch();
    if (meetingId !== null) void note.refetch();
  };
  const isThere = patient.data !== undefined && (meetingId === null || note.data !== undefined);
  const { data } = patient;
  return (
    <Page
      title={t('form.title')}
      lead={data === undefined ? undefined : `${t('form.for', { patient: data.name })}. ${t('form.lead')}`}
    >
      {error !== null && <DocumentFailure error={error} onRetry={retry} />}
      {!isThere && error === null && <Patience text={t('form.loading')} onRetry={retry} />}
      {isThere && data !== undefined && (
        <NewDocumentForm
          patientId={patientId}
          meetingId={meetingId}
          first={{
            age: data.birthDate === null ? '' : String(yearsBetween(data.birthDate, isoDay(time, now))),
            note: note.data?.text.slice(0, 4_000) ?? '',
          }}
        />
      )}
    </Page>
  );
}

/** A new document: whom it is about, what it is written from, the draft. */
export function NewDocumentPage() {
  const { values } = useAddressFilters({ patient: id, visit: id });
  if (values.patient === '') return <Whom />;
  return <About patientId={values.patient} meetingId={values.visit === '' ? null : values.visit} />;
}
