/** Getting in: which calls are made, and what each refusal means for the way on. */
import type { CallAnswer, Joined, Meeting, Resume } from '../../../signaling/protocol/index.ts';
import type { Ask } from './connection/link.ts';
import { type CallFailed, type FailureCode, failureOf } from './failure.ts';

/** `enter` waits for the doctor if need be; `start` is the doctor's own; a guest has to `knock`. */
export type Intent = 'enter' | 'start' | 'knock';

export type SeatOutcome =
  | { kind: 'joined'; joined: Joined }
  | ({ kind: 'waiting' } & CallAnswer<'meeting:wait'>)
  /** The doctor knows that the guest is at the door. */
  | { kind: 'knocked'; meeting: Meeting }
  /** The meeting is over for good. */
  | { kind: 'over'; status: 'ended' | 'cancelled' }
  | { kind: 'refused'; failure: CallFailed }
  /** Not now, but asking again later makes sense. */
  | { kind: 'later'; failure: CallFailed }
  /** The socket does not serve: no answer, or its token is stale. */
  | { kind: 'lost' };

/** Never rejects. With `resume`, media that was built before the socket was lost may live on. */
export async function takeSeat(ask: Ask, intent: Intent, meetingId: string, resume?: Resume): Promise<SeatOutcome> {
  try {
    const entry = { meetingId, ...(resume && { resume }) };
    return { kind: 'joined', joined: await ask(intent === 'start' ? 'meeting:start' : 'meeting:join', entry) };
  } catch (error) {
    const failure = failureOf(error);
    if (intent === 'enter' && failure.code === 'MEETING_NOT_STARTED') return wait(ask, meetingId);
    if (intent === 'knock' && toKnockAt.includes(failure.code)) return knock(ask);
    return outcomeOf(failure);
  }
}

const toKnockAt: readonly FailureCode[] = ['GUEST_NOT_ADMITTED', 'MEETING_NOT_STARTED'];

async function knock(ask: Ask): Promise<SeatOutcome> {
  try {
    return { kind: 'knocked', ...(await ask('guest:wait', {})) };
  } catch (error) {
    const failure = failureOf(error);
    // They were let in between the two calls.
    return failure.code === 'MEETING_ACTIVE' ? { kind: 'later', failure } : outcomeOf(failure);
  }
}

async function wait(ask: Ask, meetingId: string): Promise<SeatOutcome> {
  try {
    return { kind: 'waiting', ...(await ask('meeting:wait', { meetingId })) };
  } catch (error) {
    const failure = failureOf(error);
    // The doctor started between the two calls.
    return failure.code === 'MEETING_ACTIVE' ? { kind: 'later', failure } : outcomeOf(failure);
  }
}

const notNow: readonly FailureCode[] = ['RATE_LIMITED', 'UNAVAILABLE', 'INTERNAL'];
const noUse: readonly FailureCode[] = ['NO_ANSWER', 'UNAUTHENTICATED'];

function outcomeOf(failure: CallFailed): SeatOutcome {
  if (failure.code === 'MEETING_ENDED') return { kind: 'over', status: 'ended' };
  if (failure.code === 'MEETING_CANCELLED') return { kind: 'over', status: 'cancelled' };
  if (noUse.includes(failure.code)) return { kind: 'lost' };
  return { kind: notNow.includes(failure.code) ? 'later' : 'refused', failure };
}
