/** What the gateway asks of the sign-ins behind its sockets; src/compose.ts hands in who knows. */
import type { Actor } from '../../src/platform/actor.ts';
import type { Session } from '../rooms/session.ts';

export interface SignIns {
  /** Of credentials that were good once: `ended` for good, `outdated` until a newer token is shown, or good still. */
  standing(actor: Actor): 'ended' | 'outdated' | undefined;
  /** Calls back when the standing of anybody may have changed. */
  onRevoked(watcher: () => void): void;
}

/** Closes the socket of a sign-in that is over; asks the one whose token is out of date for a newer. */
export function judge(signIns: SignIns, session: Session): void {
  const standing = signIns.standing(session.actor);
  if (standing === 'ended') session.end();
  else if (standing === 'outdated') session.askForNewer();
}
