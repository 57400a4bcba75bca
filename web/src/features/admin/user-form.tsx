import { Button, TextInput } from '@mantine/core';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { type FormEvent, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { ClinicUser, UserChange } from '../../api/admin.ts';
import { useAnnounce } from '../../ui/announcer.tsx';
import { useFields } from '../../ui/form/use-fields.ts';
import { blames } from '../entrance/password-fault.ts';
import styles from './admin.module.css';
import { type ChosenRoles, RoleChoice } from './role-choice.tsx';
import { ToldFailure } from './told-failure.tsx';
import { useAdminApi } from './use-admin.ts';

function isSame(one: readonly string[], other: readonly string[]): boolean {
  return one.length === other.length && one.every((item) => other.includes(item));
}

/** Only what was changed is sent: somebody else may change the rest at the same time. */
function changeOf(user: ClinicUser, displayName: string, { roles, clinicRoleIds }: ChosenRoles): UserChange {
  const present = user.clinicRoles.map(({ id }) => id);
  return {
    ...(displayName === user.displayName ? {} : { displayName }),
    ...(isSame(roles, user.roles) ? {} : { roles }),
    ...(isSame(clinicRoleIds, present) ? {} : { clinicRoleIds }),
  };
}

/** The name and the roles. */
export function UserForm({ user }: { user: ClinicUser }) {
  const { t } = useTranslation('admin');
  const { t: account } = useTranslation('account');
  const admin = useAdminApi();
  const queries = useQueryClient();
  const announce = useAnnounce();
  const { values, form, field, refuse } = useFields({ displayName: user.displayName });
  const [chosen, setChosen] = useState<ChosenRoles>({
    roles: user.roles,
    clinicRoleIds: user.clinicRoles.map(({ id }) => id),
  });
  const displayName = values.displayName.trim();
  const change = changeOf(user, displayName, chosen);
  const isChanged = Object.keys(change).length > 0;
  const hasRole = chosen.roles.length + chosen.clinicRoleIds.length > 0;
  const saving = useMutation({
    mutationFn: (what: UserChange) => admin.changeUser(user.id, what),
    onSuccess(saved) {
      announce(t('user.saved'));
      queries.setQueryData(['admin', 'user', user.id], saved);
      void queries.invalidateQueries({ queryKey: ['admin'] });
    },
    onError: (error) => refuse({ displayName: blames(error, 'displayName') ? account('signUp.nameWrong') : undefined }),
  });

  function submit(event: FormEvent) {
    event.preventDefault();
    const isWrong = refuse({ displayName: displayName === '' ? t('newUser.nameMissing') : undefined });
    if (!isWrong && hasRole && isChanged && !saving.isPending) saving.mutate(change);
  }

  const words = { FORBIDDEN: t('user.tooMuch'), CONFLICT: t('user.lastAdmin') };
  return (
    <form ref={form} noValidate onSubmit={submit} className={styles['form']}>
      {saving.error !== null && <ToldFailure error={saving.error} words={words} />}
      <TextInput {...field('displayName')} size="md" label={t('user.name')} autoComplete="off" maxLength={200} />
      <RoleChoice chosen={chosen} error={hasRole ? undefined : t('newUser.roleMissing')} onChange={setChosen} />
      <div>
        <Button type="submit" size="md" disabled={!isChanged} loading={saving.isPending}>
          {t('user.save')}
        </Button>
      </div>
    </form>
  );
}
