import { Button, Textarea, TextInput } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { PractitionerView } from '../../api/scheduling.ts';
import { EmptyState } from '../../ui/empty-state.tsx';
import { Failure } from '../../ui/failure.tsx';
import { Patience } from '../../ui/patience.tsx';
import { ScrollRegion } from '../../ui/scroll-region.tsx';
import booking from '../booking/booking.module.css';
import { useLanguageName } from '../booking/use-language-name.ts';
import { useScheduling } from '../booking/use-scheduling.ts';
import planning from '../planning/planning.module.css';
import { PlanningPage } from '../planning/planning-page.tsx';
import { type DoctorFault, type DoctorFields, doctorBody, doctorFault, doctorFields } from './doctor-words.ts';
import { Checks, OfferForm } from './form.tsx';
import { refuses, useSave } from './use-save.ts';

function useLists() {
  const api = useScheduling();
  const services = useQuery({ queryKey: ['services', 'all'], queryFn: () => api.services({ limit: 200 }) });
  const places = useQuery({ queryKey: ['places', 'all'], queryFn: () => api.locations({ limit: 200 }) });
  return { services: services.data?.items ?? [], places: places.data?.items ?? [] };
}

function DoctorForm({ doctor, onDone }: { doctor: PractitionerView; onDone: () => void }) {
  const { t } = useTranslation('planning');
  const api = useScheduling();
  const { services, places } = useLists();
  const [fields, setFields] = useState<DoctorFields>(() => doctorFields(doctor));
  const [fault, setFault] = useState<DoctorFault | null>(null);
  const change = (part: Partial<DoctorFields>) => setFields({ ...fields, ...part });
  const save = useSave((body: Record<string, unknown>) => api.changePractitioner(doctor.id, body), onDone);
  const text = (
    name: 'name' | 'languages' | 'qualification' | 'registrationNumber' | 'registrationAuthority',
    hint?: string,
  ) => (
    <TextInput
      label={t(`offer.${name}`)}
      description={hint}
      value={fields[name]}
      autoComplete="off"
      error={(fault === name || refuses(save.error, name)) && t('offer.wrong')}
      onChange={({ currentTarget: { value } }) => change({ [name]: value })}
    />
  );
  return (
    <OfferForm
      title={t('offer.changeDoctor', { name: doctor.name })}
      error={save.error}
      isBusy={save.isPending}
      onCancel={onDone}
      onSave={() => {
        const found = doctorFault(fields);
        setFault(found);
        if (found === null) save.mutate(doctorBody(fields));
      }}
    >
      {text('name')}
      {text('languages', t('offer.languagesHint'))}
      {text('qualification')}
      {text('registrationNumber')}
      {text('registrationAuthority')}
      <Textarea
        label={t('offer.specialties')}
        description={t('offer.specialtiesHint')}
        value={fields.specialties}
        rows={3}
        error={(fault === 'specialties' || refuses(save.error, 'specialties')) && t('offer.wrong')}
        onChange={({ currentTarget: { value } }) => change({ specialties: value })}
      />
      <Textarea
        label={t('offer.bio')}
        value={fields.bio}
        maxLength={2_000}
        rows={3}
        onChange={({ currentTarget: { value } }) => change({ bio: value })}
      />
      <Checks
        legend={t('offer.gives')}
        options={services}
        chosen={fields.serviceIds}
        onChange={(serviceIds) => change({ serviceIds })}
      />
      <Checks
        legend={t('offer.worksAt')}
        options={places}
        chosen={fields.locationIds}
        onChange={(locationIds) => change({ locationIds })}
      />
      <label className={booking['check']}>
        <input
          type="checkbox"
          checked={fields.isAcceptingPatients}
          onChange={({ currentTarget: { checked } }) => change({ isAcceptingPatients: checked })}
        />
        {t('offer.accepts')}
      </label>
    </OfferForm>
  );
}

function Row({ doctor, onEdit }: { doctor: PractitionerView; onEdit: () => void }) {
  const { t } = useTranslation('planning');
  const languageName = useLanguageName();
  const { name, specialties, languages, registrationNumber, isAcceptingPatients, isActive = true } = doctor;
  return (
    <tr>
      <th scope="row">{name}</th>
      <td>{specialties.map(({ display }) => display).join(', ')}</td>
      <td>{languages.map(languageName).join(', ')}</td>
      <td>{registrationNumber}</td>
      <td>{t(!isActive ? 'offer.inactive' : isAcceptingPatients ? 'offer.accepting' : 'offer.notAccepting')}</td>
      <td>
        <Button variant="default" aria-label={t('offer.editOf', { name })} onClick={onEdit}>
          {t('hours.edit')}
        </Button>
      </td>
    </tr>
  );
}

/** What the directory tells of those who see patients. */
export function DoctorsPage() {
  const { t } = useTranslation('planning');
  const api = useScheduling();
  const [openId, setOpenId] = useState<string | null>(null);
  const found = useQuery({
    queryKey: ['doctors', 'all'],
    queryFn: ({ signal }) => api.practitioners({ limit: 200 }, signal),
  });
  const doctors = found.data?.items ?? [];
  const open = doctors.find(({ id }) => id === openId);
  const retry = () => void found.refetch();
  return (
    <PlanningPage title={t('offer.doctors')} lead={t('offer.doctorsLead')}>
      <div className="stack">
        {open !== undefined && <DoctorForm key={open.id} doctor={open} onDone={() => setOpenId(null)} />}
        {found.error !== null && <Failure error={found.error} onRetry={retry} />}
        {found.isPending && found.error === null && <Patience text={t('offer.loading')} onRetry={retry} />}
        {found.isSuccess && doctors.length === 0 && (
          <EmptyState title={t('offer.noDoctors')}>{t('offer.noDoctorsText')}</EmptyState>
        )}
        {doctors.length > 0 && (
          <ScrollRegion label={t('offer.table')}>
            <table className={planning['table']}>
              <thead>
                <tr>
                  {(['name', 'specialties', 'languages', 'registrationNumber'] as const).map((column) => (
                    <th key={column} scope="col">
                      {t(`offer.${column}`)}
                    </th>
                  ))}
                  <th scope="col">{t('arrivals.state')}</th>
                  <th scope="col">{t('arrivals.actions')}</th>
                </tr>
              </thead>
              <tbody>
                {doctors.map((doctor) => (
                  <Row key={doctor.id} doctor={doctor} onEdit={() => setOpenId(doctor.id)} />
                ))}
              </tbody>
            </table>
          </ScrollRegion>
        )}
      </div>
    </PlanningPage>
  );
}
