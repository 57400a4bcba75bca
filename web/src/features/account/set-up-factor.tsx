import { useState } from 'react';
import type { AppSecret } from '../../api/account.ts';
import { ConfirmApp } from './confirm-app.tsx';
import { PasswordGate } from './password-gate.tsx';
import { RecoveryCodes } from './recovery-codes.tsx';

/** Setting the authenticator app up: the password, the app, the recovery codes. */
export function SetUpFactor({ onDone }: { onDone: () => void }) {
  const [secret, setSecret] = useState<AppSecret | null>(null);
  const [codes, setCodes] = useState<readonly string[] | null>(null);
  if (codes !== null) return <RecoveryCodes codes={codes} onKept={onDone} />;
  if (secret !== null) return <ConfirmApp app={secret} onCodes={setCodes} />;
  return <PasswordGate onSecret={setSecret} />;
}
