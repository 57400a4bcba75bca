import '../../ui/i18n/scheduling.ts';
import { Button } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { PractitionerView, ServiceView, SlotView } from '../../api/scheduling.ts';
import { EmptyState } from '../../ui/empty-state.tsx';
import { Failure } from '../../ui/failure.tsx';
import { Notice } from '../../ui/notice.tsx';
import { Page } from '../../ui/page.tsx';
import { Patience } from '../../ui/patience.tsx';
import { Link } from '../../ui/router/link.tsx';
import type { Params } from '../../ui/router/match.ts';
import { paths } from '../../ui/router/paths.ts';
import { useGo, usePlace } from '../../ui/router/router.tsx';
import { ConfirmStep } from './confirm-step.tsx';
import { nextAfter } from './days.ts';
import { type Choice, readChoice, writeChoice } from './place.ts';
import { SlotList, SlotPicker } from './slot-picker.tsx';
import { useDoctor, useServicesOf } from './use-doctors.ts';
import { usePatientName } from './use-patient.ts';
import { useSlots } from './use-slots.ts';
import { WaitingListForm } from './waiting-list-form.tsx';
import { WhatStep, wayOf } from './what-step.tsx';

interface Missed {
  why: 'taken' | 'notOffered';
  at: string;
}

interface StepsProps {
  doctor: PractitionerView;
  services: readonly ServiceView[];
  choice: Choice;
  change: (part: Partial<Choice>, replace?: boolean) => void;
}

type TimeSearch = Parameters<typeof useSlots>[0];

function searchOf({ doctor, choice }: Pick<StepsProps, 'doctor' | 'choice'>): TimeSearch {
  const { service, way, place } = choice;
  return {
    serviceId: service ?? '',
    practitionerId: doctor.id,
    modality: way ?? undefined,
    locationId: way === 'in_person' ? (place ?? undefined) : undefined,
  };
}

interface NextTimesProps {
  missed: Missed;
  search: TimeSearch;
  places: ReadonlyMap<string, string> | undefined;
  onChoose: (slot: SlotView) => void;
}

/** Somebody was faster: said kindly, with what comes next. */
function NextTimes({ missed, search, places, onChoose }: NextTimesProps) {
  const { t } = useTranslation('scheduling');
  const { slots } = useSlots(search);
  const next = nextAfter(slots, missed.at, 4);
  return (
    <Notice tone="warning" live="alert" title={t(`book.${missed.why}`)}>
      <p>{t(`book.${missed.why}Text`)}</p>
      {next.length > 0 && <SlotList slots={next} places={places} onChoose={onChoose} />}
    </Notice>
  );
}

function WhenStep({ doctor, choice, change, missed }: StepsProps & { missed: Missed | null }) {
  const { t } = useTranslation('scheduling');
  const { service, way, place, patient } = choice;
  const onSite = way === 'in_person';
  const places = onSite && place === null ? new Map(doctor.locations.map(({ id, name }) => [id, name])) : undefined;
  const search = searchOf({ doctor, choice });
  const onChoose = (slot: SlotView) => change({ at: slot.startsAt, site: onSite ? slot.locationId : null });
  return (
    <div className="stack">
      {missed !== null && <NextTimes missed={missed} search={search} places={places} onChoose={onChoose} />}
      <SlotPicker
        search={search}
        places={places}
        onChoose={onChoose}
        otherwise={
          <WaitingListForm
            patientId={patient}
            serviceId={service ?? ''}
            practitionerId={doctor.id}
            modality={way ?? 'video'}
          />
        }
      />
      <div>
        <Button variant="default" onClick={() => change({ service: null, at: null })}>
          {t('book.back')}
        </Button>
      </div>
    </div>
  );
}

function Steps(props: StepsProps) {
  const { t } = useTranslation('scheduling');
  const { doctor, services, choice, change } = props;
  const go = useGo();
  const patientName = usePatientName(choice.patient);
  const [draft, setDraft] = useState<Partial<Choice>>({ service: services[0]?.id ?? null });
  const [missed, setMissed] = useState<Missed | null>(null);
  const service = services.find(({ id }) => id === choice.service);
  const step = service === undefined ? 1 : choice.at === null ? 2 : 3;
  const way = wayOf(service, choice);
  const named = t('book.step', { step, name: t(`book.${(['what', 'when', 'confirm'] as const)[step - 1] ?? 'what'}`) });
  const wanted = {
    ...choice,
    ...draft,
    way:
      draft.way ??
      wayOf(
        services.find(({ id }) => id === draft.service),
        choice,
      ),
  };
  return (
    <>
      <p aria-live="polite">{named}</p>
      {step === 1 && (
        <WhatStep
          doctor={doctor}
          services={services}
          choice={wanted}
          onChange={(part) => setDraft({ ...draft, ...part })}
          onGo={() => change({ service: wanted.service, way: wanted.way, place: wanted.place })}
        />
      )}
      {step === 2 && <WhenStep {...props} choice={{ ...choice, way }} missed={missed} />}
      {step === 3 && service !== undefined && choice.at !== null && way !== null && (
        <ConfirmStep
          booking={{
            practitionerId: doctor.id,
            patientId: choice.patient ?? undefined,
            serviceId: service.id,
            startsAt: choice.at,
            locationId: choice.site ?? undefined,
            modality: way,
          }}
          facts={{
            doctor: doctor.name,
            patient: choice.patient === null ? null : (patientName ?? t('find.aPatient')),
            service: service.name,
            startsAt: choice.at,
            modality: way,
            place: doctor.locations.find(({ id }) => id === choice.site)?.name ?? null,
            priceMinor: service.priceMinor,
            currency: service.currency,
          }}
          onBooked={({ id }) => go(paths.appointment(id), { intent: 'booked' })}
          onMissed={(why) => {
            setMissed({ why, at: choice.at ?? '' });
            change({ at: null, site: null }, true);
          }}
          onBack={() => change({ at: null, site: null })}
        />
      )}
    </>
  );
}

/** Three steps: what for, when, check. Where somebody is stands in the address, so Back goes one step back. */
export function BookPage({ params }: { params: Params }) {
  const { t } = useTranslation('scheduling');
  const id = params['practitionerId'] ?? '';
  const go = useGo();
  const choice = readChoice(usePlace().search);
  const doctor = useDoctor(id);
  const services = useServicesOf(id);
  const error = doctor.error ?? services.error;
  const retry = () => {
    void doctor.refetch();
    void services.refetch();
  };
  const others = (
    <Button component={Link} to={paths.book + writeChoice({ patient: choice.patient })} variant="default">
      {t('book.others')}
    </Button>
  );
  if (doctor.data === undefined || services.data === undefined) {
    return (
      <Page title={t('find.title')}>
        {error === null ? (
          <Patience text={t('book.loading')} onRetry={retry} />
        ) : (
          <div className="stack">
            <Failure error={error} onRetry={retry} />
            {others}
          </div>
        )}
      </Page>
    );
  }
  return (
    <Page title={t('book.title', { doctor: doctor.data.name })}>
      {services.data.items.length === 0 ? (
        <EmptyState title={t('book.noServices', { doctor: doctor.data.name })}>
          <p>{t('book.noServicesText')}</p>
          {others}
        </EmptyState>
      ) : (
        <Steps
          doctor={doctor.data}
          services={services.data.items}
          choice={choice}
          change={(part, replace = false) => go(paths.bookWith(id) + writeChoice({ ...choice, ...part }), { replace })}
        />
      )}
    </Page>
  );
}
