import { type PropsWithChildren, useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useServices } from '../../services.tsx';
import { ClinicTimeProvider } from '../../ui/clinic-time.tsx';
import { Failure } from '../../ui/failure.tsx';
import { Patience } from '../../ui/patience.tsx';
import { signInThen } from '../../ui/router/paths.ts';
import { useGo, usePlace } from '../../ui/router/router.tsx';
import { useSessionState } from './use-session.ts';

/** Finds the sign-in of an earlier visit to the page; says how that goes. */
function Restore() {
  const { t } = useTranslation();
  const { session } = useServices();
  const [failure, setFailure] = useState<unknown>(null);
  useEffect(() => {
    session.restore().catch(setFailure);
  }, [session]);
  function again() {
    setFailure(null);
    session.restore().catch(setFailure);
  }
  return (
    <main className="alone">
      {failure === null ? (
        <Patience text={t('wait.moment')} onRetry={() => window.location.reload()} />
      ) : (
        <Failure error={failure} onRetry={again} />
      )}
    </main>
  );
}

function ToSignIn() {
  const go = useGo();
  const { path, search } = usePlace();
  useEffect(() => go(signInThen(path + search), { replace: true }), [go, path, search]);
  return null;
}

/** Shows its pages to people who are signed in, with the clinic's clock; sends everybody else to the sign-in. */
export function SignedInOnly({ children }: PropsWithChildren) {
  const state = useSessionState();
  if (state.status === 'unknown') return <Restore />;
  if (state.status === 'signed-out') return <ToSignIn />;
  const { timeZone, locale } = state.user.tenant;
  return (
    <ClinicTimeProvider timeZone={timeZone} locale={locale}>
      {children}
    </ClinicTimeProvider>
  );
}
