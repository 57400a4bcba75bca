import { Button, NativeSelect, TextInput } from '@mantine/core';
import { useDebouncedCallback } from '@mantine/hooks';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { paymentStatuses } from '../../api/payments.ts';
import { DateSpan } from '../../ui/date-span.tsx';
import { FoldedFilters } from '../admin/folded-filters.tsx';
import { PersonSelect } from '../admin/person-select.tsx';
import { useAdminApi } from '../admin/use-admin.ts';
import { useUser } from '../auth/use-session.ts';
import { type BillingFilterValues, readAmount } from './billing-filters.ts';

interface BillingFiltersProps {
  values: BillingFilterValues;
  isFiltered: boolean;
  /** How many decimals an amount may have. */
  places: number;
  onChange: (change: Partial<BillingFilterValues>) => void;
  onReset: () => void;
}

interface AmountFieldProps {
  label: string;
  value: string;
  places: number;
  onChange: (value: string) => void;
}

function AmountField({ label, value, places, onChange }: AmountFieldProps) {
  const { t } = useTranslation('billing');
  const [text, setText] = useState(value);
  const tell = useDebouncedCallback(onChange, 400);
  const isGood = (typed: string) => typed === '' || readAmount(typed, places) !== null;
  return (
    <TextInput
      label={label}
      value={text}
      inputMode="decimal"
      autoComplete="off"
      error={isGood(text) ? undefined : t('amountWrong')}
      onChange={({ currentTarget: { value: typed } }) => {
        setText(typed);
        if (isGood(typed)) tell(typed.trim());
      }}
    />
  );
}

/** Which state, whose, when, how much. */
export function BillingFilters({ values, isFiltered, places, onChange, onReset }: BillingFiltersProps) {
  const { t } = useTranslation('billing');
  const { t: pay } = useTranslation('pay');
  const { t: admin } = useTranslation('admin');
  const people = useAdminApi();
  const { scopes } = useUser();
  const [resets, setResets] = useState(0);
  const amount = (name: 'min' | 'max') => (
    <AmountField
      key={`${name}-${resets}`}
      label={t(name)}
      value={values[name]}
      places={places}
      onChange={(value) => onChange({ [name]: value })}
    />
  );
  return (
    <FoldedFilters label={t('filters')} isFiltered={isFiltered}>
      <NativeSelect
        label={t('state')}
        value={values.state}
        data={[
          { value: '', label: t('anyState') },
          ...paymentStatuses.map((value) => ({ value, label: pay(`state.${value}`) })),
        ]}
        onChange={(event) => onChange({ state: event.currentTarget.value })}
      />
      {scopes.includes('patients:read') && (
        <PersonSelect
          key={`whose-${resets}`}
          kind="patients"
          label={t('patient')}
          value={values.whose}
          onChange={(whose) => onChange({ whose })}
          search={people.patients}
          find={people.patient}
        />
      )}
      <DateSpan labels={{ from: t('from'), to: t('to') }} values={values} onChange={onChange} />
      {amount('min')}
      {amount('max')}
      <Button
        variant="default"
        disabled={!isFiltered}
        onClick={() => {
          setResets(resets + 1);
          onReset();
        }}
      >
        {admin('filters.reset')}
      </Button>
    </FoldedFilters>
  );
}
