/** What the law asks about of one visit, read in one statement. */
import { Prisma } from '../../platform/db/client.ts';
import type { Reads } from '../../platform/db/quick.ts';
import type { IdentityCheck } from '../../records/patients/schema.ts';
import { type LockedRow, meetingLock } from '../rows.ts';
import type { Guardian } from './schema.ts';

export interface LawRow {
  birthDate: string | null;
  language: string | null;
  guardianName: string | null;
  guardianRelation: string | null;
  checkedAt: Date | null;
  checkedHow: IdentityCheck | null;
  qualification: string | null;
  registrationNumber: string | null;
  registrationAuthority: string | null;
  confirmedAt: Date | null;
  confirmedAge: number | null;
  confirmedGuardianName: string | null;
  confirmedGuardianRelation: string | null;
}

/** The meeting, locked or only read, with what the law asks about. */
export function lawScene(tenantId: string, meetingId: string, lock: 'wait' | 'none'): Reads<LockedRow & LawRow> {
  return Prisma.sql`
    select locked.*, p.birth_date::text as "birthDate", p.language, p.guardian_name as "guardianName",
      p.guardian_relation as "guardianRelation", p.identity_checked_at as "checkedAt",
      p.identity_checked_how as "checkedHow", d.qualification, d.registration_number as "registrationNumber",
      d.registration_authority as "registrationAuthority", i.confirmed_at as "confirmedAt",
      i.age_years::int as "confirmedAge", i.guardian_name as "confirmedGuardianName",
      i.guardian_relation as "confirmedGuardianRelation"
    from (${meetingLock(tenantId, meetingId, lock)}) locked
    join patient p on p.tenant_id = ${tenantId}::uuid and p.id = locked."patientId"
    join practitioner d on d.tenant_id = ${tenantId}::uuid and d.id = locked."doctorId"
    left join visit_identity i on i.tenant_id = ${tenantId}::uuid and i.meeting_id = locked.id`;
}

export function guardianOf(name: string | null, relation: string | null): Guardian | null {
  return name === null || relation === null ? null : { name, relation };
}

/** Keeps a guardian with the record of a patient who has none; one that is there stays. */
export function keepGuardian(tenantId: string, patientId: string, { name, relation }: Guardian): Prisma.Sql {
  return Prisma.sql`
    update patient set guardian_name = ${name}::text, guardian_relation = ${relation}::text, updated_at = now()
    where tenant_id = ${tenantId}::uuid and id = ${patientId}::uuid and guardian_name is null`;
}
