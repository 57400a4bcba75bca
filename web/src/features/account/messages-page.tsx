import '../../ui/i18n/account.ts';
import { Button, NativeSelect } from '@mantine/core';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import type { FormEvent } from 'react';
import { useTranslation } from 'react-i18next';
import type { Preferences } from '../../../../src/scheduling/appointments/schema.ts';
import { Failure } from '../../ui/failure.tsx';
import { NotFoundPage } from '../../ui/not-found-page.tsx';
import { Notice } from '../../ui/notice.tsx';
import { Page } from '../../ui/page.tsx';
import { Patience } from '../../ui/patience.tsx';
import { useUser } from '../auth/use-session.ts';
import { useLanguageName } from '../booking/use-language-name.ts';
import styles from './account.module.css';
import { BackToAccount } from './back-link.tsx';
import { useAccountApi } from './use-account.ts';

const languages = ['en', 'es', 'hi'] as const satisfies readonly Preferences['language'][];

/** In which language a patient is written to, and whether they are reminded of their visits. */
export function MessagesPage() {
  const { patientId } = useUser();
  return patientId === null ? <NotFoundPage /> : <OwnMessages patientId={patientId} />;
}

function OwnMessages({ patientId }: { patientId: string }) {
  const { t } = useTranslation('account');
  const account = useAccountApi();
  const queries = useQueryClient();
  const key = ['preferences', patientId];
  const kept = useQuery({ queryKey: key, queryFn: ({ signal }) => account.preferences(patientId, signal) });
  const retry = () => void kept.refetch();
  const keeping = useMutation({
    mutationFn: (wanted: Preferences) => account.setPreferences(patientId, wanted),
    onSuccess: (answer) => queries.setQueryData(key, answer),
  });
  return (
    <Page title={t('messages.title')} lead={t('messages.lead')}>
      <div className="stack">
        {kept.error !== null && <Failure error={kept.error} onRetry={retry} />}
        {kept.isPending && kept.error === null && <Patience text={t('messages.loading')} onRetry={retry} />}
        {keeping.error !== null && <Failure error={keeping.error} />}
        {keeping.isSuccess && (
          <Notice tone="good" live="status">
            <p>{t('messages.kept')}</p>
          </Notice>
        )}
        {kept.isSuccess && (
          <MessagesForm
            preferences={kept.data}
            isBusy={keeping.isPending}
            onKeep={(wanted) => keeping.mutate(wanted)}
          />
        )}
      </div>
      <BackToAccount />
    </Page>
  );
}

interface MessagesFormProps {
  preferences: Preferences;
  isBusy: boolean;
  onKeep: (wanted: Preferences) => void;
}

function MessagesForm({ preferences, isBusy, onKeep }: MessagesFormProps) {
  const { t } = useTranslation('account');
  const languageName = useLanguageName();

  function submit(event: FormEvent<HTMLFormElement>) {
    event.preventDefault();
    const values = new FormData(event.currentTarget);
    const language = languages.find((one) => one === values.get('language')) ?? null;
    if (!isBusy) onKeep({ language, reminderChannel: values.get('reminders') === 'none' ? 'none' : 'mail' });
  }

  return (
    <form onSubmit={submit} className={styles['form']}>
      <NativeSelect
        name="language"
        label={t('messages.language')}
        defaultValue={preferences.language ?? ''}
        data={[
          { value: '', label: t('messages.clinics') },
          ...languages.map((one) => ({ value: one, label: languageName(one) })),
        ]}
      />
      <NativeSelect
        name="reminders"
        label={t('messages.reminders')}
        description={t('messages.remindersText')}
        defaultValue={preferences.reminderChannel}
        data={[
          { value: 'mail', label: t('messages.mail') },
          { value: 'none', label: t('messages.none') },
        ]}
      />
      <Button type="submit" size="md" loading={isBusy}>
        {t('messages.submit')}
      </Button>
    </form>
  );
}
