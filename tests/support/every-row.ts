/** A tenant with at least one row in every tenant table, so that what is tried on all tables is tried on something. */
import { randomBytes, randomUUID } from 'node:crypto';
import { parseSettings } from '../../src/identity/index.ts';
import { newMeeting } from '../../src/meetings/index.ts';
import { openRecord } from '../../src/platform/db/audit-trail.ts';
import type { Tx } from '../../src/platform/db/scope.ts';
import { newId } from '../../src/platform/ids.ts';
import { digestOf } from '../../src/records/documents/digest.ts';
import type { TestDatabase } from './database.ts';
import { createTenant, type TestTenant } from './tenant.ts';

const spread = { average: 40, worst: 90 };
const spreads = {
  roundTripMs: spread,
  jitterMs: spread,
  lossUp: spread,
  lossDown: null,
  upKbps: spread,
  downKbps: null,
};

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
    const link = {
      ...own,
      userId: tenant.users.doctor.id,
      email: tenant.users.doctor.email,
      hash: Buffer.from('hash'),
    };
    await tx.accountToken.create({ data: { id: newId(), ...link, purpose: 'reset_password', expiresAt: at } });
    await tx.outgoingMail.create({ data: { id: newId(), ...own, sealed: Buffer.from('sealed') } });
    const seats = { doctorId: tenant.doctorId, patientId: tenant.patientId };
    const visit = newMeeting({ ...own, ...seats, scheduledAt: at }, parseSettings({ timeZone: 'Asia/Kolkata' }));
    await tx.meeting.create({ data: { ...visit, id: meetingId, consent: 'explicit', consentAt: at } });
    const entry = { type: 'start', actorRole: 'doctor', at, detail: {} };
    await tx.meetingEvent.create({ data: { id: newId(), ...own, meetingId, ...entry } });
    const line = { fromId: tenant.doctorId, fromRole: 'doctor', clientId: '1', text: 'A line.', sentAt: at };
    await tx.meetingChatLine.create({ data: { id: newId(), ...own, meetingId, ...line } });
    const agreed = { patientId: tenant.patientId, meetingId, purpose: 'TREAT', scope: ['teleconsultation'] };
    const consentId = newId();
    await tx.consent.create({ data: { ...own, ...agreed, id: consentId, grantedBy: 'patient', grantedAt: at } });
    const granting = { type: 'granted', actorId: tenant.users.patient.id, at };
    await tx.consentEvent.create({ data: { ...own, ...granting, id: newId(), consentId } });
    const line1 = { role: 'doctor', seat: 1, scoreAverage: 4.5, scoreWorst: 3, frozenSeconds: 0, soundOnlySeconds: 0 };
    const figures = { ...spreads, scores: [5, null, 3], scoreEverySeconds: 10 };
    const stay = { participantId: tenant.doctorId, fromAt: at, untilAt: at, figures, ...line1 };
    await tx.meetingQuality.create({ data: { ...own, meetingId, ...stay } });
    await tx.waiting.create({ data: { ...own, meetingId, network: 'good' } });
    await tx.waitingLine.create({ data: { id: newId(), ...own, meetingId, ...line } });
    const sure = { confirmedById: tenant.doctorId, confirmedAt: at };
    await tx.visitIdentity.create({ data: { ...own, meetingId, ...sure } });
    await tx.visitRating.create({ data: { ...own, meetingId, stars: 4, ratedAt: at, changedAt: at } });
    await tx.visitNote.create({ data: { ...own, meetingId, text: 'A note.', version: 1, changedAt: at } });
    await tx.visitNoteVersion.create({ data: { ...own, meetingId, version: 1, text: 'A note.', at } });
    const door = { linkHash: randomBytes(32), linkExpiresAt: at, invitedById: tenant.users.doctor.id };
    await tx.meetingGuest.create({ data: { id: newId(), ...own, meetingId, role: 'interpreter', ...door } });
    const portal = { issuer: 'https://portal.example', subject: 'somebody' };
    await tx.externalIdentity.create({ data: { id: newId(), ...own, ...portal, userId: tenant.users.patient.id } });
    await addSchedulingRows(tx, own, tenant.doctorId);
    await addUploadRows(tx, own, tenant, meetingId);
    await addDocumentRows(tx, own, tenant, meetingId);
    await addChatRows(tx, own, tenant.users.doctor.id);
    await addAppointmentRows(tx, own, tenant);
    await addAccessRows(tx, own, tenant.users.admin.id);
    await addSignInRows(tx, { ...own, userId: tenant.users.doctor.id });
    const [hash, soon] = [randomBytes(32), new Date(Date.now() + 60_000)];
    await tx.idempotencyRecord.create({
      data: { ...own, id: hash, request: hash, status: 201, answer: hash, expiresAt: soon },
    });
    await tx.outbox.create({ data: { id: newId(), ...own, topic: 'test.fact', key: meetingId, payload: {} } });
  });
  await tenant.db.run((tx) => addPaymentRows(tx, own, tenant));
  await addAuditRows(database, tenant);
  // Which the server writes by its functions alone, for a visit that goes on.
  await database.sql('insert into meeting_room (tenant_id, meeting_id, epoch) values ($1, $2, 1)', [
    tenant.id,
    meetingId,
  ]);
  return { ...tenant, meetingId };
}

/** A visit that was paid and half given back. */
async function addPaymentRows(tx: Tx, own: { tenantId: string }, tenant: TestTenant): Promise<void> {
  const { id: appointmentId } = await tx.appointment.findFirstOrThrow();
  const [paymentId, at, unique] = [newId(), new Date(), randomUUID()];
  const [order, paid] = [{ providerOrderId: `order_${unique}` }, { providerPaymentId: `pay_${unique}` }];
  const price = { amountMinor: 50_000, currency: 'INR', refundedMinor: 20_000, status: 'partly_refunded' } as const;
  const receipt = { receiptNumber: 1, paidAt: at, provider: 'sandbox', createdById: tenant.users.patient.id };
  const whose = { patientId: tenant.patientId, appointmentId };
  await tx.payment.create({ data: { ...own, ...whose, ...price, ...receipt, ...order, ...paid, id: paymentId } });
  const back = { amountMinor: 20_000, reason: 'requested', status: 'processed', processedAt: at } as const;
  const refund = { ...back, ...paid, providerRefundId: `rfnd_${unique}` };
  await tx.paymentRefund.create({ data: { ...own, ...refund, id: newId(), paymentId } });
  const notice = { eventId: unique, type: 'payment.captured', facts: {}, receivedAt: at };
  await tx.paymentNotice.create({ data: { ...own, ...notice, paymentId } });
  await tx.receiptCounter.create({ data: { ...own, last: 1 } });
  const day = { startsAt: new Date('2026-11-20T00:00:00Z'), ranAt: at, compared: 1, differences: [] };
  await tx.paymentReconciliation.create({ data: { ...own, ...day, id: newId() } });
}

async function addAuditRows(database: TestDatabase, { id: tenantId, db }: TestTenant): Promise<void> {
  const occasion = { action: 'meeting.read', purpose: 'TREAT', route: 'GET /meetings/:id' } as const;
  const from = { requestId: null, address: null, userAgent: null };
  const record = openRecord(tenantId, { ...occasion, ...from }, { kind: 'system', id: null, roles: [] });
  await db.writeIf(() => record.failure('NOT_FOUND', 'refused'));
  // Not by the sealer, which would take what waits in other tenants as well; the worker of a live server may be quicker.
  const id = newId();
  await database.sql(
    `insert into audit_entry select $2, tenant_id, at, actor_kind, actor_id, actor_roles, action, purpose, result, code,
       patient_ids, entity_type, entity_id, request_id, address, user_agent, route, detail, sha256('digest')
     from audit_trail where tenant_id = $1 limit 1`,
    [tenantId, id],
  );
  await database.sql(`insert into audit_seal values ($1, 1, $2, sha256('hash')) on conflict do nothing`, [
    tenantId,
    id,
  ]);
}

async function addSchedulingRows(tx: Tx, own: { tenantId: string }, practitionerId: string): Promise<void> {
  const [locationId, roomId, serviceId, ruleId] = [newId(), newId(), newId(), newId()];
  const specialty = { system: 'http://snomed.info/sct', code: '394579002', display: 'Cardiology' };
  await tx.practitionerSpecialty.create({ data: { ...own, practitionerId, ...specialty } });
  const place = { type: 'clinic', city: 'Pune', country: 'IN', timeZone: 'Asia/Kolkata' };
  await tx.location.create({ data: { ...own, id: locationId, name: 'Main street', ...place } });
  await tx.room.create({ data: { ...own, id: roomId, locationId, name: '1' } });
  await tx.practitionerLocation.create({ data: { ...own, practitionerId, locationId } });
  const price = { priceMinor: 50_000, currency: 'INR', durationMinutes: 15 };
  const code = { codeSystem: 'http://snomed.info/sct', code: '11429006' };
  await tx.service.create({
    data: { ...own, id: serviceId, name: 'Consultation', ...code, ...price, modality: 'both' },
  });
  await tx.practitionerService.create({ data: { ...own, practitionerId, serviceId } });
  const hours = { weekday: 1, startMinute: 540, endMinute: 720, modality: 'both' } as const;
  await tx.availabilityRule.create({ data: { ...own, id: ruleId, practitionerId, locationId, roomId, ...hours } });
  await tx.availabilityRuleService.create({ data: { ...own, ruleId, serviceId } });
  const day = new Date('2026-12-25');
  await tx.availabilityException.create({ data: { ...own, id: newId(), kind: 'leave', startsOn: day, endsOn: day } });
}

async function addAppointmentRows(tx: Tx, own: { tenantId: string }, tenant: TestTenant): Promise<void> {
  const { doctorId: practitionerId, patientId } = tenant;
  const { id: serviceId } = await tx.service.findFirstOrThrow();
  const [appointmentId, entryId] = [newId(), newId()];
  const [startsAt, endsAt] = [new Date('2026-12-01T09:00:00Z'), new Date('2026-12-01T09:15:00Z')];
  const by = { createdById: tenant.users.staff.id };
  const window = { windowFrom: startsAt, windowUntil: endsAt };
  await tx.waitlistEntry.create({ data: { ...own, ...by, ...window, id: entryId, patientId, serviceId } });
  const when = { startsAt, endsAt, busyFrom: startsAt, busyUntil: endsAt };
  const visit = { practitionerId, patientId, serviceId, modality: 'video', status: 'booked' } as const;
  const price = { priceMinor: 50_000, currency: 'INR' };
  await tx.appointment.create({ data: { ...own, ...by, ...when, ...visit, ...price, id: appointmentId } });
  const event = { type: 'book', actorRole: 'staff', at: startsAt, detail: {} };
  await tx.appointmentEvent.create({ data: { ...own, ...event, id: newId(), appointmentId } });
  const due = { minutesBefore: 60, dueAt: startsAt };
  await tx.appointmentReminder.create({ data: { ...own, ...due, id: newId(), appointmentId } });
}

async function addUploadRows(tx: Tx, own: { tenantId: string }, tenant: TestTenant, meetingId: string): Promise<void> {
  const [uploadId, hash] = [newId(), randomBytes(32)];
  const about = { patientId: tenant.patientId, uploadedById: tenant.users.lab.id, uploadedByRole: 'lab' };
  const file = { category: 'lab_report', fileName: 'report.pdf', contentType: 'application/pdf', size: 100 };
  const kept = { sha256: hash, receivedSha256: hash, storageKey: randomUUID(), wrappedKey: hash, wrappedUnder: 'none' };
  await tx.upload.create({ data: { ...own, ...about, ...file, ...kept, id: uploadId, status: 'quarantined' } });
  await tx.uploadShare.create({
    data: { ...own, id: newId(), uploadId, meetingId, sharedById: tenant.users.doctor.id },
  });
  const removeAt = new Date(Date.now() + 86_400_000);
  await tx.storedLeftover.create({ data: { ...own, id: newId(), storageKey: randomUUID(), removeAt } });
}

/** A progress note that was confirmed and given out, then edited. */
async function addDocumentRows(
  tx: Tx,
  own: { tenantId: string },
  tenant: TestTenant,
  meetingId: string,
): Promise<void> {
  const [documentId, codeId, ruleId, at] = [newId(), newId(), newId(), new Date()];
  await tx.cdtCode.create({ data: { ...own, id: codeId, code: 'D8080', description: 'Full straightening' } });
  await tx.cdtRule.create({ data: { ...own, id: ruleId, tier: 'severe', ageGroup: 'adult' } });
  await tx.cdtRuleCode.create({ data: { ...own, ruleId, codeId, position: 0 } });
  const whose = { patientId: tenant.patientId, meetingId, practitionerId: tenant.doctorId };
  const manner = { kind: 'progress_note', audience: 'patient', tone: 'plain', language: 'en', seed: 1, tier: 'mild' };
  const source = { source: 'template', fallback: 'not_configured', tokensUsed: 0, generationTimeMs: 0 };
  const now = { ageYears: 30, input: {}, version: 2, confirmedVersion: 1, changedAt: at };
  await tx.clinicalDocument.create({ data: { ...own, ...whose, ...manner, ...source, ...now, id: documentId } });
  const payload = { title: 'A note', subjective: 'Pain.', objective: 'Crowding.', assessment: 'Mild.', plan: 'Rest.' };
  const text = { schemaVersion: '1.0', payload, codes: [], madeById: tenant.users.doctor.id, at };
  for (const version of [1, 2])
    await tx.clinicalDocumentVersion.create({ data: { ...own, documentId, ...text, version } });
  const who = { confirmedById: tenant.users.doctor.id, practitionerId: tenant.doctorId, name: 'Dr' };
  const payloadSha256 = digestOf({ kind: 'progress_note', schemaVersion: '1.0', payload, codes: [] });
  const what = { payload: {}, payloadSha256, confirmedAt: at, pdfGeneratedAt: at };
  await tx.documentConfirmation.create({ data: { ...own, documentId, version: 1, ...who, ...what } });
  const given = { version: 1, byId: tenant.users.patient.id, at };
  await tx.documentDownload.create({ data: { ...own, documentId, id: newId(), ...given } });
}

/** An emergency, and a booking that waits for a yes. */
async function addChatRows(tx: Tx, own: { tenantId: string }, userId: string): Promise<void> {
  const [conversationId, at, sealed] = [newId(), new Date(), Buffer.from('sealed')];
  await tx.chatConversation.create({ data: { ...own, id: conversationId, userId, sealedTitle: sealed, lastAt: at } });
  const said = { conversationId, sealedText: sealed, at };
  await tx.chatMessage.create({ data: { ...own, ...said, id: newId(), by: 'assistant', kind: 'emergency' } });
  const action = { conversationId, kind: 'book', sealedInput: sealed, createdAt: at, expiresAt: at };
  await tx.chatAction.create({ data: { ...own, ...action, id: newId() } });
  const words = { kind: 'emergency', sign: 'chest_pain', askedPreview: 'My chest.', replyPreview: 'Call 108.' };
  const took = { inputTokens: 0, outputTokens: 0, milliseconds: 1, requestId: newId(), at };
  const exchange = { userId, conversationId, audience: 'patient', ...words, ...took };
  await tx.chatExchange.create({ data: { ...own, id: newId(), ...exchange } });
}

async function addAccessRows(tx: Tx, own: { tenantId: string }, adminId: string): Promise<void> {
  const roleId = newId();
  await tx.clinicRole.create({ data: { ...own, id: roleId, key: 'front-desk', name: 'Front desk', scopes: [] } });
  await tx.userRole.create({ data: { ...own, userId: adminId, roleId } });
  const key = { name: 'Voice', prefix: randomUUID().replaceAll('-', '').slice(0, 12), hash: randomBytes(32) };
  const expiresAt = new Date(Date.now() + 86_400_000);
  await tx.apiKey.create({
    data: { ...own, id: newId(), ...key, scopes: ['slots:read'], createdBy: adminId, expiresAt },
  });
}

async function addSignInRows(tx: Tx, own: { tenantId: string; userId: string }): Promise<void> {
  const { tenantId } = own;
  const [at, until] = [new Date(), new Date(Date.now() + 60_000)];
  await tx.session.create({
    data: { ...own, id: newId(), lastUsedAt: at, address: '192.0.2.1', userAgent: 'Browser' },
  });
  await tx.revocation.create({ data: { tenantId, id: newId(), kind: 'session', subjectId: newId(), at, until } });
  await tx.secondFactor.create({ data: { ...own, sealedSecret: 'sealed' } });
  await tx.recoveryCode.create({ data: { ...own, id: newId(), hash: randomBytes(32) } });
}
