import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import type { CallState, RemoteView } from '../../call/call.ts';
import { useNow } from '../../ui/clinic-time.tsx';
import { usePageTitle } from '../../ui/page.tsx';
import { SignalBars } from '../../ui/signal-bars.tsx';
import { running } from '../../ui/time.ts';
import styles from './call-screen.module.css';

function Elapsed({ startedAt }: { startedAt: string }) {
  const { t } = useTranslation('room');
  const now = useNow(1_000);
  return (
    <span className="numbers" role="timer" aria-label={t('call.elapsed')}>
      {running((now - Date.parse(startedAt)) / 1000)}
    </span>
  );
}

const bars = { good: 3, weak: 2, very_weak: 1, unknown: 3, none: 0 } as const;

function Quality({ phase, remote }: { phase: CallState['phase']; remote: RemoteView | undefined }) {
  const { t } = useTranslation('room');
  // Who lost the socket alone is still seen for a while, and cannot be told anything.
  const isLost = phase === 'reconnecting' || remote?.participant.presence === 'away';
  const level = isLost ? 'none' : (remote?.quality ?? 'unknown');
  if (level === 'unknown') return null;
  const word = t(`quality.${level}`);
  return <SignalBars lit={bars[level]} word={word} label={t('quality.label', { word })} />;
}

interface TopBarProps {
  state: CallState;
  remote: RemoteView | undefined;
  name: string;
  /** What else is to be known, behind a press. */
  about?: ReactNode;
}

/** Who it is, for how long, and how well it goes. */
export function TopBar({ state, remote, name, about }: TopBarProps) {
  const { t } = useTranslation('room');
  const heading = usePageTitle(t('call.title', { name }));
  const startedAt = state.meeting?.startedAt ?? null;
  return (
    <header className={styles['top']}>
      <h1 ref={heading} tabIndex={-1}>
        {name}
      </h1>
      {startedAt !== null && <Elapsed startedAt={startedAt} />}
      <Quality phase={state.phase} remote={remote} />
      {about}
    </header>
  );
}
