import '../../ui/i18n/billing.ts';
import '../../ui/i18n/pay.ts';
import type { PropsWithChildren, ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { Page } from '../../ui/page.tsx';
import { Link } from '../../ui/router/link.tsx';
import { paths } from '../../ui/router/paths.ts';
import { usePlace } from '../../ui/router/router.tsx';
import styles from '../admin/admin.module.css';
import { useUser } from '../auth/use-session.ts';

interface BillingFrameProps {
  title: string;
  lead?: ReactNode;
  actions?: ReactNode;
}

/** The frame of the clinic's books: all payments, and for who may the daily comparison. */
export function BillingFrame({ title, lead, actions, children }: PropsWithChildren<BillingFrameProps>) {
  const { t } = useTranslation('billing');
  const { scopes } = useUser();
  const { path } = usePlace();
  const isDays = path.startsWith(paths.billingDays);
  return (
    <>
      {scopes.includes('payments:reconcile') && (
        <nav aria-label={t('sections.label')} className={styles['sections']}>
          <Link to={paths.billing} data-here={!isDays || undefined}>
            {t('sections.all')}
          </Link>
          <Link to={paths.billingDays} data-here={isDays || undefined}>
            {t('sections.days')}
          </Link>
        </nav>
      )}
      <Page title={title} lead={lead} actions={actions} width="wide">
        <div className="stack">{children}</div>
      </Page>
    </>
  );
}
