import { Button, NativeSelect, TextInput } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { endReasons, meetingStatuses } from '../../api/meetings.ts';
import { type Filters, isFiltered } from './filters.ts';
import styles from './history.module.css';
import type { People } from './use-history.ts';

interface FilterFormProps {
  filters: Filters;
  people: People;
  /** Doctors see their own visits only. */
  withDoctors: boolean;
  onChange: (change: Partial<Filters>) => void;
  onReset: () => void;
}

interface PersonFilterProps {
  label: string;
  any: string;
  people: Readonly<Record<string, string>>;
  value: string | null;
  onChange: (id: string | null) => void;
}

/** Somebody who has been on the screen; an id from a link is offered too, before its name is known. */
function PersonFilter({ label, any, people, value, onChange }: PersonFilterProps) {
  const { t } = useTranslation('staff');
  const known = Object.entries(people).toSorted(([, a], [, b]) => a.localeCompare(b));
  const isUnknown = value !== null && people[value] === undefined;
  const data = [
    { value: '', label: any },
    ...(isUnknown ? [{ value, label: t('history.unknown', { id: value.slice(-4) }) }] : []),
    ...known.map(([id, name]) => ({ value: id, label: name })),
  ];
  return (
    <NativeSelect
      label={label}
      data={data}
      value={value ?? ''}
      onChange={(event) => onChange(event.currentTarget.value === '' ? null : event.currentTarget.value)}
    />
  );
}

/** On a phone the filters are folded, or they would take the whole screen. */
function hasRoom(): boolean {
  return window.matchMedia('(min-width: 48em)').matches;
}

/** Every filter at once; each change is in the address bar at once. */
export function FilterForm({ filters, people, withDoctors, onChange, onReset }: FilterFormProps) {
  const [isOpenAtFirst] = useState(hasRoom);
  const { t } = useTranslation('staff');
  return (
    <search aria-label={t('history.filters')}>
      <details className={styles['filters']} open={isOpenAtFirst}>
        <summary>{t(isFiltered(filters) ? 'history.filtersInUse' : 'history.filters')}</summary>
        <div className={styles['fields']}>
          <NativeSelect
            label={t('history.status')}
            value={filters.status ?? ''}
            data={[
              { value: '', label: t('history.anyStatus') },
              ...meetingStatuses.map((value) => ({ value, label: t(`history.states.${value}`) })),
            ]}
            onChange={({ currentTarget: { value } }) =>
              onChange({ status: meetingStatuses.find((one) => one === value) ?? null })
            }
          />
          {withDoctors && (
            <PersonFilter
              label={t('history.doctor')}
              any={t('history.anyDoctor')}
              people={people.doctors}
              value={filters.doctorId}
              onChange={(doctorId) => onChange({ doctorId })}
            />
          )}
          <PersonFilter
            label={t('history.patient')}
            any={t('history.anyPatient')}
            people={people.patients}
            value={filters.patientId}
            onChange={(patientId) => onChange({ patientId })}
          />
          <TextInput
            type="date"
            label={t('history.from')}
            value={filters.from ?? ''}
            max={filters.to ?? undefined}
            onChange={({ currentTarget: { value } }) => onChange({ from: value === '' ? null : value })}
          />
          <TextInput
            type="date"
            label={t('history.to')}
            value={filters.to ?? ''}
            min={filters.from ?? undefined}
            onChange={({ currentTarget: { value } }) => onChange({ to: value === '' ? null : value })}
          />
          <NativeSelect
            label={t('history.endReason')}
            value={filters.endReason ?? ''}
            data={[
              { value: '', label: t('history.anyReason') },
              ...endReasons.map((value) => ({ value, label: t(`outcome.${value}`) })),
            ]}
            onChange={({ currentTarget: { value } }) =>
              onChange({ endReason: endReasons.find((one) => one === value) ?? null })
            }
          />
          <TextInput
            type="number"
            min={0}
            step={1}
            inputMode="numeric"
            label={t('history.minMinutes')}
            value={filters.minMinutes ?? ''}
            onChange={({ currentTarget: { value } }) => onChange({ minMinutes: Math.floor(Number(value)) || null })}
          />
          <Button variant="default" disabled={!isFiltered(filters)} onClick={onReset}>
            {t('history.reset')}
          </Button>
        </div>
      </details>
    </search>
  );
}
