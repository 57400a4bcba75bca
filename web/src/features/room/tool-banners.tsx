import { Button } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Call, CallState } from '../../call/call.ts';

/** That one's own screen is seen by everybody, and that another device has taken the place of one that went away. */
export function ToolBanners({ call, state }: { call: Call; state: CallState }) {
  const { t } = useTranslation('tools');
  const { replaced } = state.local;
  const [read, setRead] = useState<typeof replaced>(undefined);
  return (
    <>
      {state.ownScreen !== null && (
        <div>
          <p>{t('screen.own')}</p>
          <Button variant="white" onClick={() => call.stopScreen()}>
            {t('stopSharing')}
          </Button>
        </div>
      )}
      {replaced !== undefined && replaced !== read && (
        <output>
          <p>{t(`device.${replaced.kind}Replaced`, { label: replaced.label })}</p>
          <Button variant="white" onClick={() => setRead(replaced)}>
            {t('device.gotIt')}
          </Button>
        </output>
      )}
    </>
  );
}
