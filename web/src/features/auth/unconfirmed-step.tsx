import '../../ui/i18n/account.ts';
import { Button } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { Entrance } from '../../ui/entrance.tsx';
import { ResendLink } from '../entrance/resend-link.tsx';

interface UnconfirmedStepProps {
  email: string;
  clinic: string | undefined;
  onBack: () => void;
}

/** The password is right, and the address is to be confirmed first. */
export function UnconfirmedStep({ email, clinic, onBack }: UnconfirmedStepProps) {
  const { t } = useTranslation('account');
  return (
    <Entrance title={t('unconfirmed.title')} lead={t('unconfirmed.lead', { email })}>
      <ResendLink kind="verification" email={email} clinic={clinic} />
      <Button variant="subtle" onClick={onBack}>
        {t('code.back')}
      </Button>
    </Entrance>
  );
}
