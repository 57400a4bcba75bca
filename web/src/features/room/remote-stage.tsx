import { Button } from '@mantine/core';
import { type RefObject, useCallback, useEffect, useState, useSyncExternalStore } from 'react';
import { useTranslation } from 'react-i18next';
import type { Call, RemoteView } from '../../call/call.ts';
import { chosenDevices, onDevicesChosen } from '../../call/local/chosen-devices.ts';
import { playBy } from '../../call/local/device-list.ts';
import { Video } from '../../ui/video.tsx';
import { Captions } from './captions.tsx';
import styles from './remote-stage.module.css';
import { useLasting } from './use-lasting.ts';
import { useShownLines } from './use-shown-lines.ts';

/** The two first letters of a name, for where there is no picture. */
function initials(name: string): string {
  const words = name.split(/\s+/).filter((word) => !/^(dr|mr|mrs|ms|prof)\.?$/i.test(word));
  const letters = [words[0], words.length > 1 ? words.at(-1) : undefined].map(
    (word) => Array.from(word ?? '')[0] ?? '',
  );
  return letters.join('').toLocaleUpperCase();
}

interface RemoteStageProps {
  remote: RemoteView | undefined;
  name: string;
  /** Their media has begun to arrive. */
  isFlowing: boolean;
  /** Where their picture is put, for the small window. */
  picture: RefObject<HTMLVideoElement | null>;
  /** Hears how large it is shown. */
  call: Pick<Call, 'show'>;
}

/** Who lost the socket alone is back by then, and their picture has never stopped. */
const blinkMs = 2_000;

/** Their sound comes by the speaker that was chosen, also by one chosen in the call. */
function useSpeaker(picture: RefObject<HTMLVideoElement | null>): void {
  const speaker = useSyncExternalStore(onDevicesChosen, () => chosenDevices().speaker);
  useEffect(() => {
    if (picture.current !== null) void playBy(picture.current, speaker);
  }, [picture, speaker]);
}

function useWhyNoPicture({ remote, name, isFlowing }: Omit<RemoteStageProps, 'picture' | 'call'>): string | null {
  const { t } = useTranslation('room');
  const presence = remote?.participant.presence ?? 'absent';
  const isGone = useLasting(presence === 'away', blinkMs);
  if (presence === 'absent') return t('call.notYet', { name });
  if (presence === 'away' && (isGone || remote?.hasVideo !== true)) return t('away.plain', { name });
  if (remote?.hasVideo === true && isFlowing) return null;
  return remote?.participant.sending.video === true
    ? t('call.comingThrough', { name })
    : t('call.theirCameraOff', { name });
}

/** The other one, as large as there is room. Their stream plays on without a picture: the sound is in it. */
export function RemoteStage({ remote, name, isFlowing, picture, call }: RemoteStageProps) {
  const { t } = useTranslation('room');
  const { t: tools } = useTranslation('tools');
  const why = useWhyNoPicture({ remote, name, isFlowing });
  const [play, setPlay] = useState<(() => void) | null>(null);
  useSpeaker(picture);
  const id = remote?.participant.id;
  const isSpeaking = remote?.isSpeaking === true && remote.participant.presence === 'present';
  const onLines = useCallback((lines: number) => id !== undefined && call.show(id, lines), [call, id]);
  useShownLines(picture, onLines);
  const screen = remote?.screen ?? null;
  const onSilenced = useCallback((again: () => void) => setPlay(() => again), []);
  return (
    <div className={styles['remote']} data-screen={screen !== null} data-speaking={isSpeaking}>
      {screen !== null && (
        <div className={styles['screen']}>
          <Video stream={screen} label={tools('screen.label', { name })} fit="contain" isSilent />
        </div>
      )}
      <div className={styles['picture']} hidden={why !== null}>
        <Video
          stream={remote?.stream ?? null}
          label={t('call.stage', { name })}
          fit="contain"
          element={picture}
          onSilenced={onSilenced}
        />
      </div>
      {why !== null && screen === null && (
        <div className={styles['instead']}>
          <span className={styles['initials']} aria-hidden>
            {initials(name)}
          </span>
          <p>{why}</p>
        </div>
      )}
      <Captions stream={remote?.stream ?? null} />
      {play !== null && (
        <Button
          className={styles['play'] ?? ''}
          size="lg"
          onClick={() => {
            play();
            setPlay(null);
          }}
        >
          {t('call.playSound')}
        </Button>
      )}
    </div>
  );
}
