import { ActionIcon, Button, TextInput } from '@mantine/core';
import { IconX } from '@tabler/icons-react';
import { type FormEvent, useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { CallState } from '../../call/call.ts';
import { useClinicTime } from '../../ui/clinic-time.tsx';
import { clock } from '../../ui/time.ts';
import styles from './chat-panel.module.css';

interface ChatPanelProps {
  state: CallState;
  say: (text: string) => Promise<void>;
  onClose: () => void;
}

function Lines({ state }: { state: CallState }) {
  const { t } = useTranslation('room');
  const time = useClinicTime();
  const count = state.chat.length;
  function author(id: string): string {
    if (id === state.self?.id) return t('chat.you');
    return state.remotes.find(({ participant }) => participant.id === id)?.participant.displayName ?? '';
  }
  return (
    <div className={styles['lines']} role="log" aria-label={t('chat.log')}>
      {count === 0 && <p className="dimmed">{t('chat.empty')}</p>}
      <ol className="plain-list">
        {state.chat.map((line) => (
          <li key={line.id} data-own={line.from === state.self?.id}>
            <span className={styles['author']}>
              {author(line.from)} <time dateTime={line.sentAt}>{clock(time, line.sentAt)}</time>
            </span>
            <p dir="auto">{line.text}</p>
          </li>
        ))}
      </ol>
      {/* A new end is a new element, and brings itself into view. */}
      <div key={count} ref={(end) => end?.scrollIntoView({ block: 'nearest' })} />
    </div>
  );
}

/** Where somebody who opened the chat begins. */
function takeFocus(input: HTMLInputElement | null): void {
  input?.focus();
}

/** What was written during the visit. Beside the picture where there is room, over it on a phone. */
export function ChatPanel({ state, say, onClose }: ChatPanelProps) {
  const { t } = useTranslation('room');
  const [text, setText] = useState('');
  const [sending, setSending] = useState<'no' | 'busy' | 'failed'>('no');

  useEffect(() => {
    function onKey(event: KeyboardEvent) {
      if (event.key === 'Escape') onClose();
    }
    window.addEventListener('keydown', onKey);
    return () => window.removeEventListener('keydown', onKey);
  }, [onClose]);

  async function send(event: FormEvent) {
    event.preventDefault();
    const line = text.trim();
    if (line === '' || sending === 'busy') return;
    setSending('busy');
    try {
      await say(line);
      setText('');
      setSending('no');
    } catch {
      setSending('failed');
    }
  }

  return (
    <aside className={styles['chat']} aria-label={t('chat.title')}>
      <header>
        <h2>{t('chat.title')}</h2>
        <ActionIcon variant="default" size={48} aria-label={t('chat.close')} onClick={onClose}>
          <IconX size={24} aria-hidden />
        </ActionIcon>
      </header>
      <Lines state={state} />
      <form onSubmit={(event) => void send(event)}>
        <TextInput
          ref={takeFocus}
          size="md"
          label={t('chat.label')}
          value={text}
          maxLength={4000}
          autoComplete="off"
          error={sending === 'failed' ? t('chat.failed') : undefined}
          onChange={(event) => setText(event.currentTarget.value)}
        />
        <Button type="submit" size="md" loading={sending === 'busy'}>
          {t('chat.send')}
        </Button>
      </form>
    </aside>
  );
}
