import { lazy, Suspense, useState } from 'react';
import { usePlace } from '../../ui/router/router.tsx';
import { PasswordStep } from './password-step.tsx';
import { credentials, type SignInFields } from './sign-in-form.ts';
import { useOnward } from './use-onward.ts';
import { useSignIn } from './use-sign-in.ts';

const CodeStep = lazy(async () => ({ default: (await import('./code-step.tsx')).CodeStep }));
const UnconfirmedStep = lazy(async () => ({ default: (await import('./unconfirmed-step.tsx')).UnconfirmedStep }));

export function SignInPage() {
  const search = new URLSearchParams(usePlace().search);
  const linkClinic = search.get('clinic') ?? '';
  const [fields, setFields] = useState<SignInFields>({ email: '', password: '', clinic: linkClinic });
  const { step, isBusy, failure, signIn, startAgain } = useSignIn();
  useOnward(search.get('next'));
  const wanted = credentials(fields);
  if (step === 'password') {
    return (
      <PasswordStep
        fields={fields}
        linkClinic={linkClinic}
        isBusy={isBusy}
        failure={failure}
        onChange={(change) => setFields((before) => ({ ...before, ...change }))}
        onSubmit={() => void signIn(wanted)}
      />
    );
  }
  return (
    <Suspense>
      {step === 'code' ? (
        <CodeStep
          isBusy={isBusy}
          failure={failure}
          onCode={(code) => void signIn({ ...wanted, code })}
          onBack={startAgain}
        />
      ) : (
        <UnconfirmedStep email={wanted.email} clinic={wanted.tenant} onBack={startAgain} />
      )}
    </Suspense>
  );
}
