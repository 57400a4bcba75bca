import { useTranslation } from 'react-i18next';
import { useClinicTime } from '../../ui/clinic-time.tsx';
import { EmptyState } from '../../ui/empty-state.tsx';
import { Failure } from '../../ui/failure.tsx';
import { MoreButton } from '../../ui/more-button.tsx';
import { Page } from '../../ui/page.tsx';
import { Patience } from '../../ui/patience.tsx';
import { Link } from '../../ui/router/link.tsx';
import { paths } from '../../ui/router/paths.ts';
import { stamp } from '../../ui/time.ts';
import styles from './assistant.module.css';
import { useConversations } from './use-assistant.ts';

/** The own conversations, the one written in last first. */
export function ConversationsPage() {
  const { t } = useTranslation('assistant');
  const newOne = (
    <Link to={paths.assistant} className={styles['offer']}>
      {t('newOne')}
    </Link>
  );
  return (
    <Page title={t('conversations')} actions={newOne}>
      <Conversations />
    </Page>
  );
}

function Conversations() {
  const { t } = useTranslation('assistant');
  const time = useClinicTime();
  const list = useConversations();
  const { items, error, isPending, refetch } = list;
  if (isPending) return <Patience text={t('listLoading')} onRetry={() => void refetch()} />;
  if (error !== null && items.length === 0) return <Failure error={error} onRetry={() => void refetch()} />;
  if (items.length === 0) return <EmptyState title={t('none')}>{t('noneText')}</EmptyState>;
  return (
    <>
      <ul className={`plain-list ${styles['list']}`}>
        {items.map(({ id, title, lastAt }) => (
          <li key={id}>
            <Link to={paths.conversation(id)} dir="auto">
              {title}
            </Link>
            <time className="dimmed" dateTime={lastAt}>
              {stamp(time, lastAt)}
            </time>
          </li>
        ))}
      </ul>
      <MoreButton list={list} />
    </>
  );
}
