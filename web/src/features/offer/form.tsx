import { Button } from '@mantine/core';
import { type PropsWithChildren, useId } from 'react';
import { useTranslation } from 'react-i18next';
import { Failure } from '../../ui/failure.tsx';
import booking from '../booking/booking.module.css';
import planning from '../planning/planning.module.css';

interface OfferFormProps {
  title: string;
  error: unknown;
  isBusy: boolean;
  onSave: () => void;
  onCancel: () => void;
}

/** The frame of a form: its name, what went wrong, save or not. */
export function OfferForm({ title, error, isBusy, onSave, onCancel, children }: PropsWithChildren<OfferFormProps>) {
  const { t } = useTranslation('planning');
  const name = useId();
  return (
    <form
      className={booking['card']}
      aria-labelledby={name}
      noValidate
      onSubmit={(event) => {
        event.preventDefault();
        onSave();
      }}
    >
      <h2 id={name}>{title}</h2>
      <div className={booking['pair']}>{children}</div>
      {error !== null && <Failure error={error} />}
      <div className={planning['buttons']}>
        <Button variant="default" onClick={onCancel}>
          {t('hours.cancel')}
        </Button>
        <Button type="submit" loading={isBusy}>
          {t('hours.save')}
        </Button>
      </div>
    </form>
  );
}

interface ChecksProps {
  legend: string;
  options: readonly { id: string; name: string }[];
  chosen: readonly string[];
  onChange: (chosen: string[]) => void;
}

/** Any number of a list. */
export function Checks({ legend, options, chosen, onChange }: ChecksProps) {
  if (options.length === 0) return null;
  return (
    <fieldset className={booking['choices']}>
      <legend>{legend}</legend>
      {options.map(({ id, name }) => (
        <label key={id} className={booking['check']}>
          <input
            type="checkbox"
            checked={chosen.includes(id)}
            onChange={({ currentTarget: { checked } }) => {
              const others = chosen.filter((one) => one !== id);
              onChange(checked ? [...others, id] : others);
            }}
          />
          {name}
        </label>
      ))}
    </fieldset>
  );
}
