import { Button } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import type { PractitionerView, ServiceView } from '../../api/scheduling.ts';
import { useClinicTime } from '../../ui/clinic-time.tsx';
import styles from './booking.module.css';
import { money } from './money.ts';
import type { Choice } from './place.ts';

interface RadioListProps {
  legend: string;
  name: string;
  options: readonly { value: string; label: string; note?: string }[];
  value: string;
  onChange: (value: string) => void;
}

function RadioList({ legend, name, options, value, onChange }: RadioListProps) {
  return (
    <fieldset className={styles['choices']}>
      <legend>{legend}</legend>
      {options.map((option) => (
        <label key={option.value} className={styles['choice']}>
          <input
            type="radio"
            name={name}
            value={option.value}
            checked={option.value === value}
            onChange={() => onChange(option.value)}
          />
          <span>
            {option.label}
            {option.note !== undefined && <small>{option.note}</small>}
          </span>
        </label>
      ))}
    </fieldset>
  );
}

interface WhatStepProps {
  doctor: PractitionerView;
  services: readonly ServiceView[];
  choice: Choice;
  onChange: (part: Partial<Choice>) => void;
  onGo: () => void;
}

/** What for, how and where. */
export function WhatStep({ doctor, services, choice, onChange, onGo }: WhatStepProps) {
  const { t } = useTranslation('scheduling');
  const { locale } = useClinicTime();
  const service = services.find(({ id }) => id === choice.service);
  const noteOf = ({ durationMinutes, priceMinor, currency }: ServiceView) =>
    t('book.serviceLine', {
      minutes: t('minutes', { count: durationMinutes }),
      price: priceMinor === 0 ? t('free') : money(locale, priceMinor, currency),
    });
  return (
    <form
      className="stack"
      onSubmit={(event) => {
        event.preventDefault();
        onGo();
      }}
    >
      <RadioList
        legend={t('book.service')}
        name="service"
        options={services.map((one) => ({ value: one.id, label: one.name, note: noteOf(one) }))}
        value={choice.service ?? ''}
        onChange={(id) =>
          onChange({
            service: id,
            way: wayOf(
              services.find((one) => one.id === id),
              choice,
            ),
          })
        }
      />
      {service?.modality === 'both' && (
        <RadioList
          legend={t('book.way')}
          name="way"
          options={(['video', 'in_person'] as const).map((value) => ({ value, label: t(`way.${value}`) }))}
          value={choice.way ?? ''}
          onChange={(way) => onChange({ way: way === 'video' ? 'video' : 'in_person' })}
        />
      )}
      {choice.way === 'in_person' && doctor.locations.length > 1 && (
        <RadioList
          legend={t('book.place')}
          name="place"
          options={[
            { value: '', label: t('book.anyPlace') },
            ...doctor.locations.map(({ id, name, city }) => ({ value: id, label: name, note: city })),
          ]}
          value={choice.place ?? ''}
          onChange={(place) => onChange({ place })}
        />
      )}
      <div>
        <Button type="submit" size="md">
          {t('book.toTimes')}
        </Button>
      </div>
    </form>
  );
}

/** The only way there is, or the one that was chosen before. */
export function wayOf(service: ServiceView | undefined, { way }: Pick<Choice, 'way'>): Choice['way'] {
  if (service === undefined) return null;
  return service.modality === 'both' ? (way ?? 'video') : service.modality;
}
