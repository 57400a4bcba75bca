/** Laying a file on the table of a consultation, where both sides can open it. */
import type { Actor } from '../../platform/actor.ts';
import type { TenantDb } from '../../platform/db/scope.ts';
import { AppError } from '../../platform/errors.ts';
import { newId } from '../../platform/ids.ts';
import { appendFact } from '../../platform/jobs/outbox.ts';
import type { UploadDeps } from './deps.ts';
import { type UploadShared, uploadShared } from './events.ts';
import { mayShare, reachOf } from './policy.ts';
import { findUpload } from './rows.ts';
import type { UploadShareView } from './schema.ts';

/**
 * The same file again changes nothing. Both sides are told at once. Throws NOT_FOUND for a file out of reach, MEETING_NOT_FOUND for a meeting that is
 * not the actor's, and CONFLICT for a file about another patient. One that is held back may lie there; nobody can open it.
 */
export async function shareUpload(
  { clock, onShared }: Pick<UploadDeps, 'clock' | 'onShared'>,
  { db, actor }: { db: TenantDb; actor: Actor },
  uploadId: string,
  meetingId: string,
): Promise<UploadShareView> {
  const { tenantId } = db;
  const shared = await db.run(async (tx) => {
    const row = await findUpload(tx, db, reachOf(actor), uploadId);
    const meeting = await tx.meeting.findFirst({
      where: { tenantId, id: meetingId },
      select: { doctorId: true, patientId: true, status: true },
    });
    if (!meeting || !mayShare(actor, meeting)) throw new AppError('MEETING_NOT_FOUND');
    if (meeting.patientId !== row.patientId)
      throw new AppError('CONFLICT', 'This file is about another patient than the consultation.');
    if (meeting.status === 'cancelled') throw new AppError('MEETING_CANCELLED');
    const createdAt = clock.now();
    const share = { id: newId(), tenantId, uploadId, meetingId, sharedById: actor.userId, createdAt };
    const { count } = await tx.uploadShare.createMany({ data: [share], skipDuplicates: true });
    const from = actor.patientId === meeting.patientId ? meeting.patientId : meeting.doctorId;
    const both = { patientId: meeting.patientId, doctorId: meeting.doctorId };
    const payload: UploadShared = { meetingId, uploadId, from, sharedAt: createdAt.toISOString(), ...both };
    if (count > 0) await appendFact(tx, { tenantId, topic: uploadShared, key: meetingId, payload: { ...payload } });
    const kept = await tx.uploadShare.findFirstOrThrow({ where: { tenantId, uploadId, meetingId } });
    return { uploadId, meetingId, sharedAt: kept.createdAt.toISOString() };
  });
  onShared();
  return shared;
}
