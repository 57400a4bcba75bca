import { ActionIcon, Button, TextInput } from '@mantine/core';
import { IconX } from '@tabler/icons-react';
import { type FormEvent, type ReactNode, useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { ChatLine } from '../../../../signaling/protocol/index.ts';
import type { SharedFile } from '../../api/files.ts';
import type { CallState } from '../../call/call.ts';
import type { Outbox, OutgoingLine } from '../../call/outbox.ts';
import { useClinicTime } from '../../ui/clinic-time.tsx';
import { clock } from '../../ui/time.ts';
import { SharedLine } from '../files/shared-line.tsx';
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
  /** What was shared in the visit. */
  files: readonly SharedFile[];
  /** Beside the field: the place for what is shared into the visit. */
  attach?: ReactNode;
  onClose: () => void;
}

type Entry = { at: string; from: string } & ({ line: ChatLine } | { upload: SharedFile['upload'] });

/** Lines and files in the order in which they came. */
function entriesOf(chat: readonly ChatLine[], files: readonly SharedFile[]): Entry[] {
  return [
    ...chat.map((line) => ({ at: line.sentAt, from: line.from, line })),
    ...files.map(({ upload, sharedAt, sharedBy }) => ({ at: sharedAt, from: sharedBy, upload })),
  ].toSorted((a, b) => Date.parse(a.at) - Date.parse(b.at));
}

function Lines({ state, outbox, lines, files }: Pick<ChatPanelProps, 'state' | 'outbox' | 'lines' | 'files'>) {
  const { t } = useTranslation('room');
  const time = useClinicTime();
  const { t: tools } = useTranslation('tools');
  const entries = entriesOf(state.chat, files);
  const count = entries.length + lines.length;
  const newest = state.chat.at(-1);
  function author(id: string): string {
    if (id === state.self?.id) return t('chat.you');
    const remote = state.remotes.find(({ participant }) => participant.id === id);
    if (remote) return remote.participant.displayName;
    const { doctorId, doctorName, patientName } = state.meeting ?? {};
    return (id === doctorId ? doctorName : patientName) ?? '';
  }
  return (
    <div className={styles['lines']} role="log" aria-label={t('chat.log')}>
      {count === 0 && <p className="dimmed">{t('chat.empty')}</p>}
      <ol className="plain-list">
        {entries.map((entry) => (
          <li key={'line' in entry ? entry.line.id : entry.upload.id} data-own={entry.from === state.self?.id}>
            <span className={styles['author']}>
              {author(entry.from)} <time dateTime={entry.at}>{clock(time, entry.at)}</time>
            </span>
            {'line' in entry ? <p dir="auto">{entry.line.text}</p> : <SharedLine upload={entry.upload} />}
            {'line' in entry && entry.line === newest && entry.from === state.self?.id && (
              <span className="dimmed">{tools('chat.sent')}</span>
            )}
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
export function ChatPanel({ state, outbox, lines, sound, files, attach, onClose }: ChatPanelProps) {
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
      <Lines state={state} outbox={outbox} lines={lines} files={files} />
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
