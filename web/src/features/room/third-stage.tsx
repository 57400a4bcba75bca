import '../../ui/i18n/guests.ts';
import { useRef } from 'react';
import { useTranslation } from 'react-i18next';
import type { Call, RemoteView } from '../../call/call.ts';
import { RemoteStage } from './remote-stage.tsx';
import styles from './third-stage.module.css';

interface FacesProps {
  /** The two of the visit, for each other; for a guest the doctor. */
  main: React.ReactNode;
  mainName: string;
  third: RemoteView | undefined;
  isFlowing: boolean;
  call: Pick<Call, 'show'>;
}

/** One face fills the stage; two share it, side by side or on an upright phone one above the other. */
export function Faces({ main, mainName, third, isFlowing, call }: FacesProps) {
  return (
    <div className={styles['faces']} data-count={third === undefined ? 1 : 2}>
      <div className={styles['face']}>
        {main}
        {third !== undefined && <p className={styles['caption']}>{mainName}</p>}
      </div>
      {third !== undefined && <ThirdFace third={third} isFlowing={isFlowing} call={call} />}
    </div>
  );
}

function ThirdFace({ third, isFlowing, call }: { third: RemoteView; isFlowing: boolean; call: Pick<Call, 'show'> }) {
  const { t } = useTranslation('guests');
  const { t: room } = useTranslation('room');
  const picture = useRef<HTMLVideoElement>(null);
  const { displayName: name, guestRole, presence, sending } = third.participant;
  const isMuted = presence === 'present' && !sending.audio;
  return (
    <div className={styles['face']}>
      <RemoteStage remote={third} name={name} isFlowing={isFlowing} picture={picture} call={call} />
      <p className={styles['caption']}>
        {guestRole === undefined ? name : t('called', { name, role: t(`role.${guestRole}`) })}
        {isMuted && <span className={styles['further']}>{room('call.theirMicrophoneOff', { name })}</span>}
        {third.isStalled && presence === 'present' && (
          <span className={styles['further']}>{room('call.stalled', { name })}</span>
        )}
      </p>
    </div>
  );
}
