import { Button, Textarea } from '@mantine/core';
import { type FormEvent, type KeyboardEvent, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import styles from './assistant.module.css';

interface ComposerProps {
  longest: number;
  isBusy: boolean;
  onAsk: (message: string) => void;
  onStop: () => void;
}

/** Where the message is written. Enter sends, Shift and Enter begins a new line. */
export function Composer({ longest, isBusy, onAsk, onStop }: ComposerProps) {
  const { t } = useTranslation('assistant');
  const [text, setText] = useState('');
  const field = useRef<HTMLTextAreaElement>(null);
  const over = text.trim().length - longest;

  function send(event?: FormEvent) {
    event?.preventDefault();
    if (isBusy || text.trim() === '' || over > 0) return;
    onAsk(text.trim());
    setText('');
    field.current?.focus();
  }

  function onKey(event: KeyboardEvent) {
    if (event.key !== 'Enter' || event.shiftKey || event.nativeEvent.isComposing) return;
    event.preventDefault();
    send();
  }

  return (
    <form className={styles['composer']} onSubmit={send}>
      <Textarea
        ref={field}
        size="md"
        label={t('label')}
        placeholder={t('placeholder')}
        autosize
        minRows={1}
        maxRows={6}
        value={text}
        autoComplete="off"
        error={over > 0 ? t('tooLong', { count: over }) : undefined}
        onKeyDown={onKey}
        onChange={(event) => setText(event.currentTarget.value)}
      />
      {isBusy ? (
        <Button type="button" size="md" variant="default" onClick={onStop}>
          {t('stop')}
        </Button>
      ) : (
        <Button type="submit" size="md" disabled={text.trim() === '' || over > 0}>
          {t('send')}
        </Button>
      )}
    </form>
  );
}
