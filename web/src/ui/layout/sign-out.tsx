import { Button } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useServices } from '../../services.tsx';
import { useAnnounce } from '../announcer.tsx';
import { paths } from '../router/paths.ts';
import { useGo } from '../router/router.tsx';

export function SignOut() {
  const { t } = useTranslation();
  const { session } = useServices();
  const go = useGo();
  const announce = useAnnounce();
  const [state, setState] = useState<'ready' | 'busy' | 'failed'>('ready');

  async function signOut() {
    setState('busy');
    try {
      await session.signOut();
      go(paths.signIn, { replace: true });
    } catch {
      setState('failed');
      announce(t('app.signOutFailed'), 'assertive');
    }
  }

  return (
    <>
      {state === 'failed' && <span>{t('app.signOutFailed')}</span>}
      <Button variant="default" loading={state === 'busy'} onClick={() => void signOut()}>
        {t('app.signOut')}
      </Button>
    </>
  );
}
