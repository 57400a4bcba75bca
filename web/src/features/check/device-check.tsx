import '../../ui/i18n/check.ts';
import { Button } from '@mantine/core';
import { type ReactNode, Suspense, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Video } from '../../ui/video.tsx';
import { LazyNetworkCheck } from '../network/lazy-network-check.ts';
import styles from './check.module.css';
import { DeviceChoice } from './device-choice.tsx';
import { LevelBar } from './level-bar.tsx';
import { SpeakerTest } from './speaker-test.tsx';
import { useDeviceCheck } from './use-device-check.ts';
import { type Verdict, verdictOf } from './verdict.ts';
import { VerdictNotice } from './verdict-notice.tsx';

/** How somebody enters a visit. */
export interface Entry {
  camera: boolean;
}

interface DeviceCheckProps {
  /** What the button says when all is well. */
  go: string;
  /** A doctor starts a visit, whatever the check finds; the button says so. */
  isGoFixed?: boolean;
  /** `handOver` gives camera and microphone, as they are, to the call that is about to begin. */
  onGo: (entry: Entry, handOver: () => void) => void;
  /** Below the button: another way. */
  other?: ReactNode;
}

function useGoText(go: string, verdict: Verdict): string {
  const { t } = useTranslation();
  if (verdict.kind === 'sound-only') return t('check.goSound');
  return verdict.kind === 'nothing' ? t('check.goAnyway') : go;
}

/** One's own picture, the microphone's level, the choice of both, and what to do when something is missing. */
export function DeviceCheck({ go, isGoFixed = false, onGo, other }: DeviceCheckProps) {
  const { t } = useTranslation();
  const { check, state } = useDeviceCheck();
  const [isCameraOff, setCameraOff] = useState(false);
  const verdict = verdictOf(state);
  const worded = useGoText(go, verdict);
  const goText = isGoFixed ? go : worded;

  function enter() {
    const entry = { camera: state.hasCamera && !isCameraOff };
    onGo(entry, () => check?.handOver(entry));
  }

  function toggleCamera() {
    if (isCameraOff) check?.retry();
    else for (const track of state.stream?.getVideoTracks() ?? []) track.stop();
    setCameraOff(!isCameraOff);
  }

  return (
    <div className={styles['check']}>
      <div className={styles['picture']}>
        {state.hasCamera && !isCameraOff ? (
          <Video stream={state.stream} label={t('check.picture')} isOwn />
        ) : (
          <p>{t(isCameraOff ? 'check.cameraIsOff' : 'check.noCamera')}</p>
        )}
      </div>
      <div className={styles['side']}>
        <VerdictNotice verdict={verdict} fault={state.fault} onRetry={() => check?.retry()} />
        {check !== null && state.hasMicrophone && <LevelBar check={check} />}
        <Button size="lg" disabled={verdict.kind === 'asking'} onClick={enter}>
          {goText}
        </Button>
        <DeviceChoice
          label={t('check.camera')}
          options={state.hasCamera ? state.cameras : []}
          value={state.camera}
          onChange={(camera) => check?.choose({ camera })}
        />
        <DeviceChoice
          label={t('check.microphone')}
          options={state.hasMicrophone ? state.microphones : []}
          value={state.microphone}
          onChange={(microphone) => check?.choose({ microphone })}
        />
        <SpeakerTest speakers={state.speakers} />
        {state.hasCamera && (
          <Button variant="default" onClick={toggleCamera}>
            {t(isCameraOff ? 'check.turnCameraOn' : 'check.turnCameraOff')}
          </Button>
        )}
        {verdict.kind !== 'asking' && (
          <Suspense fallback={null}>
            <LazyNetworkCheck microphone={state.stream?.getAudioTracks()[0] ?? null} />
          </Suspense>
        )}
        {other}
      </div>
    </div>
  );
}
