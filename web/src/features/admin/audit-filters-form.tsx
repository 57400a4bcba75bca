import { Button, NativeSelect, TextInput } from '@mantine/core';
import { useDebouncedCallback } from '@mantine/hooks';
import { useId, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { auditResults } from '../../api/admin.ts';
import { DateSpan } from '../../ui/date-span.tsx';
import { useUser } from '../auth/use-session.ts';
import { type AuditFilterValues, actionForm } from './audit-filters.ts';
import { FoldedFilters } from './folded-filters.tsx';
import { PersonSelect } from './person-select.tsx';
import { useAdminApi } from './use-admin.ts';

interface AuditFiltersProps {
  values: AuditFilterValues;
  isFiltered: boolean;
  /** Actions that have been on the screen: what the field proposes. */
  actions: readonly string[];
  onChange: (change: Partial<AuditFilterValues>) => void;
  onReset: () => void;
}

function ActionField({
  value,
  actions,
  onChange,
}: {
  value: string;
  actions: readonly string[];
  onChange: (value: string) => void;
}) {
  const { t } = useTranslation('admin');
  const [text, setText] = useState(value);
  const tell = useDebouncedCallback(onChange, 400);
  const list = useId();
  const isWrong = text !== '' && !actionForm.test(text);
  return (
    <>
      <TextInput
        label={t('audit.action')}
        placeholder="meeting.read"
        value={text}
        list={list}
        autoComplete="off"
        spellCheck={false}
        error={isWrong ? t('audit.actionWrong') : undefined}
        onChange={({ currentTarget: { value: typed } }) => {
          setText(typed);
          if (typed === '' || actionForm.test(typed)) tell(typed);
        }}
      />
      <datalist id={list}>
        {actions.map((action) => (
          <option key={action}>{action}</option>
        ))}
      </datalist>
    </>
  );
}

/** Who, whose, what, how it went, when. */
export function AuditFilters({ values, isFiltered, actions, onChange, onReset }: AuditFiltersProps) {
  const { t } = useTranslation('admin');
  const admin = useAdminApi();
  const { scopes } = useUser();
  const [resets, setResets] = useState(0);
  return (
    <FoldedFilters label={t('audit.filters')} isFiltered={isFiltered}>
      {scopes.includes('users:read') && (
        <PersonSelect
          key={`who-${resets}`}
          kind="users"
          label={t('audit.who')}
          value={values.who}
          onChange={(who) => onChange({ who })}
          search={async (q, signal) =>
            (await admin.users({ q, limit: 20 }, undefined, signal)).items.map((one) => ({
              id: one.id,
              name: one.displayName,
            }))
          }
          find={async (id, signal) => ({ id, name: (await admin.user(id, signal)).displayName })}
        />
      )}
      {scopes.includes('patients:read') && (
        <PersonSelect
          key={`whose-${resets}`}
          kind="patients"
          label={t('audit.whose')}
          value={values.whose}
          onChange={(whose) => onChange({ whose })}
          search={admin.patients}
          find={admin.patient}
        />
      )}
      <ActionField
        key={`action-${resets}`}
        value={values.action}
        actions={actions}
        onChange={(action) => onChange({ action })}
      />
      <NativeSelect
        label={t('audit.result')}
        value={values.result}
        data={[
          { value: '', label: t('audit.anyResult') },
          ...auditResults.map((value) => ({ value, label: t(`result.${value}`) })),
        ]}
        onChange={(event) => onChange({ result: event.currentTarget.value })}
      />
      <DateSpan labels={{ from: t('audit.from'), to: t('audit.to') }} values={values} onChange={onChange} />
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
