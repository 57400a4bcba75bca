/** The guest's way to the server: what the link is for, coming in by it, coming back. */
import type { GuestRole } from '../../../../signaling/protocol/index.ts';
import { exchange } from '../../api/transport.ts';

export type Standing = 'invited' | 'waiting' | 'admitted' | 'refused' | 'removed' | 'revoked' | 'expired' | 'over';

export interface Invitation {
  meetingId: string;
  role: GuestRole;
  standing: Standing;
  clinicName: string;
  doctorName: string;
  timeZone: string;
  locale: string;
}

export interface GuestPass extends Invitation {
  guestId: string;
  name: string;
  resumeToken: string | null;
  accessToken: string | null;
}

async function ask<T>(path: string, body: object): Promise<T> {
  const answer = await exchange((input, init) => fetch(input, init), '', { method: 'POST', path, body });
  return (await answer.json()) as T;
}

export const lookAtLink = (token: string): Promise<Invitation> => ask('/guests/look', { token });
export const enterByLink = (token: string, name: string): Promise<GuestPass> => ask('/guests/enter', { token, name });
export const renewPass = (resumeToken: string): Promise<GuestPass> => ask('/guests/renew', { resumeToken });

/** What this tab needs to come back after a reload. */
export interface Kept {
  /** The link that it came by. */
  link: string;
  resumeToken: string;
  camera: boolean;
}

const place = 'housecall.guest';

/** Null when nothing was kept for this link, or the browser keeps nothing. */
export function keptFor(link: string): Kept | null {
  try {
    const kept: unknown = JSON.parse(sessionStorage.getItem(place) ?? 'null');
    if (typeof kept !== 'object' || kept === null || !('link' in kept) || kept.link !== link) return null;
    if (!('resumeToken' in kept) || typeof kept.resumeToken !== 'string') return null;
    return { link, resumeToken: kept.resumeToken, camera: !('camera' in kept) || kept.camera !== false };
  } catch {
    return null;
  }
}

/** Without a place to keep it, a reload asks for the name again. */
export function keep(kept: Kept): void {
  try {
    sessionStorage.setItem(place, JSON.stringify(kept));
  } catch {
    // The browser keeps nothing: see above.
  }
}
