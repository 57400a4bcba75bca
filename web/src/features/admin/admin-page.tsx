import '../../ui/i18n/admin.ts';
import type { PropsWithChildren, ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { Page } from '../../ui/page.tsx';
import { Link } from '../../ui/router/link.tsx';
import { usePlace } from '../../ui/router/router.tsx';
import { sectionsOf } from '../../ui/router/sections.ts';
import { useUser } from '../auth/use-session.ts';
import styles from './admin.module.css';

interface AdminPageProps {
  title: string;
  lead?: ReactNode;
  actions?: ReactNode;
  width?: 'narrow' | 'wide';
}

/** The frame of the administration: its parts, as far as the person may see them, and one of them. */
export function AdminPage({ title, lead, actions, width = 'wide', children }: PropsWithChildren<AdminPageProps>) {
  const { t } = useTranslation('admin');
  const sections = sectionsOf(useUser());
  const { path: here } = usePlace();
  return (
    <>
      {sections.length > 1 && (
        <nav aria-label={t('sections.label')} className={styles['sections']}>
          {sections.map(({ name, path }) => (
            <Link key={name} to={path} data-here={here.startsWith(path) || undefined}>
              {t(`sections.${name}`)}
            </Link>
          ))}
        </nav>
      )}
      <Page title={title} lead={lead} actions={actions} width={width}>
        <div className="stack">{children}</div>
      </Page>
    </>
  );
}
