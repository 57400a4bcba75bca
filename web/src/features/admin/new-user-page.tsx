import '../../ui/i18n/admin.ts';
import '../../ui/i18n/account.ts';
import { Button, TextInput } from '@mantine/core';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { type FormEvent, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { EmailField, looksLikeEmail } from '../../ui/form/email-field.tsx';
import { useFields } from '../../ui/form/use-fields.ts';
import { Link } from '../../ui/router/link.tsx';
import { paths } from '../../ui/router/paths.ts';
import { useGo } from '../../ui/router/router.tsx';
import { NewPassword } from '../entrance/new-password.tsx';
import { blames, usePasswordFault } from '../entrance/password-fault.ts';
import styles from './admin.module.css';
import { AdminPage } from './admin-page.tsx';
import { Check } from './check.tsx';
import { type ChosenRoles, RoleChoice } from './role-choice.tsx';
import { ToldFailure } from './told-failure.tsx';
import { useAdminApi } from './use-admin.ts';

/** Makes an account: invites the person by mail, or gives them a first password. */
export function NewUserPage() {
  const { t } = useTranslation('admin');
  const { t: account } = useTranslation('account');
  const admin = useAdminApi();
  const queries = useQueryClient();
  const go = useGo();
  const passwordFault = usePasswordFault();
  const { values, form, field, refuse } = useFields({ displayName: '', email: '', password: '' });
  const [chosen, setChosen] = useState<ChosenRoles>({ roles: [], clinicRoleIds: [] });
  const [rolesFault, setRolesFault] = useState<string>();
  const [isInvited, setInvited] = useState(true);
  const person = { email: values.email.trim(), displayName: values.displayName.trim() };
  const creating = useMutation({
    mutationFn: admin.createUser,
    onSuccess(user) {
      void queries.invalidateQueries({ queryKey: ['admin', 'users'] });
      go(paths.user(user.id), { replace: true });
    },
    onError(error) {
      const blamed = blames(error, 'password');
      // Without mail the first password is the only way in.
      if (blamed) setInvited(false);
      refuse({
        displayName: blames(error, 'displayName') ? account('signUp.nameWrong') : undefined,
        email: blames(error, 'email') ? t('newUser.emailWrong') : undefined,
        password: blamed ? (isInvited ? t('newUser.noMail') : account('rules.tooEasy')) : undefined,
      });
    },
  });

  function submit(event: FormEvent) {
    event.preventDefault();
    const hasRole = chosen.roles.length + chosen.clinicRoleIds.length > 0;
    setRolesFault(hasRole ? undefined : t('newUser.roleMissing'));
    const isWrong = refuse({
      displayName: person.displayName === '' ? t('newUser.nameMissing') : undefined,
      email: looksLikeEmail(person.email) ? undefined : t('newUser.emailWrong'),
      password: isInvited ? undefined : passwordFault(values.password, person),
    });
    if (isWrong || !hasRole || creating.isPending) return;
    creating.mutate({ ...person, ...chosen, ...(isInvited ? {} : { password: values.password }) });
  }

  const words = { ALREADY_EXISTS: t('newUser.exists'), FORBIDDEN: t('user.tooMuch') };
  return (
    <AdminPage title={t('newUser.title')} width="narrow">
      <form ref={form} noValidate onSubmit={submit} className={styles['form']}>
        {creating.error !== null && <ToldFailure error={creating.error} words={words} />}
        <TextInput {...field('displayName')} size="md" label={t('user.name')} autoComplete="off" maxLength={200} />
        <EmailField {...field('email')} label={t('user.email')} autoComplete="off" />
        <RoleChoice chosen={chosen} error={rolesFault} onChange={setChosen} />
        <fieldset className={styles['group']}>
          <legend>{t('newUser.firstTime')}</legend>
          <Check label={t('newUser.invite')} isOn={isInvited} onChange={setInvited}>
            {t('newUser.inviteAbout')}
          </Check>
          {!isInvited && (
            <>
              <p>{t('newUser.passwordAbout')}</p>
              <NewPassword {...field('password')} label={t('user.firstPassword')} owner={person} />
            </>
          )}
        </fieldset>
        <div className="row">
          <Button type="submit" size="md" loading={creating.isPending}>
            {t(isInvited ? 'newUser.submitInvite' : 'newUser.submit')}
          </Button>
          <Button component={Link} to={paths.users} variant="subtle">
            {t('newUser.cancel')}
          </Button>
        </div>
      </form>
    </AdminPage>
  );
}
