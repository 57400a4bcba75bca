import { Button } from '@mantine/core';
import { IconCheck, IconCopy } from '@tabler/icons-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useAnnounce } from './announcer.tsx';

/** Puts a text on the clipboard, and says whether that worked. */
export function CopyButton({ text, label }: { text: string; label?: string }) {
  const { t } = useTranslation();
  const announce = useAnnounce();
  const [state, setState] = useState<'ready' | 'done' | 'failed'>('ready');

  async function copy() {
    try {
      // Missing on an insecure origin, whatever the types say: that lands below as well.
      await navigator.clipboard.writeText(text);
      setState('done');
      announce(t('copy.done'));
    } catch {
      setState('failed');
    }
  }

  return (
    <>
      <Button
        variant="default"
        leftSection={state === 'done' ? <IconCheck size={18} aria-hidden /> : <IconCopy size={18} aria-hidden />}
        onClick={() => void copy()}
      >
        {state === 'done' ? t('copy.done') : (label ?? t('copy.button'))}
      </Button>
      {state === 'failed' && <span role="alert">{t('copy.failed')}</span>}
    </>
  );
}
