/** The doctor makes sure who the patient is (India's Telemedicine Practice Guidelines, 3.2 and 3.5). */
import type { Actor } from '../../platform/actor.ts';
import { Prisma } from '../../platform/db/client.ts';
import type { TenantDb } from '../../platform/db/scope.ts';
import { AppError } from '../../platform/errors.ts';
import { mayRead, seatOf } from '../policy.ts';
import { keepGuardian, lawScene } from './scene.ts';
import type { ConfirmIdentity, Guardian, VisitSheet } from './schema.ts';
import { toSheet } from './sheet.ts';

/**
 * Keeps with the visit that its doctor is sure of who the patient is and how old. Again changes nothing. FORBIDDEN for
 * anybody else; INVALID_INPUT for a minor with whom nobody is; CONFLICT once the visit is called off.
 */
export function confirmIdentity(
  db: TenantDb,
  actor: Actor,
  { meetingId, guardian = null }: { meetingId: string; guardian?: ConfirmIdentity['guardian'] | null },
  now: Date,
): Promise<VisitSheet> {
  db.about({ entity: { type: 'Meeting', id: meetingId } });
  return db.decide(lawScene(db.tenantId, meetingId, 'wait'), ([row]) => {
    if (row) db.about({ patientIds: [row.patientId] });
    if (!row || !mayRead(actor, row)) throw new AppError('MEETING_NOT_FOUND');
    if (seatOf(actor, row) !== 'doctor') throw new AppError('FORBIDDEN', 'Only the doctor of the visit can confirm.');
    if (row.status === 'cancelled') throw new AppError('MEETING_CANCELLED');
    const sheet = toSheet(row, now);
    if (sheet.identity) {
      db.reply(sheet);
      return { writes: [], answer: sheet };
    }
    const { isMinor, ageYears } = sheet.patient;
    if (isMinor && !guardian) {
      const faults = [{ path: 'guardian', message: 'Is needed for a minor' }];
      throw new AppError('INVALID_INPUT', 'Correct the fields named in errors.', { faults });
    }
    const identity = { confirmedAt: now.toISOString(), ageYears, guardian };
    const patient = { ...sheet.patient, guardian: sheet.patient.guardian ?? guardian };
    const answer = { ...sheet, patient, identity };
    db.reply(answer);
    const writes = [
      insertIdentity(db.tenantId, meetingId, { doctorId: row.doctorId, now, ageYears, guardian }),
      ...(guardian ? [keepGuardian(db.tenantId, row.patientId, guardian)] : []),
    ];
    return { writes, answer };
  });
}

interface Confirmed {
  doctorId: string;
  now: Date;
  ageYears: number | null;
  guardian: Guardian | null;
}

function insertIdentity(tenantId: string, meetingId: string, confirmed: Confirmed): Prisma.Sql {
  const { doctorId, now, ageYears, guardian } = confirmed;
  return Prisma.sql`
    insert into visit_identity
      (tenant_id, meeting_id, confirmed_by_id, confirmed_at, age_years, guardian_name, guardian_relation)
    values (${tenantId}::uuid, ${meetingId}::uuid, ${doctorId}::uuid, ${now}::timestamptz, ${ageYears}::smallint,
      ${guardian?.name ?? null}::text, ${guardian?.relation ?? null}::text)`;
}
