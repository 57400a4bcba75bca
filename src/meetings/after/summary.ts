/** What comes next for the two of a visit. */
import type { Actor } from '../../platform/actor.ts';
import { Prisma } from '../../platform/db/client.ts';
import type { TenantDb } from '../../platform/db/scope.ts';
import { AppError } from '../../platform/errors.ts';
import { isPatientOf, mayRead, seatOf, seesAll } from '../policy.ts';
import { mayRate, ratingOf } from './rating.ts';
import type { AfterVisit } from './schema.ts';
import { type VisitRow, visitOf } from './visit.ts';

interface Next {
  appointmentId: string;
  startsAt: Date;
  practitionerName: string;
  modality: 'video' | 'in_person';
}

/** Throws MEETING_NOT_FOUND for what is not there, another clinic's, or none of the actor's business. */
export function readAfter(db: TenantDb, actor: Actor, meetingId: string, now: Date): Promise<AfterVisit> {
  db.about({ entity: { type: 'Meeting', id: meetingId } });
  return db.run(async (tx) => {
    const [row] = await tx.$queryRaw<VisitRow[]>(visitOf(db.tenantId, meetingId));
    if (row) db.about({ patientIds: [row.patientId] });
    if (!row || !mayRead(actor, row)) throw new AppError('MEETING_NOT_FOUND');
    const isPatient = isPatientOf(actor, row);
    const onlyWith = seatOf(actor, row) === 'doctor' ? row.doctorId : null;
    const [next] = await tx.$queryRaw<Next[]>(nextOf(db.tenantId, row.patientId, { onlyWith, now }));
    return {
      meetingId,
      next: next ? { ...next, startsAt: next.startsAt.toISOString() } : null,
      rating: isPatient || seesAll(actor) ? ratingOf(row) : null,
      mayRate: isPatient && mayRate(row, now),
    };
  });
}

function nextOf(
  tenantId: string,
  patientId: string,
  { onlyWith, now }: { onlyWith: string | null; now: Date },
): Prisma.Sql {
  return Prisma.sql`
    select a.id as "appointmentId", a.starts_at as "startsAt", d.name as "practitionerName", a.modality::text as modality
    from appointment a join practitioner d on d.tenant_id = a.tenant_id and d.id = a.practitioner_id
    where a.tenant_id = ${tenantId}::uuid and a.patient_id = ${patientId}::uuid and a.status = 'booked'
      and a.starts_at > ${now}::timestamptz and (${onlyWith}::uuid is null or a.practitioner_id = ${onlyWith}::uuid)
    order by a.starts_at limit 1`;
}
