import { ActionIcon, Button, TextInput } from '@mantine/core';
import { IconX } from '@tabler/icons-react';
import { type FormEvent, type ReactNode, useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { CallState } from '../../call/call.ts';
import type { Outbox, OutgoingLine } from '../../call/outbox.ts';
import { useClinicTime } from '../../ui/clinic-time.tsx';
import { clock } from '../../ui/time.ts';
import styles from './chat-panel.module.css';
import { OutgoingLines } from './outgoing-lines.tsx';
import { YesNo } from './yes-no.tsx';

interface ChatPanelProps {
  state: CallState;
  outbox: Outbox | null;
  /** What has not arrived yet. */
  lines: readonly OutgoingLine[];
  /** A tone for new lines. */
  sound: { isOn: boolean; set: (on: boolean) => void };
  /** Beside the field: the place for what is shared into the visit. */
  attach?: ReactNode;
  onClose: () => void;
}

function Lines({ state, outbox, lines }: Pick<ChatPanelProps, 'state' | 'outbox' | 'lines'>) {
  const { t } = useTranslation('room');
  const time = useClinicTime();
  const { t: tools } = useTranslation('tools');
  const count = state.chat.length + lines.length;
  const newest = state.chat.at(-1);
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
            {line === newest && line.from === state.self?.id && <span className="dimmed">{tools('chat.sent')}</span>}
          </li>
        ))}
        <OutgoingLines outbox={outbox} lines={lines} />
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
export function ChatPanel({ state, outbox, lines, sound, attach, onClose }: ChatPanelProps) {
  const { t } = useTranslation('room');
  const { t: tools } = useTranslation('tools');
  const [text, setText] = useState('');

  useEffect(() => {
    function onKey(event: KeyboardEvent) {
      if (event.key === 'Escape') onClose();
    }
    window.addEventListener('keydown', onKey);
    return () => window.removeEventListener('keydown', onKey);
  }, [onClose]);

  function send(event: FormEvent) {
    event.preventDefault();
    if (text.trim() === '' || outbox === null) return;
    outbox.say(text);
    setText('');
  }

  return (
    <aside className={styles['chat']} aria-label={t('chat.title')}>
      <header>
        <h2>{t('chat.title')}</h2>
        <ActionIcon variant="default" size={48} aria-label={t('chat.close')} onClick={onClose}>
          <IconX size={24} aria-hidden />
        </ActionIcon>
      </header>
      <Lines state={state} outbox={outbox} lines={lines} />
      <form onSubmit={send}>
        <TextInput
          ref={takeFocus}
          size="md"
          label={t('chat.label')}
          value={text}
          maxLength={4000}
          autoComplete="off"
          onChange={(event) => setText(event.currentTarget.value)}
        />
        <Button type="submit" size="md">
          {t('chat.send')}
        </Button>
        {attach}
        <YesNo label={tools('chat.sound')} isOn={sound.isOn} onChange={sound.set} />
      </form>
    </aside>
  );
}
