import { Button, TextInput } from '@mantine/core';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { type FormEvent, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { ClinicRole, RoleChange, ScopeWords } from '../../api/admin.ts';
import { useAnnounce } from '../../ui/announcer.tsx';
import { useFields } from '../../ui/form/use-fields.ts';
import { paths } from '../../ui/router/paths.ts';
import { useGo } from '../../ui/router/router.tsx';
import { useUser } from '../auth/use-session.ts';
import styles from './admin.module.css';
import { AskedAction } from './asked-action.tsx';
import { keyOfName } from './role-key.ts';
import { ScopeChoice } from './scope-choice.tsx';
import { ToldFailure } from './told-failure.tsx';
import { useAdminApi } from './use-admin.ts';

interface RoleFormProps {
  /** Undefined for a new one. */
  role: ClinicRole | undefined;
  catalogue: readonly ScopeWords[];
}

export function RoleForm({ role, catalogue }: RoleFormProps) {
  const { t } = useTranslation('admin');
  const admin = useAdminApi();
  const own = useUser().scopes;
  const queries = useQueryClient();
  const announce = useAnnounce();
  const go = useGo();
  const { values, form, field, refuse } = useFields({ name: role?.name ?? '', description: role?.description ?? '' });
  const [scopes, setScopes] = useState<readonly string[]>(role?.scopes ?? []);
  const [scopesFault, setScopesFault] = useState<string>();
  const done = () => {
    announce(t('roles.saved'));
    void queries.invalidateQueries({ queryKey: ['admin'] });
    go(paths.roles);
  };
  const saving = useMutation({
    mutationFn: (change: RoleChange) =>
      role === undefined
        ? admin.createRole({ key: keyOfName(change.name), ...change })
        : admin.changeRole(role.id, change),
    onSuccess: done,
  });

  function submit(event: FormEvent) {
    event.preventDefault();
    const change = { name: values.name.trim(), description: values.description.trim(), scopes };
    setScopesFault(scopes.length === 0 ? t('scopes.missing') : undefined);
    const isWrong = refuse({ name: change.name === '' ? t('roles.nameMissing') : undefined });
    if (!isWrong && scopes.length > 0 && !saving.isPending) saving.mutate(change);
  }

  const words = {
    FORBIDDEN: t('roles.beyond'),
    ALREADY_EXISTS: t('roles.exists'),
    CONFLICT: t(role === undefined ? 'roles.tooMany' : 'roles.inUse'),
  };
  return (
    <>
      <form ref={form} noValidate onSubmit={submit} className={styles['form']}>
        {saving.error !== null && <ToldFailure error={saving.error} words={words} />}
        <TextInput {...field('name')} size="md" label={t('roles.name')} autoComplete="off" maxLength={100} />
        <TextInput
          {...field('description')}
          size="md"
          label={t('roles.description')}
          description={t('roles.descriptionHint')}
          autoComplete="off"
          maxLength={500}
        />
        <ScopeChoice
          legend={t('roles.scopes')}
          catalogue={catalogue}
          chosen={scopes}
          mayGive={({ scope, personal }) => personal || own.includes(scope)}
          error={scopesFault}
          onChange={setScopes}
        />
        <div>
          <Button type="submit" size="md" loading={saving.isPending}>
            {t(role === undefined ? 'roles.create' : 'user.save')}
          </Button>
        </div>
      </form>
      {role !== undefined && (
        <div>
          <AskedAction
            button={t('roles.remove')}
            title={t('roles.removeTitle', { name: role.name })}
            text={t(role.users > 0 ? 'roles.inUse' : 'roles.removeText')}
            yes={t('roles.remove')}
            no={t('user.keep')}
            words={words}
            act={() => admin.removeRole(role.id)}
            onDone={done}
          />
        </div>
      )}
    </>
  );
}
