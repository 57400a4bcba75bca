import { Button } from '@mantine/core';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import type { CallState, RemoteView } from '../../call/call.ts';
import { useClinicTime, useNow } from '../../ui/clinic-time.tsx';
import { useLongSince } from '../../ui/patience.tsx';
import { clock, running } from '../../ui/time.ts';
import styles from './banners.module.css';
import { QualityBanner } from './quality-banner.tsx';

interface BannersProps {
  state: CallState;
  remote: RemoteView | undefined;
  name: string;
  onAgain: () => void;
  /** Further ones, below. */
  children?: ReactNode;
}

function Away({ deadline, name }: { deadline: string | null; name: string }) {
  const { t } = useTranslation('room');
  const time = useClinicTime();
  const now = useNow(1_000);
  if (deadline === null) return <p>{t('away.plain', { name })}</p>;
  const left = running((Date.parse(deadline) - now) / 1000);
  return <p>{t('away.until', { name, time: clock(time, deadline), left })}</p>;
}

/** Shown once nothing has come through for ten seconds. */
function NotThrough({ name, onAgain }: { name: string; onAgain: () => void }) {
  const { t } = useTranslation('room');
  const isLong = useLongSince(10);
  if (!isLong) return null;
  return (
    <div role="alert">
      <p>{t('call.notThrough', { name })}</p>
      <Button variant="white" onClick={onAgain}>
        {t('call.tryAgain')}
      </Button>
    </div>
  );
}

function useOwnFault(local: CallState['local'], name: string): string | null {
  const { t } = useTranslation('room');
  if (local.fault === null) return null;
  const hasSound = local.stream?.getAudioTracks().some((track) => track.readyState === 'live') === true;
  return hasSound ? t('fault.partly', { name }) : t(`fault.${local.fault}`, { name });
}

/** What both should know now, in sentences along the top of the stage. */
export function Banners({ state, remote, name, onAgain, children }: BannersProps) {
  const { t } = useTranslation('room');
  const fault = useOwnFault(state.local, name);
  const other = remote?.participant;
  const isSending = other?.sending.audio === true || other?.sending.video === true;
  const isSilent = other?.presence === 'present' && isSending && state.mediaSince === null;
  return (
    <div className={styles['banners']}>
      {other?.presence === 'away' && <Away deadline={other.deadline} name={name} />}
      {remote?.isStalled === true && state.phase === 'in-call' && <p>{t('call.stalled', { name })}</p>}
      {isSilent && state.phase === 'in-call' && <NotThrough name={name} onAgain={onAgain} />}
      {fault !== null && <p role="alert">{fault}</p>}
      {fault === null && !state.local.microphone && <p>{t('call.isMuted', { name })}</p>}
      {other?.presence === 'present' && !other.sending.audio && <p>{t('call.theirMicrophoneOff', { name })}</p>}
      {remote?.quality === 'very_weak' && state.local.camera && state.soundFirst.length === 0 && (
        <p>{t('call.veryWeak')}</p>
      )}
      <QualityBanner state={state} name={name} />
      {children}
    </div>
  );
}
