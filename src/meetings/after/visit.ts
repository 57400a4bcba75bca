/** What is left of one visit, read in one statement. */

import type { MeetingStatus } from '../../../signaling/protocol/index.ts';
import { Prisma } from '../../platform/db/client.ts';
import type { Reads } from '../../platform/db/quick.ts';

export interface VisitRow {
  doctorId: string;
  patientId: string;
  status: MeetingStatus;
  startedAt: Date | null;
  stars: number | null;
  words: string | null;
  ratedAt: Date | null;
  text: string | null;
  version: number | null;
  changedAt: Date | null;
  signedAt: Date | null;
}

export function visitOf(tenantId: string, meetingId: string): Reads<VisitRow> {
  return Prisma.sql`
    select m.doctor_id as "doctorId", m.patient_id as "patientId", m.status::text as status, m.started_at as "startedAt",
      r.stars::int as stars, r.words, r.rated_at as "ratedAt", n.text, n.version, n.changed_at as "changedAt",
      n.signed_at as "signedAt"
    from meeting m
    left join visit_rating r on r.tenant_id = m.tenant_id and r.meeting_id = m.id
    left join visit_note n on n.tenant_id = m.tenant_id and n.meeting_id = m.id
    where m.tenant_id = ${tenantId}::uuid and m.id = ${meetingId}::uuid`;
}

/** Two writers of what hangs on a visit wait for each other before either looks. */
export function turnOf(tenantId: string, meetingId: string): Prisma.Sql {
  return Prisma.sql`
    select 1 from meeting where tenant_id = ${tenantId}::uuid and id = ${meetingId}::uuid for no key update`;
}
