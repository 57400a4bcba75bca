/** Who hears of a doctor's queue: the doctor all of it, each waiting patient their own place, the front desk the same as the doctor. */
import type { MeetingGate } from '../meeting-gate.ts';
import { type Announcer, personChannel, queuesChannel } from './channels.ts';

/** Tells it as it is now. Harmless at any time. */
export async function tellQueue(
  { announcer, gate }: { announcer: Announcer; gate: MeetingGate },
  tenantId: string,
  doctorId: string,
): Promise<void> {
  const told = await gate.waiting.told(tenantId, doctorId);
  if (!told) return;
  const { places, ...queue } = told;
  announcer.tell([personChannel(tenantId, doctorId)], 'queue:changed', { waiting: queue.waiting });
  announcer.tell([queuesChannel(tenantId)], 'queue:updated', { queue });
  for (const { meetingId, patientId, place } of places) {
    announcer.tell([personChannel(tenantId, patientId)], 'queue:changed', { meetingId, ...place });
  }
}
