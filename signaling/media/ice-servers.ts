/** What browsers are told of STUN and TURN. Credentials follow "A REST API For Access To TURN Services" (draft-uberti-behave-turn-rest-00). */
import { createHmac } from 'node:crypto';
import type { Clock } from '../../src/platform/clock.ts';
import type { IceServer } from '../protocol/index.ts';

/**
 * As long as the longest meeting is by default: a peer-to-peer call keeps what it got when it joined, and may need a new
 * relay at its very end. A TURN server looks at the expiry when a relay is asked for, not afterwards.
 */
const lifetimeSeconds = 4 * 60 * 60;

export interface IceServersOptions {
  /** `stun:`, `turn:` and `turns:` addresses. */
  turnUrls: readonly string[];
  /** Shared with the TURN server (coturn: `static-auth-secret`). */
  turnSecret: string | undefined;
  clock: Clock;
}

/**
 * Answers a function that gives a participant their ice servers, with fresh TURN credentials at each call.
 * Throws when there is a TURN address and no secret.
 */
export function createIceServers({
  turnUrls,
  turnSecret,
  clock,
}: IceServersOptions): (participantId: string) => IceServer[] {
  const stun = turnUrls.filter((url) => url.startsWith('stun'));
  const turn = turnUrls.filter((url) => url.startsWith('turn'));
  if (turn.length > 0 && turnSecret === undefined) throw new Error('TURN addresses need a secret');
  return (participantId) => {
    const servers: IceServer[] = stun.length > 0 ? [{ urls: stun }] : [];
    if (turn.length > 0 && turnSecret !== undefined) {
      servers.push({ urls: turn, ...credentials(participantId, turnSecret, clock.now()) });
    }
    return servers;
  };
}

/** The user part tells the TURN server's log one participant from another and nothing else: it is a keyed hash. */
function credentials(participantId: string, secret: string, now: Date): { username: string; credential: string } {
  const user = createHmac('sha256', secret).update(`turn-user:${participantId}`).digest('base64url').slice(0, 22);
  const username = `${Math.floor(now.getTime() / 1000) + lifetimeSeconds}:${user}`;
  return { username, credential: createHmac('sha1', secret).update(username).digest('base64') };
}
