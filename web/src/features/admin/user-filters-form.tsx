import { Button, NativeSelect } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { builtInRoles } from '../../api/admin.ts';
import { FoldedFilters } from './folded-filters.tsx';
import { SearchField } from './search-field.tsx';
import { useRoles } from './use-roles.ts';
import type { UserFilterValues } from './user-filters.ts';

interface UserFiltersProps {
  values: UserFilterValues;
  isFiltered: boolean;
  onChange: (change: Partial<UserFilterValues>) => void;
  onReset: () => void;
}

/** Each change is in the address bar at once. */
export function UserFilters({ values, isFiltered, onChange, onReset }: UserFiltersProps) {
  const { t } = useTranslation('admin');
  const [resets, setResets] = useState(0);
  const own = useRoles().data?.items ?? [];
  return (
    <FoldedFilters label={t('users.filters')} isFiltered={isFiltered}>
      <SearchField key={resets} label={t('users.search')} value={values.q} onChange={(q) => onChange({ q })} />
      <NativeSelect
        label={t('users.role')}
        value={values.role === '' ? values.clinicRole : values.role}
        data={[
          { value: '', label: t('users.anyRole') },
          ...builtInRoles.map((value) => ({ value, label: t(`role.${value}`) })),
          ...own.map(({ id, name }) => ({ value: id, label: name })),
        ]}
        onChange={({ currentTarget: { value } }) => {
          const isBuiltIn = builtInRoles.some((one) => one === value);
          onChange({ role: isBuiltIn ? value : '', clinicRole: isBuiltIn ? '' : value });
        }}
      />
      <NativeSelect
        label={t('users.state')}
        value={values.active}
        data={[
          { value: '', label: t('users.anyState') },
          { value: 'true', label: t('users.onlyActive') },
          { value: 'false', label: t('users.onlyOff') },
        ]}
        onChange={(event) => onChange({ active: event.currentTarget.value })}
      />
      <Button
        variant="default"
        disabled={!isFiltered}
        onClick={() => {
          setResets(resets + 1);
          onReset();
        }}
      >
        {t('filters.reset')}
      </Button>
    </FoldedFilters>
  );
}
