/** What a change of a guest leaves behind, in its transaction: an entry in the timeline, and a fact for the live rooms. */
import type { GuestsChanged } from '../../../signaling/meeting-gate.ts';
import type { Tx } from '../../platform/db/scope.ts';
import { newId } from '../../platform/ids.ts';
import { appendFact } from '../../platform/jobs/outbox.ts';
import type { Doer } from '../draft.ts';
import type { EntryDetail, GuestEntryType } from '../schema.ts';
import type { GuestRow } from './rows.ts';

/** The outbox topic of `GuestsChanged`; its key is the meeting's id. */
const guestsChanged = 'meeting.guests';

type About = Pick<GuestRow, 'tenantId' | 'meetingId' | 'id' | 'role' | 'doctorId'>;

export interface GuestNote {
  type: GuestEntryType;
  at: Date;
  doer: Doer;
  detail?: EntryDetail;
}

export async function noteGuest(tx: Tx, guest: About, { type, at, doer, detail = {} }: GuestNote): Promise<void> {
  const { tenantId, meetingId, id: guestId, role: guestRole, doctorId } = guest;
  const { role: actorRole, id: actorId, nodeId } = doer;
  const named = { guestId, guestRole, ...detail };
  const entry = { id: newId(), tenantId, meetingId, type, actorRole, actorId, at, nodeId, detail: named };
  await tx.meetingEvent.create({ data: entry, select: { id: true } });
  const admitted = type === 'guest_admitted' && { admittedId: guestId };
  const payload = { tenantId, meetingId, doctorId, ...admitted } satisfies GuestsChanged;
  await appendFact(tx, { tenantId, topic: guestsChanged, key: meetingId, payload });
}

export const guestDoer = (guestId: string, nodeId: string | null): Doer => ({ role: 'guest', id: guestId, nodeId });
