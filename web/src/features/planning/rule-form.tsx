import { Button, TextInput } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useClinicTime } from '../../ui/clinic-time.tsx';
import booking from '../booking/booking.module.css';
import { type RuleFault, type RuleFields, ruleFault, weekdayName } from './hours-words.ts';
import { PlaceFields } from './place-fields.tsx';
import styles from './planning.module.css';

interface RuleFormProps {
  title: string;
  start: RuleFields;
  /** One of several days for what is there already; several for what is new. */
  isNew: boolean;
  isBusy: boolean;
  onSave: (fields: RuleFields) => void;
  onCancel: () => void;
}

const week = [1, 2, 3, 4, 5, 6, 7];

/** Weekly hours: on which days, from when to when, how and where, and for how long they hold. */
export function RuleForm({ title, start, isNew, isBusy, onSave, onCancel }: RuleFormProps) {
  const { t } = useTranslation('planning');
  const { locale } = useClinicTime();
  const [fields, setFields] = useState(start);
  const [fault, setFault] = useState<RuleFault | null>(null);
  const change = (part: Partial<RuleFields>) => setFields({ ...fields, ...part });
  const input = (name: 'startTime' | 'endTime' | 'validFrom' | 'validTo', type: 'time' | 'date', of: RuleFault[]) => (
    <TextInput
      type={type}
      label={t(`hours.${name}`)}
      value={fields[name]}
      error={fault !== null && of.includes(fault) && t(`hours.fault.${fault}`)}
      onChange={({ currentTarget: { value } }) => change({ [name]: value })}
    />
  );
  return (
    <form
      className={booking['card']}
      aria-label={title}
      noValidate
      onSubmit={(event) => {
        event.preventDefault();
        const found = ruleFault(fields);
        setFault(found);
        if (found === null) onSave(fields);
      }}
    >
      <h3>{title}</h3>
      <fieldset className={styles['week']}>
        <legend>{t('hours.weekdays')}</legend>
        {week.map((day) => (
          <label key={day} className={booking['check']}>
            <input
              type={isNew ? 'checkbox' : 'radio'}
              name="weekday"
              checked={fields.weekdays.includes(day)}
              onChange={({ currentTarget: { checked } }) => {
                const others = isNew ? fields.weekdays.filter((one) => one !== day) : [];
                change({ weekdays: checked ? [...others, day].toSorted((a, b) => a - b) : others });
              }}
            />
            {weekdayName(locale, day)}
          </label>
        ))}
      </fieldset>
      {fault === 'noDay' && <p role="alert">{t('hours.fault.noDay')}</p>}
      <div className={booking['pair']}>
        {input('startTime', 'time', ['noTime'])}
        {input('endTime', 'time', ['order'])}
        <PlaceFields value={fields} isPlaceMissing={fault === 'noPlace'} onChange={change} />
        {input('validFrom', 'date', [])}
        {input('validTo', 'date', ['validity'])}
        <TextInput
          type="number"
          min={0}
          label={t('hours.step')}
          description={t('hours.stepHint')}
          value={fields.stepMinutes}
          onChange={({ currentTarget: { value } }) => change({ stepMinutes: value })}
        />
        <TextInput
          type="number"
          min={0}
          label={t('hours.lead')}
          description={t('hours.leadHint')}
          value={fields.leadMinutes}
          onChange={({ currentTarget: { value } }) => change({ leadMinutes: value })}
        />
      </div>
      <div className={styles['buttons']}>
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
