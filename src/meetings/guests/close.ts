/** Sending a guest away for good, from wherever they are. */
import { revokeSession } from '../../identity/index.ts';
import type { Tx } from '../../platform/db/scope.ts';
import type { Doer } from '../draft.ts';
import { noteGuest } from './notes.ts';
import type { GuestRow } from './rows.ts';

const closedAs = {
  invited: 'revoked',
  waiting: 'refused',
  admitted: 'removed',
} as const;

/** Their sockets are closed with the commit, on every node. Harmless when they were sent away before. */
export async function closeGuest(tx: Tx, guest: GuestRow, { at, doer }: { at: Date; doer: Doer }): Promise<void> {
  const { tenantId, id, state } = guest;
  if (state !== 'invited' && state !== 'waiting' && state !== 'admitted') return;
  const next = closedAs[state];
  await tx.meetingGuest.update({
    where: { tenantId_id: { tenantId, id } },
    data: { state: next, closedAt: at, nodeId: null },
    select: { id: true },
  });
  await forgetDevice(tx, guest);
  await noteGuest(tx, guest, { type: `guest_${next}`, at, doer });
}

/** The access tokens of the browser that a guest came with are good no more. */
export async function forgetDevice(tx: Tx, { tenantId, id, deviceSessionId }: GuestRow): Promise<void> {
  if (deviceSessionId === null) return;
  await revokeSession(tx, { tenantId, userId: id, sessionId: deviceSessionId, because: 'revoked' });
}
