import '../../ui/i18n/tools.ts';
import {
  IconBadgeCc,
  IconDeviceDesktop,
  IconKeyboard,
  IconMaximize,
  IconMinimize,
  IconPictureInPicture,
  IconScreenShare,
  IconScreenShareOff,
  IconSettings,
} from '@tabler/icons-react';
import { type RefObject, useCallback, useEffect, useMemo, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Call, CallState, RemoteView } from '../../call/call.ts';
import { useAnnounce } from '../../ui/announcer.tsx';
import { openCaptionDoor } from './caption-door.ts';
import { type CaptionSwitch, useCaptionSwitch } from './caption-switch.ts';
import { ControlButton } from './control-button.tsx';
import { DeviceDialog } from './device-dialog.tsx';
import { FloatView } from './float-view.tsx';
import styles from './more-menu.module.css';
import { type MoreItem, MoreMenu } from './more-menu.tsx';
import { ShortcutHelp } from './shortcut-help.tsx';
import { type Floating, useFloating } from './use-floating.ts';
import { type FullScreen, useFullScreen } from './use-full-screen.ts';
import { useSendingNews } from './use-sending-news.ts';
import { useShortcuts, useShortcutsSwitch } from './use-shortcuts.ts';

interface CallToolsProps {
  call: Call;
  state: CallState;
  remote: RemoteView | undefined;
  name: string;
  /** The picture of the other one, for the small window. */
  video: RefObject<HTMLVideoElement | null>;
  onChat: () => void;
  /** Both ask first. */
  onLeave: () => void;
  /** Only the doctor finishes. */
  onFinish: (() => void) | null;
}

const size = 22;
const noteMs = 8_000;

/** Says something beside the controls for a while, and to a screen reader. */
function useNote(): [string | null, (text: string) => void] {
  const announce = useAnnounce();
  const [note, setNote] = useState<string | null>(null);
  useEffect(() => {
    if (note === null) return;
    const timer = setTimeout(() => setNote(null), noteMs);
    return () => clearTimeout(timer);
  }, [note]);
  const say = useCallback(
    (text: string) => {
      setNote(text);
      announce(text);
    },
    [announce],
  );
  return [note, say];
}

/** What can be done beside talking, each by a press and by a key. */
function useDeeds({ call, state, onChat }: CallToolsProps, floating: Floating, say: (text: string) => void) {
  const { t } = useTranslation('tools');
  const { local, ownScreen } = state;
  const { toggle: toggleFloat } = floating;
  return useMemo(() => {
    async function screen() {
      if (ownScreen !== null) return call.stopScreen();
      const outcome = await call.shareScreen();
      if (outcome !== 'shared') say(t(`screen.${outcome}`));
    }
    return {
      mute: () => call.setMicrophone(!local.microphone),
      camera: () => call.setCamera(!local.camera),
      chat: onChat,
      screen: () => void screen(),
      float: () => void toggleFloat?.().catch(() => say(t('floating.failed'))),
    };
  }, [call, local.microphone, local.camera, ownScreen, onChat, toggleFloat, say, t]);
}

type Opened = 'devices' | 'help' | null;

function useItems(state: CallState, floating: Floating, full: FullScreen, captions: CaptionSwitch) {
  const { t } = useTranslation('tools');
  const isSharing = state.ownScreen !== null;
  return (deeds: ReturnType<typeof useDeeds>, open: (what: Opened) => void): MoreItem[] => [
    {
      id: 'screen',
      icon: isSharing ? <IconScreenShareOff size={size} aria-hidden /> : <IconScreenShare size={size} aria-hidden />,
      text: t(isSharing ? 'stopSharing' : 'share'),
      isForPhones: true,
      run: deeds.screen,
    },
    ...(floating.toggle === null
      ? []
      : [
          {
            id: 'float',
            icon: <IconPictureInPicture size={size} aria-hidden />,
            text: t(floating.isOn ? 'stopFloating' : 'float'),
            run: deeds.float,
          },
        ]),
    ...(full.toggle === null
      ? []
      : [
          {
            id: 'fullScreen',
            icon: full.isOn ? <IconMinimize size={size} aria-hidden /> : <IconMaximize size={size} aria-hidden />,
            text: t(full.isOn ? 'leaveFullScreen' : 'fullScreen'),
            run: full.toggle,
          },
        ]),
    ...(captions.toggle === null
      ? []
      : [
          {
            id: 'captions',
            icon: <IconBadgeCc size={size} aria-hidden />,
            text: t(captions.isOn ? 'hideCaptions' : 'showCaptions'),
            run: captions.toggle,
          },
        ]),
    {
      id: 'devices',
      icon: <IconSettings size={size} aria-hidden />,
      text: t('devices'),
      run: () => open('devices'),
    },
    { id: 'help', icon: <IconKeyboard size={size} aria-hidden />, text: t('shortcuts'), run: () => open('help') },
  ];
}

/** Share, small window, full screen, devices, shortcuts: one button each where there is room, else behind "More". */
export function CallTools(props: CallToolsProps) {
  const { call, state, remote, name, video, onLeave, onFinish } = props;
  const { t } = useTranslation('tools');
  const [note, say] = useNote();
  useSendingNews(state);
  useEffect(() => openCaptionDoor(window), []);
  const [opened, setOpened] = useState<Opened>(null);
  const [isOn, setOn] = useShortcutsSwitch();
  const floating = useFloating(video);
  const full = useFullScreen();
  const deeds = useDeeds(props, floating, say);
  const items = useItems(state, floating, full, useCaptionSwitch())(deeds, setOpened);
  const { toggle: toggleFull } = full;
  const keys = useMemo(
    () => ({
      ...deeds,
      help: () => setOpened('help'),
      leave: onLeave,
      ...(toggleFull && { fullScreen: toggleFull }),
      ...(onFinish && { finish: onFinish }),
    }),
    [deeds, toggleFull, onLeave, onFinish],
  );
  useShortcuts(isOn, keys);
  const isSharing = state.ownScreen !== null;
  return (
    <>
      <ControlButton
        className={styles['wide'] ?? ''}
        icon={isSharing ? <IconScreenShareOff size={26} aria-hidden /> : <IconDeviceDesktop size={26} aria-hidden />}
        text={t(isSharing ? 'stopSharing' : 'share')}
        tone={isSharing ? 'off' : 'plain'}
        onClick={deeds.screen}
      />
      <MoreMenu items={items} />
      {note !== null && <p className={styles['note']}>{note}</p>}
      {opened === 'devices' && <DeviceDialog call={call} local={state.local} onClose={() => setOpened(null)} />}
      {opened === 'help' && (
        <ShortcutHelp isOn={isOn} setOn={setOn} canDo={(deed) => deed in keys} onClose={() => setOpened(null)} />
      )}
      {floating.window !== null && (
        <FloatView
          into={floating.window}
          call={call}
          local={state.local}
          remote={remote}
          name={name}
          onBack={deeds.float}
        />
      )}
    </>
  );
}
