import { Button, NativeSelect } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { exchangeAudiences, exchangeKinds } from '../../api/exchanges.ts';
import { DateSpan } from '../../ui/date-span.tsx';
import type { ExchangeFilterValues } from './exchange-filters.ts';
import { FoldedFilters } from './folded-filters.tsx';

interface ExchangeFiltersProps {
  values: ExchangeFilterValues;
  isFiltered: boolean;
  onChange: (change: Partial<ExchangeFilterValues>) => void;
  onReset: () => void;
}

/** When, as whom, what it came to. */
export function ExchangeFilters({ values, isFiltered, onChange, onReset }: ExchangeFiltersProps) {
  const { t } = useTranslation('exchanges');
  const { t: admin } = useTranslation('admin');
  return (
    <FoldedFilters label={t('filters')} isFiltered={isFiltered}>
      <DateSpan labels={{ from: t('from'), to: t('to') }} values={values} onChange={onChange} />
      <NativeSelect
        label={t('role')}
        value={values.role}
        data={[
          { value: '', label: t('anyRole') },
          ...exchangeAudiences.map((value) => ({ value, label: t(`roles.${value}`) })),
        ]}
        onChange={(event) => onChange({ role: event.currentTarget.value })}
      />
      <NativeSelect
        label={t('kind')}
        value={values.kind}
        data={[
          { value: '', label: t('anyKind') },
          ...exchangeKinds.map((value) => ({ value, label: t(`kinds.${value}`) })),
        ]}
        onChange={(event) => onChange({ kind: event.currentTarget.value })}
      />
      <Button variant="default" disabled={!isFiltered} onClick={onReset}>
        {admin('filters.reset')}
      </Button>
    </FoldedFilters>
  );
}
