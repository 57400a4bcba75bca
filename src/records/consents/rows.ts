/** Consents as they are stored, and as callers see them. */
import { Prisma } from '../../platform/db/client.ts';
import type { Reads } from '../../platform/db/quick.ts';
import type { Consent } from './schema.ts';

export interface ConsentRow {
  id: string;
  patientId: string;
  meetingId: string | null;
  status: 'active' | 'inactive';
  policyId: string | null;
  language: string | null;
  purpose: string;
  scope: string[];
  grantedBy: string;
  grantedAt: Date;
  expiresAt: Date | null;
  revokedAt: Date | null;
  revokeReason: string | null;
  revokeNotes: string | null;
}

export const consentColumns = Prisma.sql`
  c.id, c.patient_id as "patientId", c.meeting_id as "meetingId", c.status::text as status, c.policy_id as "policyId",
  c.language, c.purpose, c.scope, c.granted_by as "grantedBy", c.granted_at as "grantedAt", c.expires_at as "expiresAt",
  c.revoked_at as "revokedAt", c.revoke_reason as "revokeReason", c.revoke_notes as "revokeNotes"`;

export function oneConsent(tenantId: string, id: string): Reads<ConsentRow> {
  return Prisma.sql`
    select ${consentColumns} from consent c where c.tenant_id = ${tenantId}::uuid and c.id = ${id}::uuid`;
}

/** The same, held until the transaction ends. */
export function lockedConsent(tenantId: string, id: string): Reads<ConsentRow> {
  return Prisma.sql`${oneConsent(tenantId, id)} for no key update`;
}

const instant = (date: Date | null): string | null => date?.toISOString() ?? null;

export function hasExpired({ expiresAt }: Pick<ConsentRow, 'expiresAt'>, now: Date): boolean {
  return expiresAt !== null && expiresAt <= now;
}

export function toConsent(row: ConsentRow, now: Date): Consent {
  return {
    ...row,
    status: hasExpired(row, now) ? 'inactive' : row.status,
    grantedAt: row.grantedAt.toISOString(),
    expiresAt: instant(row.expiresAt),
    revokedAt: instant(row.revokedAt),
  };
}
