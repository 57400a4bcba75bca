/** Who may do what with somebody's waiting. Pure; scopes are checked at the door, before this. */
import type { WaitingSide } from '../../../signaling/protocol/index.ts';
import type { Actor } from '../../platform/actor.ts';
import type { ErrorCode } from '../../platform/errors.ts';
import { type Assignment, deskRole, seatOf } from '../policy.ts';
import type { WaitedFor } from './rows.ts';

/** On which side of the conversation the actor is; null when it is none of their business. */
export function sideOf(actor: Actor, meeting: Assignment): WaitingSide | null {
  return seatOf(actor, meeting) ?? (deskRole(actor) ? 'staff' : null);
}

/** The assigned doctor and the front desk order the queue and hand visits over. */
export function mayArrange(actor: Actor, meeting: Assignment): boolean {
  return seatOf(actor, meeting) === 'doctor' || deskRole(actor) !== null;
}

/** Why there is nothing to wait for any more; null while there is. */
export function tooLate({ status }: Pick<WaitedFor, 'status'>): ErrorCode | null {
  return (
    { scheduled: null, active: 'MEETING_ACTIVE', ended: 'MEETING_ENDED', cancelled: 'MEETING_CANCELLED' } as const
  )[status];
}
