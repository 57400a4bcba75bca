import { Button } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { AssistantState } from '../../api/assistant.ts';
import { ConfirmDialog } from '../../ui/confirm-dialog.tsx';
import { Failure } from '../../ui/failure.tsx';
import { Notice } from '../../ui/notice.tsx';
import { Page } from '../../ui/page.tsx';
import { Patience } from '../../ui/patience.tsx';
import { Link } from '../../ui/router/link.tsx';
import type { Params } from '../../ui/router/match.ts';
import { paths } from '../../ui/router/paths.ts';
import { useGo } from '../../ui/router/router.tsx';
import { useUser } from '../auth/use-session.ts';
import styles from './assistant.module.css';
import { Composer } from './composer.tsx';
import { silence, type Talk, talkOf } from './talk.ts';
import { Thread } from './thread.tsx';
import { useAssistantState, useConversation, useRemoveConversation, useTalk } from './use-assistant.ts';

/** A conversation with the assistant: a new one, or the one that the address names. */
export function AssistantPage({ params }: { params: Params }) {
  const { t } = useTranslation('assistant');
  const user = useUser();
  const { data: state, error, refetch } = useAssistantState();
  const id = params['conversationId'];
  const actions = (
    <div className="row">
      <Link to={paths.conversations}>{t('back')}</Link>
      {id !== undefined && <RemoveConversation id={id} />}
    </div>
  );
  return (
    <Page title={t('title')} lead={user.patientId === null ? t('leadStaff') : t('lead')} actions={actions}>
      {state === undefined && error === null && <Patience text={t('loading')} onRetry={() => void refetch()} />}
      {state === undefined && error !== null && <Failure error={error} onRetry={() => void refetch()} />}
      {state !== undefined && <Ground state={state} id={id} />}
    </Page>
  );
}

function Ground({ state, id }: { state: AssistantState; id: string | undefined }) {
  const { t } = useTranslation('assistant');
  return (
    <div className={styles['ground']}>
      <p className={styles['hint']}>
        {t('emergencyHint', { number: state.emergencyNumber })}{' '}
        <a href={`tel:${state.emergencyNumber.replaceAll(' ', '')}`}>
          {t('emergency.call', { number: state.emergencyNumber })}
        </a>
      </p>
      {!state.isConfigured && (
        <Notice tone="plain" title={t('notConfigured')}>
          <p>{t('notConfiguredText')}</p>
        </Notice>
      )}
      {id === undefined ? <Conversation first={silence} state={state} /> : <Earlier key={id} id={id} state={state} />}
    </div>
  );
}

function Earlier({ id, state }: { id: string; state: AssistantState }) {
  const { t } = useTranslation('assistant');
  const { data, error, refetch } = useConversation(id);
  if (data !== undefined) return <Conversation first={talkOf(data, state.emergencyNumber)} state={state} />;
  if (error !== null) return <Failure error={error} onRetry={() => void refetch()} />;
  return <Patience text={t('loading')} onRetry={() => void refetch()} />;
}

function Conversation({ first, state }: { first: Talk; state: AssistantState }) {
  const { t } = useTranslation('assistant');
  const { patientId, roles } = useUser();
  const { talk, ask, stop, answer } = useTalk(first);
  const hasOwn = patientId !== null || roles.includes('doctor');
  const suggestions = state.isConfigured
    ? [t('suggestion.free'), ...(hasOwn ? [t('suggestion.mine')] : []), t('suggestion.prices'), t('suggestion.where')]
    : [];
  return (
    <>
      <Thread talk={talk} ask={ask} answer={answer} suggestions={suggestions} />
      <Composer longest={state.longestMessage} isBusy={talk.pending !== null} onAsk={ask} onStop={stop} />
    </>
  );
}

function RemoveConversation({ id }: { id: string }) {
  const { t } = useTranslation('assistant');
  const go = useGo();
  const [isOpen, setOpen] = useState(false);
  const remove = useRemoveConversation(() => go(paths.conversations));
  return (
    <>
      <Button variant="default" onClick={() => setOpen(true)}>
        {t('delete')}
      </Button>
      <ConfirmDialog
        isOpen={isOpen}
        title={t('deleteTitle')}
        yes={t('deleteYes')}
        no={t('deleteNo')}
        isGrave
        isBusy={remove.isPending}
        onYes={() => remove.mutate(id)}
        onNo={() => setOpen(false)}
      >
        <p>{t('deleteText')}</p>
        {remove.error !== null && <Failure error={remove.error} />}
      </ConfirmDialog>
    </>
  );
}
