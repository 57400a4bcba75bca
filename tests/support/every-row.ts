/** A tenant with at least one row in every tenant table, so that what is tried on all tables is tried on something. */
import { newId } from '../../src/platform/ids.ts';
import type { TestDatabase } from './database.ts';
import { createTenant, type TestTenant } from './tenant.ts';

export interface FullTenant extends TestTenant {
  meetingId: string;
}

export async function createFullTenant(database: TestDatabase): Promise<FullTenant> {
  const tenant = await createTenant(database);
  const meetingId = newId();
  const at = new Date();
  const own = { tenantId: tenant.id };
  await tenant.db.run(async (tx) => {
    const account = { ...own, userId: tenant.users.doctor.id, familyId: newId() };
    await tx.refreshToken.create({ data: { id: newId(), ...account, hash: Buffer.from('hash'), expiresAt: at } });
    const seats = { doctorId: tenant.doctorId, patientId: tenant.patientId };
    await tx.meeting.create({ data: { id: meetingId, ...own, ...seats, scheduledAt: at, snapshot: {} } });
    const entry = { type: 'start', actorRole: 'doctor', at, detail: {} };
    await tx.meetingEvent.create({ data: { id: newId(), ...own, meetingId, ...entry } });
    const line = { fromId: tenant.doctorId, fromRole: 'doctor', clientId: '1', text: 'A line.', sentAt: at };
    await tx.meetingChatLine.create({ data: { id: newId(), ...own, meetingId, ...line } });
    await tx.outbox.create({ data: { id: newId(), ...own, topic: 'meeting.changed', key: meetingId, payload: {} } });
  });
  return { ...tenant, meetingId };
}
