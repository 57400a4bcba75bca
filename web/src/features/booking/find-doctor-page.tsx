import '../../ui/i18n/scheduling.ts';
import { Button, NativeSelect, TextInput } from '@mantine/core';
import { useDebouncedValue } from '@mantine/hooks';
import { useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useAnnounce } from '../../ui/announcer.tsx';
import { useClinicTime } from '../../ui/clinic-time.tsx';
import { EmptyState } from '../../ui/empty-state.tsx';
import { Failure } from '../../ui/failure.tsx';
import { Page } from '../../ui/page.tsx';
import { Patience } from '../../ui/patience.tsx';
import { usePlace } from '../../ui/router/router.tsx';
import styles from './booking.module.css';
import { DoctorCard } from './doctor-card.tsx';
import { MyWishes } from './my-wishes.tsx';
import { readChoice } from './place.ts';
import { type DoctorFilter, useDoctors, useOffered } from './use-doctors.ts';
import { useLanguageName } from './use-language-name.ts';
import { usePatientName } from './use-patient.ts';

const nobodyIn: DoctorFilter = { name: '', specialty: '', language: '', accepting: false };

interface FieldsProps {
  filter: DoctorFilter;
  onChange: (part: Partial<DoctorFilter>) => void;
}

function Fields({ filter, onChange }: FieldsProps) {
  const { t } = useTranslation('scheduling');
  const offered = useOffered();
  const languageName = useLanguageName();
  return (
    <search aria-label={t('find.search')} className={styles['filters']}>
      <TextInput
        type="search"
        label={t('find.name')}
        description={t('find.nameHint')}
        value={filter.name}
        maxLength={100}
        autoComplete="off"
        onChange={({ currentTarget: { value } }) => onChange({ name: value })}
      />
      <NativeSelect
        label={t('find.specialty')}
        value={filter.specialty}
        data={[
          { value: '', label: t('find.anySpecialty') },
          ...offered.specialties.map(([value, label]) => ({ value, label })),
        ]}
        onChange={({ currentTarget: { value } }) => onChange({ specialty: value })}
      />
      <NativeSelect
        label={t('find.language')}
        value={filter.language}
        data={[
          { value: '', label: t('find.anyLanguage') },
          ...offered.languages.map((value) => ({ value, label: languageName(value) })),
        ]}
        onChange={({ currentTarget: { value } }) => onChange({ language: value })}
      />
      <label className={styles['check']}>
        <input
          type="checkbox"
          checked={filter.accepting}
          onChange={({ currentTarget: { checked } }) => onChange({ accepting: checked })}
        />
        {t('find.accepting')}
      </label>
    </search>
  );
}

function Results({ filter }: { filter: DoctorFilter }) {
  const { t } = useTranslation('scheduling');
  const { locale } = useClinicTime();
  const announce = useAnnounce();
  const choice = readChoice(usePlace().search);
  const found = useDoctors(filter);
  const doctors = found.data?.pages.flatMap(({ items }) => items) ?? [];
  const isAny = JSON.stringify(filter) === JSON.stringify(nobodyIn);
  const said = found.isSuccess ? t('find.found', { count: doctors.length }) : '';
  useEffect(() => {
    if (said !== '' && !isAny) announce(said);
  }, [announce, said, isAny]);
  const retry = () => void found.refetch();
  if (found.error !== null) return <Failure error={found.error} onRetry={retry} />;
  if (found.isPending) return <Patience text={t('find.loading')} onRetry={retry} />;
  if (doctors.length === 0) {
    return (
      <EmptyState title={t(isAny ? 'find.noneAtAll' : 'find.none')}>
        {t(isAny ? 'find.noneAtAllText' : 'find.noneText')}
      </EmptyState>
    );
  }
  return (
    <>
      <ul className="plain-list stack" lang={locale}>
        {doctors.map((doctor) => (
          <DoctorCard key={doctor.id} doctor={doctor} choice={{ patient: choice.patient }} />
        ))}
      </ul>
      {found.hasNextPage && (
        <div>
          <Button variant="default" loading={found.isFetchingNextPage} onClick={() => void found.fetchNextPage()}>
            {t('find.more')}
          </Button>
        </div>
      )}
    </>
  );
}

/** Who there is: by name, specialty and language, each with the way to their free times. */
export function FindDoctorPage() {
  const { t } = useTranslation('scheduling');
  const [filter, setFilter] = useState(nobodyIn);
  const [settled] = useDebouncedValue(filter, 250);
  const { patient } = readChoice(usePlace().search);
  const patientName = usePatientName(patient);
  return (
    <Page
      title={t('find.title')}
      lead={patient === null ? t('find.lead') : t('find.leadFor', { patient: patientName ?? t('find.aPatient') })}
    >
      <div className="stack">
        {patient === null && <MyWishes />}
        <Fields filter={filter} onChange={(part) => setFilter({ ...filter, ...part })} />
        <Results filter={settled} />
      </div>
    </Page>
  );
}
