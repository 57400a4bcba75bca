import '../../ui/i18n/account.ts';
import { useMutation } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { useServices } from '../../services.tsx';
import { Failure } from '../../ui/failure.tsx';
import { Page } from '../../ui/page.tsx';
import { useUser } from '../auth/use-session.ts';
import { PasswordForm } from './password-form.tsx';
import { SetUpFactor } from './set-up-factor.tsx';

/** In the place of every page, as long as the own account has to be set right first; then the page itself comes. */
export function HeldBackPage() {
  const { t } = useTranslation('account');
  const { session } = useServices();
  const { mustChangePassword } = useUser();
  const going = useMutation({ mutationFn: () => session.renew() });
  const goOn = () => going.mutate();
  const what = mustChangePassword ? 'password' : 'factor';
  return (
    <Page key={what} title={t(`heldBack.${what}.title`)} lead={t(`heldBack.${what}.lead`)}>
      {going.error !== null && <Failure error={going.error} onRetry={goOn} />}
      {mustChangePassword ? <PasswordForm onDone={goOn} /> : <SetUpFactor onDone={goOn} />}
    </Page>
  );
}
