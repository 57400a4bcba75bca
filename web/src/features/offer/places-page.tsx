import { Button, NativeSelect, TextInput } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { LocationView } from '../../api/scheduling.ts';
import { useClinicTime } from '../../ui/clinic-time.tsx';
import { Failure } from '../../ui/failure.tsx';
import booking from '../booking/booking.module.css';
import { useScheduling } from '../booking/use-scheduling.ts';
import planning from '../planning/planning.module.css';
import { OfferForm } from './form.tsx';
import { OfferPage } from './offer-page.tsx';
import { type PlaceFault, type PlaceFields, placeBody, placeFault, placeFields, placeTypes } from './place-words.ts';
import { Rooms } from './rooms.tsx';
import { refuses, useSave } from './use-save.ts';

const textFields = ['name', 'address', 'city', 'region', 'postalCode', 'country', 'timeZone'] as const;

function PlaceForm({ place, onDone }: { place: LocationView | null; onDone: () => void }) {
  const { t } = useTranslation('planning');
  const api = useScheduling();
  const { timeZone } = useClinicTime();
  const [fields, setFields] = useState<PlaceFields>(() => placeFields(place, timeZone));
  const [fault, setFault] = useState<PlaceFault | null>(null);
  const change = (part: Partial<PlaceFields>) => setFields({ ...fields, ...part });
  const save = useSave(
    (body: Record<string, unknown>) => (place === null ? api.createLocation(body) : api.changeLocation(place.id, body)),
    onDone,
  );
  const isWrong = (name: (typeof textFields)[number]) =>
    fault === name || refuses(save.error, name === 'address' ? 'addressLines' : name);
  return (
    <OfferForm
      title={t(place === null ? 'offer.newPlace' : 'offer.changePlace')}
      error={save.error}
      isBusy={save.isPending}
      onCancel={onDone}
      onSave={() => {
        const found = placeFault(fields);
        setFault(found);
        if (found === null) save.mutate(placeBody(fields));
      }}
    >
      {textFields.map((name) => (
        <TextInput
          key={name}
          label={t(`offer.${name}`)}
          description={name === 'country' ? t('offer.countryHint') : undefined}
          value={fields[name]}
          autoComplete="off"
          error={isWrong(name) && t('offer.wrong')}
          onChange={({ currentTarget: { value } }) => change({ [name]: value })}
        />
      ))}
      <NativeSelect
        label={t('offer.type')}
        value={fields.type}
        data={placeTypes.map((type) => ({ value: type, label: t(`offer.types.${type}`) }))}
        onChange={({ currentTarget: { value } }) =>
          change({ type: placeTypes.find((type) => type === value) ?? 'clinic' })
        }
      />
    </OfferForm>
  );
}

function PlaceCard({ place, onEdit }: { place: LocationView; onEdit: () => void }) {
  const { t } = useTranslation('planning');
  const api = useScheduling();
  const { id, name, type, addressLines, city, postalCode, region, country, timeZone, isActive = true } = place;
  const turn = useSave((on: boolean) => api.changeLocation(id, { isActive: on }));
  const address = [...addressLines, [postalCode, city].filter((part) => part !== null).join(' '), region, country];
  return (
    <li className={booking['card']}>
      <div className={planning['sectionHead']}>
        <h2>{name}</h2>
        <div className="row">
          <Button variant="default" aria-label={t('offer.editOf', { name })} onClick={onEdit}>
            {t('hours.edit')}
          </Button>
          <Button
            variant="subtle"
            loading={turn.isPending}
            aria-label={t(isActive ? 'offer.closeOf' : 'offer.openOf', { name })}
            onClick={() => turn.mutate(!isActive)}
          >
            {t(isActive ? 'offer.close' : 'offer.open')}
          </Button>
        </div>
      </div>
      {turn.error !== null && <Failure error={turn.error} />}
      <p>
        {t(`offer.types.${type}`)}. {address.filter((part) => part !== null && part !== '').join(', ')}.{' '}
        <span className="dimmed">{timeZone}</span>
        {!isActive && ` ${t('offer.placeClosed')}`}
      </p>
      <Rooms locationId={id} place={name} />
    </li>
  );
}

/** Where the clinic sees people, and in which rooms. */
export function PlacesPage() {
  const { t } = useTranslation('planning');
  const api = useScheduling();
  const found = useQuery({
    queryKey: ['places', 'all'],
    queryFn: ({ signal }) => api.locations({ limit: 200 }, signal),
  });
  return (
    <OfferPage
      title={t('offer.places')}
      lead={t('offer.placesLead')}
      found={found}
      empty={{ title: t('offer.noPlaces'), text: t('offer.noPlacesText') }}
      newOne={t('offer.newPlace')}
      renderForm={(place, onDone) => <PlaceForm place={place} onDone={onDone} />}
      renderList={(places, onEdit) => (
        <ul className="plain-list stack">
          {places.map((place) => (
            <PlaceCard key={place.id} place={place} onEdit={() => onEdit(place)} />
          ))}
        </ul>
      )}
    />
  );
}
