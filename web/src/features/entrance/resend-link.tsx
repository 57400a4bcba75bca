import { Button } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { Notice } from '../../ui/notice.tsx';
import { MailFailure } from './mail-failure.tsx';
import { type MailLink, useMailLink } from './use-mail-link.ts';

interface ResendLinkProps {
  kind: MailLink;
  email: string;
  clinic?: string | undefined;
}

/** Sends the mail once more, and says that it did. */
export function ResendLink({ kind, email, clinic }: ResendLinkProps) {
  const { t } = useTranslation('account');
  const sending = useMailLink(kind);
  return (
    <>
      {sending.isSuccess && (
        <Notice tone="good" live="status">
          <p>{t('checkMail.sentAgain', { email })}</p>
        </Notice>
      )}
      {sending.error !== null && <MailFailure error={sending.error} />}
      <Button variant="default" size="md" loading={sending.isPending} onClick={() => sending.mutate({ email, clinic })}>
        {t('checkMail.again')}
      </Button>
    </>
  );
}
