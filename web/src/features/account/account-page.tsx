import '../../ui/i18n/account.ts';
import { Button } from '@mantine/core';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { LanguageChoice } from '../../ui/language-choice.tsx';
import { Notice } from '../../ui/notice.tsx';
import { Page } from '../../ui/page.tsx';
import { Link } from '../../ui/router/link.tsx';
import { paths } from '../../ui/router/paths.ts';
import { useUser } from '../auth/use-session.ts';
import { ResendLink } from '../entrance/resend-link.tsx';
import styles from './account.module.css';

interface CardProps {
  title: string;
  text: ReactNode;
  to: string;
  action: string;
}

function Card({ title, text, to, action }: CardProps) {
  return (
    <section className={styles['card']}>
      <div className={styles['words']}>
        <h2>{title}</h2>
        <p className="dimmed">{text}</p>
      </div>
      <Button component={Link} to={to} variant="default">
        {action}
      </Button>
    </section>
  );
}

/** What the own account is like, and the ways to change it, one a page. */
export function AccountPage() {
  const { t } = useTranslation('account');
  const { email, emailVerified, displayName, mfa, patientId, tenant } = useUser();
  return (
    <Page title={t('own.title')} lead={t('own.lead', { name: displayName, clinic: tenant.name })}>
      <div className="stack">
        {!emailVerified && (
          <Notice tone="warning" title={t('own.unconfirmed')}>
            <p>{t('own.unconfirmedText', { email })}</p>
            <ResendLink kind="verification" email={email} clinic={tenant.slug} />
          </Notice>
        )}
        <section className={styles['card']}>
          <div className={styles['words']}>
            <h2>{t('own.language')}</h2>
            <p className="dimmed">{t('own.languageText')}</p>
          </div>
          <LanguageChoice />
        </section>
        <Card title={t('own.email')} text={email} to={paths.accountEmail} action={t('own.changeEmail')} />
        <Card
          title={t('own.password')}
          text={t('own.passwordText')}
          to={paths.accountPassword}
          action={t('own.changePassword')}
        />
        <Card
          title={t('own.factor')}
          text={t(mfa.enabled ? 'own.factorOn' : 'own.factorOff')}
          to={paths.accountSecondFactor}
          action={t(mfa.enabled ? 'own.changeFactor' : 'own.setUpFactor')}
        />
        <Card
          title={t('own.signIns')}
          text={t('own.signInsText')}
          to={paths.accountSignIns}
          action={t('own.seeSignIns')}
        />
        {patientId !== null && (
          <Card
            title={t('own.payments')}
            text={t('own.paymentsText')}
            to={paths.payments}
            action={t('own.seePayments')}
          />
        )}
        {patientId !== null && (
          <Card
            title={t('own.messages')}
            text={t('own.messagesText')}
            to={paths.accountMessages}
            action={t('own.changeMessages')}
          />
        )}
      </div>
    </Page>
  );
}
