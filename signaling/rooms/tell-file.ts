/** Tells both persons of a consultation that a file was laid on its table. */
import type { FactPayload } from '../protocol/index.ts';
import { type Announcer, personChannel } from './channels.ts';

/** A fact of the outbox, topic `upload.shared`. */
export interface FileShared extends FactPayload<'file:shared'> {
  patientId: string;
  doctorId: string;
}

/** Harmless twice. Guests are not told: they reach no files. */
export function tellFile(
  announcer: Announcer,
  tenantId: string,
  { patientId, doctorId, meetingId, uploadId, from, sharedAt }: FileShared,
): void {
  const both = [personChannel(tenantId, patientId), personChannel(tenantId, doctorId)];
  announcer.tell(both, 'file:shared', { meetingId, uploadId, from, sharedAt });
}
