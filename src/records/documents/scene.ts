/** What must be known before somebody may have a document written. */
import { parseSettings } from '../../identity/index.ts';
import type { Actor } from '../../platform/actor.ts';
import { Prisma } from '../../platform/db/client.ts';
import type { Reads } from '../../platform/db/quick.ts';
import { AppError } from '../../platform/errors.ts';
import { treats } from '../uploads/index.ts';
import { writerOf } from './policy.ts';
import type { DocumentInput, DocumentLanguage } from './schema.ts';

export interface SceneRow {
  settings: unknown;
  /** ISO 639. */
  patientLanguage: string | null;
  /** Whole years on this day in the clinic's zone. */
  age: number | null;
  treats: boolean;
  meeting: { doctorId: string; patientId: string; begun: boolean } | null;
}

type Asked = Pick<DocumentInput, 'patientId' | 'meetingId'>;

export function sceneOf(
  tenantId: string,
  practitionerId: string,
  { patientId, meetingId }: Asked,
  now: Date,
): Reads<SceneRow> {
  const today = Prisma.sql`(${now}::timestamptz at time zone (t.settings->>'timeZone'))::date`;
  return Prisma.sql`
    select t.settings, p.language as "patientLanguage", date_part('year', age(${today}, p.birth_date))::int as age,
      ${treats(tenantId, Prisma.sql`${practitionerId}::uuid`, Prisma.sql`p.id`)} as treats,
      (select jsonb_build_object('doctorId', m.doctor_id, 'patientId', m.patient_id, 'begun', m.started_at is not null)
        from meeting m where m.tenant_id = t.id and m.id = ${meetingId ?? null}::uuid) as meeting
    from tenant t join patient p on p.tenant_id = t.id
    where t.id = ${tenantId}::uuid and p.id = ${patientId}::uuid`;
}

/**
 * Throws NOT_FOUND for a patient who is not there or not treated by the actor, MEETING_NOT_FOUND for a visit that is not
 * theirs with this patient, CONFLICT for one that has not begun.
 */
export function judgeScene(row: SceneRow | undefined, actor: Actor, { patientId, meetingId }: Asked): SceneRow {
  if (!row?.treats) throw new AppError('NOT_FOUND', 'There is no such patient of yours.');
  if (meetingId === undefined) return row;
  const { meeting } = row;
  if (meeting?.doctorId !== writerOf(actor) || meeting.patientId !== patientId) throw new AppError('MEETING_NOT_FOUND');
  if (!meeting.begun) throw new AppError('CONFLICT', 'The visit has not begun.');
  return row;
}

/** Throws INVALID_INPUT when nobody has said how old the patient is. */
export function ageIn({ age: known }: SceneRow, { age = known }: { age?: number | null | undefined }): number {
  if (age !== null) return Math.max(0, age);
  throw new AppError('INVALID_INPUT', 'Correct the fields named in errors.', {
    faults: [{ path: 'age', message: 'Must be said: no date of birth is on record' }],
  });
}

/** The patient's where it is for them, else the clinic's; English where there are no words for it. */
export function languageIn(
  { patientLanguage, settings }: SceneRow,
  { audience, language }: { audience: string; language: DocumentLanguage | undefined },
): DocumentLanguage {
  if (language !== undefined) return language;
  const tags = [audience === 'patient' ? patientLanguage : null, parseSettings(settings).locale];
  for (const tag of tags) {
    const known = spoken.find((one) => one === tag?.split('-')[0]?.toLowerCase());
    if (known) return known;
  }
  return 'en';
}

const spoken: readonly DocumentLanguage[] = ['en', 'es', 'hi'];
