/** What a change of a meeting's guests means for the sockets: the doctor sees the list anew, who was let in may come. */
import type { GuestsChanged, MeetingGate } from '../meeting-gate.ts';
import { type Announcer, personChannel } from './channels.ts';

/** Harmless twice: the list is told as it is now, and who is in already does not come again. */
export async function tellGuests(
  { announcer, gate }: { announcer: Announcer; gate: MeetingGate },
  { tenantId, meetingId, doctorId, admittedId }: GuestsChanged,
): Promise<void> {
  if (admittedId !== undefined) announcer.tell([personChannel(tenantId, admittedId)], 'guest:admitted', { meetingId });
  const guests = await gate.guests({ tenantId, meetingId });
  announcer.tell([personChannel(tenantId, doctorId)], 'guest:changed', { meetingId, guests });
}
