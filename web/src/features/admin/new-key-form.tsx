import { Button, NativeSelect, TextInput } from '@mantine/core';
import { useMutation } from '@tanstack/react-query';
import { type FormEvent, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { ApiKey } from '../../api/admin.ts';
import { useFields } from '../../ui/form/use-fields.ts';
import { useUser } from '../auth/use-session.ts';
import styles from './admin.module.css';
import { ScopeChoice } from './scope-choice.tsx';
import { ToldFailure } from './told-failure.tsx';
import { useAdminApi } from './use-admin.ts';
import { useRoles } from './use-roles.ts';

interface NewKeyFormProps {
  onMade: (made: ApiKey & { key: string }) => void;
  onCancel: () => void;
}

/** Days; the server takes a year at most. */
const lives = [30, 90, 180, 364] as const;
const dayMs = 86_400_000;

export function NewKeyForm({ onMade, onCancel }: NewKeyFormProps) {
  const { t } = useTranslation('admin');
  const admin = useAdminApi();
  const own = useUser().scopes;
  const known = useRoles().data?.scopes;
  const { values, form, field, refuse } = useFields({ name: '' });
  const [days, setDays] = useState<number>(90);
  const [scopes, setScopes] = useState<readonly string[]>([]);
  const [scopesFault, setScopesFault] = useState<string>();
  const making = useMutation({ mutationFn: admin.createApiKey, onSuccess: onMade });
  // Whoever may not read the catalogue chooses by the names of what they have.
  const catalogue = known ?? own.map((scope) => ({ scope, description: scope, personal: false }));

  function submit(event: FormEvent) {
    event.preventDefault();
    const name = values.name.trim();
    setScopesFault(scopes.length === 0 ? t('scopes.missing') : undefined);
    const isWrong = refuse({ name: name === '' ? t('keys.nameMissing') : undefined });
    if (isWrong || scopes.length === 0 || making.isPending) return;
    making.mutate({ name, scopes, expiresAt: new Date(Date.now() + days * dayMs).toISOString() });
  }

  return (
    <form ref={form} noValidate onSubmit={submit} className={styles['form']}>
      {making.error !== null && <ToldFailure error={making.error} words={{ FORBIDDEN: t('keys.beyond') }} />}
      <TextInput
        {...field('name')}
        size="md"
        label={t('keys.name')}
        description={t('keys.nameHint')}
        autoComplete="off"
        maxLength={100}
      />
      <NativeSelect
        size="md"
        label={t('keys.life')}
        value={String(days)}
        data={lives.map((value) => ({ value: String(value), label: t('keys.days', { count: value }) }))}
        onChange={(event) => setDays(Number(event.currentTarget.value))}
      />
      <ScopeChoice
        legend={t('keys.scopes')}
        catalogue={catalogue.filter(({ personal }) => !personal)}
        chosen={scopes}
        mayGive={({ scope }) => own.includes(scope)}
        error={scopesFault}
        onChange={setScopes}
      />
      <div className="row">
        <Button type="submit" size="md" loading={making.isPending}>
          {t('keys.create')}
        </Button>
        <Button variant="subtle" onClick={onCancel}>
          {t('newUser.cancel')}
        </Button>
      </div>
    </form>
  );
}
