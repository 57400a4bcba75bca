import '../../ui/i18n/planning.ts';
import '../../ui/i18n/scheduling.ts';
import type { PropsWithChildren, ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { isDoctor, type User } from '../../api/user.ts';
import { Page } from '../../ui/page.tsx';
import { Link } from '../../ui/router/link.tsx';
import { paths } from '../../ui/router/paths.ts';
import { useUser } from '../auth/use-session.ts';
import styles from './planning.module.css';

/** Whether they plan for everybody. */
export const isDesk = (user: User) => user.scopes.includes('appointments:manage');

interface PlanningPageProps {
  title: string;
  lead?: ReactNode;
  actions?: ReactNode;
}

function Tabs() {
  const { t } = useTranslation('planning');
  const user = useUser();
  const has = (scope: string) => user.scopes.includes(scope);
  const tabs: [string, string, boolean][] = [
    [paths.calendar, t('tabs.calendar'), true],
    [paths.arrivals, t('tabs.arrivals'), true],
    [paths.waitingRooms, t('tabs.waitingRooms'), has('meetings:read-all')],
    [paths.waitlist, t('tabs.waitlist'), isDesk(user)],
    [paths.patients, t('tabs.patients'), has('patients:write')],
    [paths.hours, t('tabs.hours'), isDoctor(user) || has('availability:write-all')],
    [paths.doctors, t('tabs.doctors'), has('directory:write')],
    [paths.services, t('tabs.services'), has('directory:write') || has('catalog:write')],
    [paths.places, t('tabs.places'), has('directory:write')],
  ];
  return (
    <nav aria-label={t('tabs.label')} className={styles['tabs']}>
      {tabs.map(([to, name, isShown]) =>
        isShown ? (
          <Link key={to} to={to}>
            {name}
          </Link>
        ) : null,
      )}
    </nav>
  );
}

/** The frame of all pages with which a clinic plans: the ways between them, then the page. */
export function PlanningPage({ title, lead, actions, children }: PropsWithChildren<PlanningPageProps>) {
  return (
    <>
      <Tabs />
      <Page title={title} lead={lead} actions={actions} width="wide">
        {children}
      </Page>
    </>
  );
}
