import { IconArrowBack, IconMicrophone, IconMicrophoneOff } from '@tabler/icons-react';
import { createPortal } from 'react-dom';
import { useTranslation } from 'react-i18next';
import type { Call, CallState, RemoteView } from '../../call/call.ts';
import { Video } from '../../ui/video.tsx';
import { ControlButton } from './control-button.tsx';
import styles from './float-view.module.css';

interface FloatViewProps {
  into: Window;
  call: Call;
  local: CallState['local'];
  remote: RemoteView | undefined;
  name: string;
  onBack: () => void;
}

/** What the small window shows: the other one, the own microphone, the way back. Their sound stays in the big one. */
export function FloatView({ into, call, local, remote, name, onBack }: FloatViewProps) {
  const { t } = useTranslation('tools');
  const { t: room } = useTranslation('room');
  const stream = remote?.screen ?? (remote?.hasVideo === true ? remote.stream : null);
  return createPortal(
    <main className={styles['float']} aria-label={t('floating.title', { name })}>
      {stream === null ? (
        <p>{name}</p>
      ) : (
        <Video stream={stream} label={room('call.stage', { name })} fit="contain" isSilent />
      )}
      <div className={styles['controls']}>
        <ControlButton
          icon={
            local.microphone ? <IconMicrophone size={22} aria-hidden /> : <IconMicrophoneOff size={22} aria-hidden />
          }
          text={room(local.microphone ? 'call.mute' : 'call.unmute')}
          tone={local.microphone ? 'plain' : 'off'}
          onClick={() => call.setMicrophone(!local.microphone)}
        />
        <ControlButton icon={<IconArrowBack size={22} aria-hidden />} text={t('floating.back')} onClick={onBack} />
      </div>
    </main>,
    into.document.body,
  );
}
