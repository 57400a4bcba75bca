import { Button, TextInput } from '@mantine/core';
import { type FormEvent, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { WaitingLine } from '../../../../signaling/protocol/waiting.ts';
import type { Talk } from '../../call/waiting/talk.ts';
import { useClinicTime } from '../../ui/clinic-time.tsx';
import { clock } from '../../ui/time.ts';
import styles from './conversation.module.css';
import { useTalk } from './use-talk.ts';

interface ConversationProps {
  talk: Talk;
  side: 'patient' | 'clinic';
  patientName: string;
  doctorName: string;
  isConnected: boolean;
}

function Lines({
  lines,
  side,
  patientName,
  doctorName,
  readUntil,
}: Omit<ConversationProps, 'talk' | 'isConnected'> & {
  lines: readonly WaitingLine[];
  /** Until when the other side has read. */
  readUntil: string | null;
}) {
  const { t } = useTranslation('waiting');
  const time = useClinicTime();
  const isOwn = (line: WaitingLine) => (line.from === 'patient') === (side === 'patient');
  const lastOwn = lines.findLast(isOwn);
  function author({ from }: WaitingLine): string {
    if (from === 'patient') return side === 'patient' ? t('talk.you') : patientName;
    return from === 'doctor' ? doctorName : t('talk.staff');
  }
  return (
    <ol className="plain-list">
      {lines.map((line) => (
        <li key={line.id} data-own={isOwn(line)}>
          <span className="dimmed">
            {author(line)} <time dateTime={line.sentAt}>{clock(time, line.sentAt)}</time>
          </span>
          <p dir="auto">{line.text}</p>
          {line === lastOwn && (
            <span className="dimmed">
              {t(readUntil !== null && readUntil >= line.sentAt ? 'talk.read' : 'talk.sent')}
            </span>
          )}
        </li>
      ))}
    </ol>
  );
}

const quickReplies = ['soon', 'late', 'ready'] as const;

/** What the patient who waits and the clinic write to each other. */
export function Conversation(props: ConversationProps) {
  const { talk, side, patientName, isConnected } = props;
  const { t } = useTranslation('waiting');
  const { lines, read, isFailing } = useTalk(talk, side, isConnected);
  const [text, setText] = useState('');
  const [sending, setSending] = useState<'no' | 'busy' | 'failed'>('no');
  const title = side === 'patient' ? t('talk.clinicSide') : t('talk.patientSide', { name: patientName });

  async function say(line: string) {
    if (line === '' || sending === 'busy') return;
    setSending('busy');
    try {
      await talk.say(line);
      setText((now) => (now.trim() === line ? '' : now));
      setSending('no');
    } catch {
      setText(line);
      setSending('failed');
    }
  }
  function submit(event: FormEvent) {
    event.preventDefault();
    void say(text.trim());
  }
  return (
    <section className={styles['conversation']} aria-label={title}>
      {side === 'patient' && <h2>{title}</h2>}
      <div role="log" aria-label={title} className={styles['lines']}>
        {lines.length === 0 && <p className="dimmed">{t('talk.empty')}</p>}
        {isFailing && <p className="dimmed">{t('talk.notLoaded')}</p>}
        <Lines {...props} lines={lines} readUntil={side === 'patient' ? read.clinic : read.patient} />
      </div>
      {side === 'clinic' && (
        <ul aria-label={t('talk.quick')} className={`plain-list ${styles['quick']}`}>
          {quickReplies.map((reply) => (
            <li key={reply}>
              <Button
                variant="default"
                size="compact-md"
                disabled={sending === 'busy'}
                onClick={() => void say(t(`talk.quickReplies.${reply}`))}
              >
                {t(`talk.quickReplies.${reply}`)}
              </Button>
            </li>
          ))}
        </ul>
      )}
      <form onSubmit={submit}>
        <TextInput
          size="md"
          label={t('talk.label')}
          value={text}
          maxLength={1000}
          autoComplete="off"
          error={sending === 'failed' ? t('talk.failed') : undefined}
          onChange={(event) => setText(event.currentTarget.value)}
        />
        <Button type="submit" size="md" loading={sending === 'busy'}>
          {t('talk.send')}
        </Button>
      </form>
    </section>
  );
}
