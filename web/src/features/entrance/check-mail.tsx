import { useTranslation } from 'react-i18next';
import { Entrance } from '../../ui/entrance.tsx';
import { Link } from '../../ui/router/link.tsx';
import { atClinic, paths } from '../../ui/router/paths.ts';
import { ResendLink } from './resend-link.tsx';
import type { MailLink } from './use-mail-link.ts';

/** The way goes on in their mail. */
export function CheckMail({ kind, email, clinic }: { kind: MailLink; email: string; clinic: string }) {
  const { t } = useTranslation('account');
  return (
    <Entrance title={t('checkMail.title')} lead={t(`checkMail.${kind}`, { email })}>
      <p>{t('checkMail.nothing')}</p>
      <ResendLink kind={kind} email={email} clinic={clinic} />
      <p>
        <Link to={atClinic(paths.signIn, clinic)}>{t('checkMail.signIn')}</Link>
      </p>
    </Entrance>
  );
}
