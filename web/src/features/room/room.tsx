import '../../ui/i18n/room.ts';
import { type PropsWithChildren, Suspense, useEffect, useState } from 'react';
import type { Meeting } from '../../api/meetings.ts';
import { useBareShell } from '../../ui/layout/shell.tsx';
import { ConsentGate } from '../law/consent-gate.tsx';
import { LazyPayFirst } from '../pay/load-pay.ts';
import { CallScreen } from './call-screen.tsx';
import { Entering } from './entering.tsx';
import { LeftPage } from './left-page.tsx';
import { RefusedPage } from './refused-page.tsx';
import { TakenPage } from './taken-page.tsx';
import { useCall } from './use-call.ts';
import { useNews } from './use-news.ts';
import { WaitingRoom } from './waiting-room.tsx';

interface RoomProps {
  meeting: Meeting;
  seat: 'patient' | 'doctor';
  /** Whether to begin with the camera on. */
  camera: boolean;
  /** They want out of here. */
  onExit: () => void;
  /** The visit is over, or they left it: the newest that the call knows of it, or null when it has to be looked up. */
  onChanged: (meeting: Meeting | null) => void;
}

/** A call has the whole screen; the waiting room and the rest are pages like others. */
function Whole({ children }: PropsWithChildren) {
  useBareShell('always');
  return children;
}

function RoomOnce({ meeting, seat, camera, onExit, onChanged, onAgain }: RoomProps & { onAgain: () => void }) {
  const { call, state } = useCall({ meetingId: meeting.id, seat, camera });
  const otherName = seat === 'doctor' ? meeting.patientName : meeting.doctorName;
  const { phase } = state;
  useNews(state);
  useEffect(() => {
    if (phase === 'ended') onChanged(state.meeting);
    if (phase === 'left') onChanged(null);
  }, [phase, state.meeting, onChanged]);
  const entering = <Entering seat={seat} name={otherName} onAgain={onAgain} onLeave={onExit} />;

  if (call === null) return entering;
  switch (phase) {
    case 'waiting':
      return <WaitingRoom meeting={meeting} state={state} call={call} onLeft={onExit} />;
    case 'in-call':
    case 'reconnecting':
      return (
        <Whole>
          <CallScreen call={call} state={state} seat={seat} otherName={otherName} onAgain={onAgain} onGone={onExit} />
        </Whole>
      );
    case 'taken':
      return <TakenPage onBack={onAgain} onDone={onExit} />;
    case 'left':
      return (
        <LeftPage
          seat={seat}
          deadline={state.self?.deadline ?? meeting.reconnectDeadline}
          onBack={onAgain}
          onDone={onExit}
        />
      );
    case 'refused':
      if (state.failure?.code === 'CONSENT_REQUIRED') {
        return (
          <ConsentGate
            meetingId={meeting.id}
            seat={seat}
            patientName={meeting.patientName}
            onOpen={onAgain}
            onBack={onExit}
          />
        );
      }
      if (state.failure?.code === 'PAYMENT_REQUIRED') {
        return (
          <Suspense fallback={entering}>
            <LazyPayFirst meeting={meeting} seat={seat} onOpen={onAgain} onBack={onExit} />
          </Suspense>
        );
      }
      return <RefusedPage code={state.failure?.code ?? ''} onAgain={onAgain} onBack={onExit} />;
    case 'idle':
    case 'connecting':
    case 'ended':
      break;
  }
  return entering;
}

/** A visit from the waiting room to its end. What comes after is the caller's: it knows who they are. */
export function Room(props: RoomProps) {
  const [turn, setTurn] = useState(0);
  return <RoomOnce key={turn} {...props} onAgain={() => setTurn(turn + 1)} />;
}
