import '../../ui/form/select-styles.ts';
import { Select } from '@mantine/core';
import { useDebouncedValue } from '@mantine/hooks';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Named } from '../../api/admin.ts';

interface PersonSelectProps {
  label: string;
  /** Tells the searches of two fields apart. */
  kind: string;
  value: string;
  onChange: (id: string) => void;
  search: (text: string, signal: AbortSignal) => Promise<Named[]>;
  find: (id: string, signal: AbortSignal) => Promise<Named>;
}

/** Somebody by name, looked for on the server while it is typed; an id from a link is shown by its name too. */
export function PersonSelect({ label, kind, value, onChange, search, find }: PersonSelectProps) {
  const { t } = useTranslation('admin');
  const [text, setText] = useState('');
  const [wanted] = useDebouncedValue(text.trim(), 300);
  const chosen = useQuery({
    queryKey: ['admin', 'person', kind, value],
    queryFn: ({ signal }) => find(value, signal),
    enabled: value !== '',
    staleTime: 300_000,
  });
  const isName = wanted === chosen.data?.name;
  const found = useQuery({
    queryKey: ['admin', 'people', kind, wanted],
    queryFn: ({ signal }) => search(wanted, signal),
    enabled: wanted !== '' && !isName,
    staleTime: 60_000,
  });
  const shown = value === '' ? [] : [{ value, label: chosen.data?.name ?? t('audit.oneId', { id: value.slice(-4) }) }];
  const others = (found.data ?? [])
    .filter(({ id }) => id !== value)
    .map(({ id, name }) => ({ value: id, label: name }));
  return (
    <Select
      searchable
      clearable
      label={label}
      placeholder={t('audit.typeName')}
      data={[...shown, ...others]}
      value={value === '' ? null : value}
      searchValue={text}
      onSearchChange={setText}
      // The server has looked already, and its way of comparing names is kinder.
      filter={({ options }) => options}
      nothingFoundMessage={
        wanted === '' ? t('audit.typeName') : found.isFetching ? t('audit.looking') : t('audit.nobody')
      }
      comboboxProps={{ withinPortal: false }}
      clearButtonProps={{ 'aria-label': t('audit.anybody') }}
      onChange={(id) => onChange(id ?? '')}
    />
  );
}
