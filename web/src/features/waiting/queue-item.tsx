import { Button } from '@mantine/core';
import { IconAlertTriangle, IconVideo, IconWifi } from '@tabler/icons-react';
import { type ReactNode, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { WaitingEntry } from '../../../../signaling/protocol/waiting.ts';
import type { Desk } from '../../call/call.ts';
import { useClinicTime } from '../../ui/clinic-time.tsx';
import { Notice } from '../../ui/notice.tsx';
import { clock, minutesSince } from '../../ui/time.ts';
import { CancelAsStaff } from '../actions/cancel-as-staff.tsx';
import { Conversation } from './conversation.tsx';
import { HandOver } from './hand-over.tsx';
import { MovePlace } from './move-place.tsx';
import styles from './queue-item.module.css';

export interface QueueItemProps {
  entry: WaitingEntry;
  /** Counted from 1. */
  position: number;
  /** How many wait for the same doctor. */
  count: number;
  doctor: { id: string; name: string };
  desk: Desk;
  isConnected: boolean;
  now: number;
  /** The name, as a link where it leads somewhere. */
  name: ReactNode;
  /** What comes before messages and the rest. */
  first?: ReactNode;
}

/** What their device found out about itself. The icon is only beside the words. */
function Verdicts({ entry: { network, devices, moved } }: { entry: WaitingEntry }) {
  const { t } = useTranslation('waiting');
  return (
    <>
      <span className={styles['verdict']} data-verdict={network}>
        <IconWifi size={18} aria-hidden /> {t(`queue.network.${network ?? 'none'}`)}
      </span>
      <span className={styles['verdict']} data-verdict={devices}>
        <IconVideo size={18} aria-hidden /> {t(`queue.devices.${devices ?? 'none'}`)}
      </span>
      {moved && <span className="dimmed">{t('queue.moved')}</span>}
    </>
  );
}

const signs = [
  'chest_pain',
  'stroke',
  'breathing',
  'bleeding',
  'self_harm',
  'overdose',
  'unresponsive',
  'unresponsive_child',
  'seizure',
  'allergic_reaction',
  'injury',
  'pregnancy',
] as const;

/** Read at once, whatever else is going on. */
function Alarm({ entry: { alarm } }: { entry: WaitingEntry }) {
  const { t } = useTranslation('waiting');
  const time = useClinicTime();
  if (!alarm) return null;
  const sign = signs.find((one) => one === alarm.sign) ?? 'other';
  return (
    <Notice tone="bad" live="alert" icon={<IconAlertTriangle size={20} aria-hidden />}>
      <strong>{t('queue.alarm', { time: clock(time, alarm.at), sign: t(`queue.sign.${sign}`) })}</strong>
    </Notice>
  );
}

/** Somebody who waits: who, why, since when, how well they are connected, and what can be done. */
export function QueueItem({ entry, desk, isConnected, now, name, first, ...rest }: QueueItemProps) {
  const { t } = useTranslation('waiting');
  const { t: staff } = useTranslation('staff');
  const time = useClinicTime();
  const [open, setOpen] = useState<'messages' | 'more' | null>(null);
  const { meetingId, patientName, reason, since, scheduledAt, unread } = entry;
  const toggle = (panel: 'messages' | 'more') => setOpen(open === panel ? null : panel);
  const isOpen = (panel: 'messages' | 'more') => ({ 'aria-expanded': open === panel, onClick: () => toggle(panel) });
  return (
    <li className={styles['item']}>
      {name}
      <Alarm entry={entry} />
      {reason !== null && <span>{reason}</span>}
      <span className="dimmed numbers">
        {staff('desk.since', { count: minutesSince(since, now), time: clock(time, scheduledAt) })}
      </span>
      <Verdicts entry={entry} />
      <div className={styles['buttons']}>
        {first}
        <Button
          variant={unread > 0 ? 'light' : 'default'}
          aria-label={`${t('queue.messagesOf', { name: patientName })}${unread > 0 ? `, ${t('queue.unread', { count: unread })}` : ''}`}
          {...isOpen('messages')}
        >
          {unread > 0 ? t('queue.unread', { count: unread }) : t('queue.messages')}
        </Button>
        <Button variant="default" aria-label={t('queue.moreOf', { name: patientName })} {...isOpen('more')}>
          {t('queue.more')}
        </Button>
      </div>
      {open === 'messages' && (
        <Conversation
          talk={desk.talk(meetingId)}
          side="clinic"
          patientName={patientName}
          doctorName={rest.doctor.name}
          isConnected={isConnected}
        />
      )}
      {open === 'more' && (
        <div className={styles['more']}>
          {rest.count > 1 && <MovePlace entry={entry} position={rest.position} count={rest.count} ask={desk.ask} />}
          <HandOver entry={entry} doctorId={rest.doctor.id} ask={desk.ask} />
          <CancelAsStaff meetingId={meetingId} />
        </div>
      )}
    </li>
  );
}
