import {
  IconDoorExit,
  IconMessage,
  IconMicrophone,
  IconMicrophoneOff,
  IconPhoneOff,
  IconVideo,
  IconVideoOff,
} from '@tabler/icons-react';
import type { ReactNode, RefObject } from 'react';
import { useTranslation } from 'react-i18next';
import type { Call, CallState } from '../../call/call.ts';
import { ControlButton } from './control-button.tsx';
import styles from './controls.module.css';

interface ControlsProps {
  call: Call;
  local: CallState['local'];
  isChatOpen: boolean;
  unread: number;
  chatButton: RefObject<HTMLButtonElement | null>;
  onChat: () => void;
  /** Further controls, between the chat and the ways out. */
  tools: ReactNode;
  onLeave: () => void;
  /** Only the doctor finishes. */
  onFinish: (() => void) | null;
}

const size = 26;

export function Controls({
  call,
  local,
  isChatOpen,
  unread,
  chatButton,
  onChat,
  tools,
  onLeave,
  onFinish,
}: ControlsProps) {
  const { t } = useTranslation('room');
  const { microphone, camera } = local;
  return (
    <section className={styles['controls']} aria-label={t('call.controls')}>
      <ControlButton
        icon={microphone ? <IconMicrophone size={size} aria-hidden /> : <IconMicrophoneOff size={size} aria-hidden />}
        text={t(microphone ? 'call.mute' : 'call.unmute')}
        tone={microphone ? 'plain' : 'off'}
        onClick={() => call.setMicrophone(!microphone)}
      />
      <ControlButton
        icon={camera ? <IconVideo size={size} aria-hidden /> : <IconVideoOff size={size} aria-hidden />}
        text={t(camera ? 'call.cameraOff' : 'call.cameraOn')}
        tone={camera ? 'plain' : 'off'}
        onClick={() => call.setCamera(!camera)}
      />
      <ControlButton
        ref={chatButton}
        icon={<IconMessage size={size} aria-hidden />}
        text={t('call.chat')}
        badge={unread > 0 ? t('call.unread', { count: unread }) : null}
        aria-expanded={isChatOpen}
        onClick={onChat}
      />
      {tools}
      <ControlButton icon={<IconDoorExit size={size} aria-hidden />} text={t('call.leave')} onClick={onLeave} />
      {onFinish !== null && (
        <ControlButton
          icon={<IconPhoneOff size={size} aria-hidden />}
          text={t('call.finish')}
          tone="grave"
          onClick={onFinish}
        />
      )}
    </section>
  );
}
