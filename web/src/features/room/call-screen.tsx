import { Suspense, useCallback, useEffect, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Call, CallState } from '../../call/call.ts';
import { useHold } from '../../ui/router/router.tsx';
import { AboutVisit } from '../law/about-visit.tsx';
import { Banners } from './banners.tsx';
import styles from './call-screen.module.css';
import { CallTools } from './call-tools.tsx';
import { ChatPanel } from './chat-panel.tsx';
import { Controls } from './controls.tsx';
import { FinishDialog, LeaveDialog } from './exit-dialogs.tsx';
import { LazyGuestDoor, LazyGuestInvite } from './load-guests.ts';
import { Reconnecting } from './reconnecting.tsx';
import { RemoteStage } from './remote-stage.tsx';
import { SelfView } from './self-view.tsx';
import { Faces } from './third-stage.tsx';
import { ToolBanners } from './tool-banners.tsx';
import { TopBar } from './top-bar.tsx';
import { useExits } from './use-exits.ts';
import { useMessageSound } from './use-message-sound.ts';
import { useOutbox } from './use-outbox.ts';
import { useSettled } from './use-settled.ts';
import { useTable } from './use-table.tsx';

interface CallScreenProps {
  call: Call;
  state: CallState;
  seat: 'patient' | 'doctor' | 'guest';
  /** The name of the other one, also before they are there. */
  otherName: string;
  onAgain: () => void;
  /** Out of the visit when the server cannot be asked. */
  onGone: () => void;
}

/** The chat: open or not, and how many lines came while it was closed. */
function useChat(lines: number) {
  const [isOpen, setOpen] = useState(false);
  const [seen, setSeen] = useState(0);
  const button = useRef<HTMLButtonElement>(null);
  const close = useCallback(() => {
    setSeen(lines);
    setOpen(false);
    button.current?.focus();
  }, [lines]);
  const toggle = useCallback(() => (isOpen ? close() : setOpen(true)), [isOpen, close]);
  return { isOpen, unread: isOpen ? 0 : lines - seen, button, close, toggle };
}

/** A doctor who closes the window may end the visit for both: the browser asks first. */
function useWarning(isNeeded: boolean): void {
  useEffect(() => {
    if (!isNeeded) return;
    const ask = (event: BeforeUnloadEvent) => event.preventDefault();
    window.addEventListener('beforeunload', ask);
    return () => window.removeEventListener('beforeunload', ask);
  }, [isNeeded]);
}

/** The call itself: the other one's face first. */
export function CallScreen({ call, state, seat, otherName, onAgain, onGone }: CallScreenProps) {
  const { t } = useTranslation('room');
  const otherRole = seat === 'doctor' ? 'patient' : 'doctor';
  const remote = state.remotes.find(({ participant }) => participant.role === otherRole);
  const thirdRole = seat === 'guest' ? 'patient' : 'guest';
  const third = state.remotes.find(({ participant }) => participant.role === thirdRole);
  const isFlowing = state.mediaSince !== null;
  const chat = useChat(state.chat.length + state.files.length);
  const isSettled = useSettled(state.mediaSince);
  const table = useTable(isSettled ? state.meeting : null, state, seat);
  const writing = useOutbox(call);
  const [isSoundOn, setSoundOn] = useMessageSound(state);
  const picture = useRef<HTMLVideoElement>(null);
  const exits = useExits();
  const askFinish = seat === 'doctor' ? exits.askFinish : null;
  useHold(exits.askLeave);
  useWarning(seat === 'doctor');
  // Without an answer the seat is given up all the same once this screen is gone.
  const leave = () => void call.leave().catch(onGone);

  return (
    <section className={styles['room']} data-chat={chat.isOpen} aria-label={t('call.title', { name: otherName })}>
      <div className={styles['stage']}>
        <Faces
          main={<RemoteStage remote={remote} name={otherName} isFlowing={isFlowing} picture={picture} call={call} />}
          mainName={otherName}
          third={third}
          isFlowing={isFlowing}
          call={call}
        />
        <TopBar
          state={state}
          remote={remote}
          name={otherName}
          about={
            state.meeting &&
            isSettled &&
            seat !== 'guest' && <AboutVisit meetingId={state.meeting.id} seat={seat} name={state.meeting.patientName} />
          }
        />
        <Banners state={state} remote={remote} name={otherName} onAgain={onAgain}>
          <ToolBanners call={call} state={state} />
          {seat === 'doctor' && isSettled && (
            <Suspense>
              <LazyGuestDoor call={call} />
            </Suspense>
          )}
        </Banners>
        <SelfView local={state.local} />
        {state.phase === 'reconnecting' && (
          <Reconnecting seat={seat} until={state.reconnect?.until ?? null} onAgain={onAgain} onLeave={onGone} />
        )}
      </div>
      {chat.isOpen && (
        <ChatPanel
          state={state}
          {...writing}
          {...table}
          sound={{ isOn: isSoundOn, set: setSoundOn }}
          onClose={chat.close}
        />
      )}
      <Controls
        call={call}
        local={state.local}
        isChatOpen={chat.isOpen}
        unread={chat.unread}
        chatButton={chat.button}
        onChat={chat.toggle}
        tools={
          <>
            {seat === 'doctor' && isSettled && state.meeting !== null && (
              <Suspense>
                <LazyGuestInvite call={call} meetingId={state.meeting.id} />
              </Suspense>
            )}
            <CallTools
              call={call}
              state={state}
              remote={remote}
              name={otherName}
              video={picture}
              onChat={chat.toggle}
              onLeave={exits.askLeave}
              onFinish={askFinish}
            />
          </>
        }
        onLeave={seat === 'doctor' ? exits.askLeave : leave}
        onFinish={askFinish}
      />
      <LeaveDialog
        seat={seat}
        keptMs={state.returnWindowMs}
        name={otherName}
        isOpen={exits.asking === 'leave'}
        onYes={leave}
        onNo={exits.stay}
      />
      <FinishDialog isOpen={exits.asking === 'finish'} name={otherName} finish={() => call.end()} onNo={exits.stay} />
    </section>
  );
}
