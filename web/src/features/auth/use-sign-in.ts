import { useState } from 'react';
import { ApiError } from '../../api/problem.ts';
import type { Credentials } from '../../api/session.ts';
import { useServices } from '../../services.tsx';

/** What the server still wants before it lets them in. */
export type SignInStep = 'password' | 'code' | 'unconfirmed';

function stepAfter(error: unknown, step: SignInStep): SignInStep {
  if (!(error instanceof ApiError)) return step;
  if (error.code === 'MFA_REQUIRED') return 'code';
  return error.code === 'EMAIL_NOT_VERIFIED' ? 'unconfirmed' : step;
}

/** Signing in, step by step: e-mail and password, then a code where the account has a second factor. */
export function useSignIn() {
  const { session } = useServices();
  const [step, setStep] = useState<SignInStep>('password');
  const [isBusy, setBusy] = useState(false);
  const [failure, setFailure] = useState<unknown>(null);

  async function signIn(credentials: Credentials) {
    setBusy(true);
    setFailure(null);
    try {
      await session.signIn(credentials);
    } catch (error) {
      const next = stepAfter(error, step);
      setStep(next);
      // That a further step is needed is no failure.
      setFailure(next === step ? error : null);
    } finally {
      setBusy(false);
    }
  }

  function startAgain() {
    setStep('password');
    setFailure(null);
  }

  return { step, isBusy, failure, signIn, startAgain };
}
