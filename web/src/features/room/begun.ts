/**
 * A call that is begun by the very press that leads to it: what it asks of the server is on its way while its page is drawn,
 * which takes it over. While somebody looks at themselves before, its way to the server is made.
 */
import type { Session } from '../../api/session.ts';
import type { Call } from '../../call/call.ts';
import { createCall } from '../../call/create-call.ts';

/** Makes the call of a visit; nothing happens in it yet. */
export type MakeCall = (meetingId: string) => Call;

/** The calls of whoever is signed in. */
export function callsOf(session: Session): MakeCall {
  return (meetingId) => createCall({ meetingId, token: (not) => session.token(not) });
}

export interface Entrance {
  meetingId: string;
  seat: 'patient' | 'doctor';
  /** Whether to begin with the camera on. */
  camera: boolean;
}

interface Begun extends Entrance {
  call: Call;
  timer: ReturnType<typeof setTimeout>;
}

/** The page comes with the same press; one that does not come leaves nobody in a call that they do not see. */
const patienceMs = 2_000;

let prepared: { meetingId: string; call: Call } | null = null;
let begun: Begun | null = null;

/**
 * Connects to the server for this visit, which may begin at any moment if it is `isSoon`, with the participant `whoIsThere`
 * if somebody is. Answers how to let go of it again; what was begun meanwhile stays.
 */
export function prepareCall(
  make: MakeCall,
  meetingId: string,
  isSoon = false,
  whoIsThere: string | null = null,
): () => void {
  const call = make(meetingId);
  prepared?.call.close();
  prepared = { meetingId, call };
  call.prepare(isSoon, whoIsThere);
  return () => {
    if (prepared?.call !== call) return;
    prepared = null;
    call.close();
  };
}

/** Goes in now. Whoever shows the call takes it by `takeCall`; otherwise it is closed after 2 s. */
export function beginCall(make: MakeCall, entrance: Entrance): void {
  endBegun();
  const call = goIn(make, entrance);
  begun = { ...entrance, call, timer: setTimeout(endBegun, patienceMs) };
}

/** The call that has been begun for this entrance, or one that begins now. Whoever takes it closes it. */
export function takeCall(make: MakeCall, entrance: Entrance): Call {
  const { meetingId, seat, camera } = entrance;
  const isThis = begun?.meetingId === meetingId && begun.seat === seat && begun.camera === camera;
  if (!begun || !isThis) return goIn(make, entrance);
  const { call, timer } = begun;
  clearTimeout(timer);
  begun = null;
  return call;
}

function goIn(make: MakeCall, { meetingId, seat, camera }: Entrance): Call {
  const call = prepared?.meetingId === meetingId ? prepared.call : make(meetingId);
  if (prepared?.call === call) prepared = null;
  if (!camera) call.setCamera(false);
  if (seat === 'doctor') call.start();
  else call.enter();
  return call;
}

function endBegun(): void {
  clearTimeout(begun?.timer);
  begun?.call.close();
  begun = null;
}
