import '../../ui/i18n/room.ts';
import { Button } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useMemo, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { CallState } from '../../call/call.ts';
import { Entrance } from '../../ui/entrance.tsx';
import { Notice } from '../../ui/notice.tsx';
import { Patience } from '../../ui/patience.tsx';
import { CallScreen } from '../room/call-screen.tsx';
import { useNews } from '../room/use-news.ts';
import { ClosedPage } from './closed-page.tsx';
import { type GuestPass, renewPass } from './guest-pass.ts';
import { useGuestCall } from './use-guest-call.ts';

interface GuestRoomProps {
  pass: GuestPass;
  resumeToken: string;
  camera: boolean;
}

/** From the door to the end, as often as they come back. */
export function GuestRoom(props: GuestRoomProps) {
  const [turn, setTurn] = useState(0);
  return <GuestRoomOnce key={turn} {...props} onAgain={() => setTurn(turn + 1)} />;
}

/** Whom the doctor does not name is called by what they are here. */
function named(state: CallState, patient: string): CallState {
  const remotes = state.remotes.map((remote) =>
    remote.participant.displayName === ''
      ? { ...remote, participant: { ...remote.participant, displayName: patient } }
      : remote,
  );
  return { ...state, remotes };
}

function GuestRoomOnce({ onAgain, ...props }: GuestRoomProps & { onAgain: () => void }) {
  const { t } = useTranslation('guests');
  const { call, state: told } = useGuestCall(props);
  const state = useMemo(() => named(told, t('thePatient')), [told, t]);
  useNews(state);
  const { doctorName } = props.pass;
  const entering = (
    <Entrance title={t('page.entering')}>
      <Patience text={t('page.entering')} onRetry={onAgain} />
    </Entrance>
  );
  if (call === null) return entering;
  switch (state.phase) {
    case 'waiting':
      return <AtTheDoor doctor={doctorName} isLost={state.reconnect !== null} onLeave={() => void call.leave()} />;
    case 'in-call':
    case 'reconnecting':
      return (
        <main id="main">
          <CallScreen
            call={call}
            state={state}
            seat="guest"
            otherName={doctorName}
            onAgain={onAgain}
            onGone={onAgain}
          />
        </main>
      );
    case 'left':
      return (
        <Entrance title={t('page.leftTitle')} lead={t('page.leftLead')}>
          <Button size="md" onClick={onAgain}>
            {t('page.back')}
          </Button>
        </Entrance>
      );
    case 'ended':
      return <ClosedPage why="over" />;
    case 'taken':
      return <ClosedPage why="elsewhere" />;
    case 'refused':
      return <WhyOut resumeToken={props.resumeToken} />;
    case 'idle':
    case 'connecting':
      break;
  }
  return entering;
}

function AtTheDoor({ doctor, isLost, onLeave }: { doctor: string; isLost: boolean; onLeave: () => void }) {
  const { t } = useTranslation('guests');
  return (
    <Entrance title={t('page.waitTitle')} lead={t('page.waitLead', { doctor })}>
      {isLost && (
        <Notice tone="warning" live="status">
          <p>{t('page.lost')}</p>
        </Notice>
      )}
      <Button variant="default" onClick={onLeave}>
        {t('page.out')}
      </Button>
    </Entrance>
  );
}

/** The socket says only that it is over; the server says why. */
function WhyOut({ resumeToken }: { resumeToken: string }) {
  const { t } = useTranslation('guests');
  const { data, error } = useQuery({
    queryKey: ['guest', 'out', resumeToken],
    queryFn: () => renewPass(resumeToken),
    gcTime: 0,
    retry: false,
  });
  if (error !== null) return <ClosedPage why="elsewhere" />;
  if (data === undefined) return <Entrance title={t('page.entering')} />;
  return <ClosedPage why={data.standing} />;
}
