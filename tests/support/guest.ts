/** The third person, as their browser does it: a link, a name, a socket. */
import type { GuestRole } from '../../signaling/protocol/index.ts';
import type { LiveServer } from './live.ts';
import { type Answered, call } from './serve-app.ts';
import { SocketClient } from './socket-client.ts';
import type { TestTenant } from './tenant.ts';

export interface InviteMade {
  id: string;
  url: string;
  expiresAt: string;
}

export interface GuestPass {
  guestId: string;
  standing: string;
  name: string;
  clinicName: string;
  doctorName: string;
  resumeToken: string | null;
  accessToken: string | null;
  expiresIn: number | null;
}

export const tokenOf = ({ url }: Pick<InviteMade, 'url'>): string => url.split('#token=')[1] ?? '';

export async function inviteGuest(
  live: Pick<LiveServer, 'rest'>,
  clinic: TestTenant,
  meetingId: string,
  wanted: { role?: GuestRole; minutes?: number; namesPatient?: boolean } = {},
): Promise<InviteMade> {
  const body = { role: 'interpreter', ...wanted };
  const answer = await live.rest(clinic, 'doctor', 'POST', `/meetings/${meetingId}/invites`, body);
  if (answer.status !== 201) throw new Error(`Nobody was invited: ${answer.status} ${answer.text}`);
  return answer.json as InviteMade;
}

/** One of the public calls of guests. */
export function guestCall(
  live: Pick<LiveServer, 'url'>,
  verb: 'look' | 'enter' | 'renew',
  body: unknown,
): Promise<Answered> {
  return call(`${live.url}/api/v1/guests/${verb}`, 'POST', { body });
}

export async function enterAs(
  live: Pick<LiveServer, 'url'>,
  invite: Pick<InviteMade, 'url'>,
  name: string,
): Promise<GuestPass> {
  const answer = await guestCall(live, 'enter', { token: tokenOf(invite), name });
  if (answer.status !== 200) throw new Error(`The guest did not enter: ${answer.status} ${answer.text}`);
  return answer.json as GuestPass;
}

export function guestSocket(live: LiveServer, { accessToken }: GuestPass): Promise<SocketClient> {
  return SocketClient.connect(live.url, accessToken ?? '');
}
