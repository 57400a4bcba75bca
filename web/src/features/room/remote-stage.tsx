import { Button } from '@mantine/core';
import { useCallback, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { RemoteView } from '../../call/call.ts';
import { Video } from '../../ui/video.tsx';
import styles from './remote-stage.module.css';

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
}

function useWhyNoPicture({ remote, name, isFlowing }: RemoteStageProps): string | null {
  const { t } = useTranslation('room');
  const presence = remote?.participant.presence ?? 'absent';
  if (presence === 'absent') return t('call.notYet', { name });
  if (presence === 'away') return t('away.plain', { name });
  if (remote?.hasVideo === true && isFlowing) return null;
  return remote?.participant.sending.video === true
    ? t('call.comingThrough', { name })
    : t('call.theirCameraOff', { name });
}

/** The other one, as large as there is room. Their stream plays on without a picture: the sound is in it. */
export function RemoteStage({ remote, name, isFlowing }: RemoteStageProps) {
  const { t } = useTranslation('room');
  const why = useWhyNoPicture({ remote, name, isFlowing });
  const [play, setPlay] = useState<(() => void) | null>(null);
  const onSilenced = useCallback((again: () => void) => setPlay(() => again), []);
  return (
    <div className={styles['remote']}>
      <div className={styles['picture']} hidden={why !== null}>
        <Video
          stream={remote?.stream ?? null}
          label={t('call.stage', { name })}
          fit="contain"
          onSilenced={onSilenced}
        />
      </div>
      {why !== null && (
        <div className={styles['instead']}>
          <span className={styles['initials']} aria-hidden>
            {initials(name)}
          </span>
          <p>{why}</p>
        </div>
      )}
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
