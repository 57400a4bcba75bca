/** Granting and revoking. */
import type { Actor } from '../../platform/actor.ts';
import { Prisma } from '../../platform/db/client.ts';
import type { Reads } from '../../platform/db/quick.ts';
import type { TenantDb } from '../../platform/db/scope.ts';
import { AppError } from '../../platform/errors.ts';
import { newId } from '../../platform/ids.ts';
import { knowsConsentsOf } from './policy.ts';
import { type ConsentRow, hasExpired, lockedConsent, toConsent } from './rows.ts';
import type { Consent, NewConsent, RevokeConsent } from './schema.ts';

/** The outbox topic of a consent that is no more; its key is the id of the consent. */
export const consentRevoked = 'consent.revoked';

/** What is told of it. */
export interface ConsentRevoked {
  tenantId: string;
  consentId: string;
  meetingId: string | null;
  revokedAt: string;
}

/** A consent as it will be read, for `insertConsent`. */
export function newConsent(
  given: Pick<ConsentRow, 'patientId' | 'purpose' | 'scope' | 'grantedBy' | 'grantedAt'> & Partial<ConsentRow>,
): ConsentRow {
  return {
    id: newId(),
    meetingId: null,
    status: 'active',
    policyId: null,
    language: null,
    expiresAt: null,
    revokedAt: null,
    revokeReason: null,
    revokeNotes: null,
    ...given,
  };
}

/** The consent and the first line of its history, in one statement. `actorId` is the account that says so. */
export function insertConsent(tenantId: string, row: ConsentRow, actorId: string): Prisma.Sql {
  return Prisma.sql`
    with granted as (
      insert into consent (id, tenant_id, patient_id, meeting_id, policy_id, language, purpose, scope, granted_by,
        granted_at, expires_at)
      values (${row.id}::uuid, ${tenantId}::uuid, ${row.patientId}::uuid, ${row.meetingId}::uuid, ${row.policyId}::text,
        ${row.language}::text, ${row.purpose}, ${row.scope}::text[], ${row.grantedBy}, ${row.grantedAt}::timestamptz,
        ${row.expiresAt}::timestamptz)
      returning id)
    insert into consent_event (id, tenant_id, consent_id, type, actor_id, at)
    select ${newId()}::uuid, ${tenantId}::uuid, id, 'granted', ${actorId}::uuid, ${row.grantedAt}::timestamptz from granted`;
}

/** Keeps that somebody agreed. FORBIDDEN for another's consent; INVALID_INPUT when there is no such patient here. */
export function grantConsent(db: TenantDb, actor: Actor, input: NewConsent, now: Date): Promise<Consent> {
  const { patientId, policyId = null, expiresAt, ...given } = input;
  if (!knowsConsentsOf(actor, patientId)) throw new AppError('FORBIDDEN', 'Patients agree for themselves only.');
  db.about({ patientIds: [patientId] });
  return db.decide(patientOf(db.tenantId, patientId), ([patient]) => {
    if (!patient) throw invalid('patientId', 'Is not a patient of this clinic');
    const until = expiresAt === undefined ? null : new Date(expiresAt);
    if (until && until <= now) throw invalid('expiresAt', 'Must be in the future');
    const row = newConsent({ ...given, patientId, policyId, grantedAt: now, expiresAt: until });
    db.about({ entity: { type: 'Consent', id: row.id } });
    const consent = toConsent(row, now);
    db.reply(consent);
    return { writes: [insertConsent(db.tenantId, row, actor.userId)], answer: consent };
  });
}

/**
 * Takes it back, for good. NOT_FOUND for what is not there or is none of the actor's business, CONFLICT for what holds no
 * more anyway. Who relies on it hears of it by `consent.revoked`.
 */
export function revokeConsent(
  db: TenantDb,
  actor: Actor,
  { id, reason, notes }: RevokeConsent & { id: string },
  now: Date,
): Promise<Consent> {
  db.about({ entity: { type: 'Consent', id } });
  return db.decide(lockedConsent(db.tenantId, id), ([row]) => {
    if (row) db.about({ patientIds: [row.patientId] });
    if (!row || !knowsConsentsOf(actor, row.patientId)) throw new AppError('NOT_FOUND');
    if (row.status === 'inactive') throw new AppError('CONFLICT', 'This consent was revoked before.');
    if (hasExpired(row, now)) throw new AppError('CONFLICT', 'This consent has expired.');
    const consent = toConsent(
      { ...row, status: 'inactive', revokedAt: now, revokeReason: reason, revokeNotes: notes ?? null },
      now,
    );
    db.reply(consent);
    return { writes: [revocation(db.tenantId, row, consent, actor.userId)], answer: consent };
  });
}

function revocation(tenantId: string, row: ConsentRow, after: Consent, actorId: string): Prisma.Sql {
  const revokedAt = after.revokedAt ?? '';
  const told: ConsentRevoked = { tenantId, consentId: row.id, meetingId: row.meetingId, revokedAt };
  return Prisma.sql`
    with revoked as (
      update consent set status = 'inactive', revoked_at = ${after.revokedAt}::timestamptz,
        revoke_reason = ${after.revokeReason}::text, revoke_notes = ${after.revokeNotes}::text
      where tenant_id = ${tenantId}::uuid and id = ${row.id}::uuid returning id),
    told as (
      insert into outbox (id, tenant_id, topic, key, payload)
      values (${newId()}::uuid, ${tenantId}::uuid, ${consentRevoked}, ${row.id}::uuid, ${JSON.stringify(told)}::jsonb))
    insert into consent_event (id, tenant_id, consent_id, type, actor_id, at)
    select ${newId()}::uuid, ${tenantId}::uuid, id, 'revoked', ${actorId}::uuid, ${after.revokedAt}::timestamptz from revoked`;
}

function patientOf(tenantId: string, patientId: string): Reads<{ id: string }> {
  return Prisma.sql`select id from patient where tenant_id = ${tenantId}::uuid and id = ${patientId}::uuid`;
}

const invalid = (path: string, message: string) =>
  new AppError('INVALID_INPUT', 'Correct the fields named in errors.', { faults: [{ path, message }] });
