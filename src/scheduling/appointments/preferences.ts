/** In which language a patient is written to, and by which way they are reminded. */
import type { Actor } from '../../platform/actor.ts';
import { Prisma } from '../../platform/db/client.ts';
import type { TenantDb } from '../../platform/db/scope.ts';
import { AppError } from '../../platform/errors.ts';
import { actsFor, knows } from './policy.ts';
import { Preferences } from './schema.ts';

interface Row {
  language: string | null;
  reminderChannel: string;
}

/** Throws NOT_FOUND for what is not there, another clinic's or another patient's. */
export function readPreferences(db: TenantDb, actor: Actor, patientId: string): Promise<Preferences> {
  return db.decide(preferencesOf(db.tenantId, patientId), ([row]) => {
    if (!row || !knows(actor, patientId)) throw new AppError('NOT_FOUND');
    db.about({ patientIds: [patientId], entity: { type: 'Patient', id: patientId } });
    return { writes: [], answer: Preferences.parse(row) };
  });
}

/** Throws as `readPreferences`. */
export function setPreferences(
  db: TenantDb,
  actor: Actor,
  patientId: string,
  { language, reminderChannel }: Preferences,
): Promise<Preferences> {
  return db.decide(preferencesOf(db.tenantId, patientId), ([row]) => {
    if (!row || !actsFor(actor, patientId)) throw new AppError('NOT_FOUND');
    db.about({ patientIds: [patientId], entity: { type: 'Patient', id: patientId } });
    const write = Prisma.sql`
      update patient set language = ${language}::text, reminder_channel = ${reminderChannel}::reminder_channel,
        updated_at = now()
      where tenant_id = ${db.tenantId}::uuid and id = ${patientId}::uuid`;
    return { writes: [write], answer: { language, reminderChannel } };
  });
}

function preferencesOf(tenantId: string, patientId: string): Prisma.Sql & { rows?: readonly Row[] } {
  return Prisma.sql`
    select language, reminder_channel::text as "reminderChannel" from patient
    where tenant_id = ${tenantId}::uuid and id = ${patientId}::uuid`;
}
