/** What both should know before a visit begins: who the doctor is, whether the patient agreed, who the patient is. */

import { parseSettings } from '../../identity/index.ts';
import type { TenantSettings } from '../../identity/tenants/schema.ts';
import type { Actor } from '../../platform/actor.ts';
import type { TenantDb } from '../../platform/db/scope.ts';
import { AppError } from '../../platform/errors.ts';
import { consentRule, suffices } from '../consent-rule.ts';
import { mayRead } from '../policy.ts';
import type { LockedRow } from '../rows.ts';
import { ageOn, isMinor, localDay } from './age.ts';
import { consentTexts } from './consent-texts.ts';
import { guardianOf, type LawRow, lawScene } from './scene.ts';
import { teleconsultationPolicy, type VisitSheet } from './schema.ts';

/** Throws MEETING_NOT_FOUND for what is not there, another clinic's, or none of the actor's business. */
export function readSheet(db: TenantDb, actor: Actor, meetingId: string, now: Date): Promise<VisitSheet> {
  db.about({ entity: { type: 'Meeting', id: meetingId } });
  return db.decide(lawScene(db.tenantId, meetingId, 'none'), ([row]) => {
    if (row) db.about({ patientIds: [row.patientId] });
    if (!row || !mayRead(actor, row)) throw new AppError('MEETING_NOT_FOUND');
    return { writes: [], answer: toSheet(row, now) };
  });
}

export function toSheet(row: LockedRow & LawRow, now: Date): VisitSheet {
  const settings = parseSettings(row.settings);
  const ageYears = ageOn(row.birthDate, localDay(now, settings.timeZone));
  return {
    meetingId: row.id,
    practitioner: {
      name: row.doctorName,
      qualification: row.qualification,
      registrationNumber: row.registrationNumber,
      registrationAuthority: row.registrationAuthority,
    },
    emergencyNumber: settings.emergencyNumber,
    consent: consentOf(row, settings),
    patient: {
      birthDate: row.birthDate,
      ageYears,
      isMinor: isMinor(ageYears),
      guardian: guardianOf(row.guardianName, row.guardianRelation),
      checked: checkedOf(row),
    },
    identity: identityOf(row),
    showsPrescribingRules: settings.country === 'IN',
  };
}

/** The language of a tag, if we have a text in it. */
const told = (tag: string | null) => consentTexts.find(({ language }) => language === tag?.split('-')[0])?.language;

function consentOf(row: LockedRow & LawRow, settings: TenantSettings): VisitSheet['consent'] {
  const { consent: form, consentAt } = row;
  const isOpen = row.status === 'scheduled' || row.status === 'active';
  return {
    form,
    at: consentAt?.toISOString() ?? null,
    isMissing: isOpen && !suffices(consentRule(settings), form),
    policyId: teleconsultationPolicy,
    language: told(row.language) ?? told(settings.locale) ?? 'en',
    texts: consentTexts.map((text) => ({
      ...text,
      paragraphs: [...text.paragraphs],
      emergency: text.emergency.replace('{{number}}', settings.emergencyNumber),
    })),
  };
}

function checkedOf({ checkedAt, checkedHow: how }: LawRow): VisitSheet['patient']['checked'] {
  return checkedAt === null || how === null ? null : { at: checkedAt.toISOString(), how };
}

function identityOf(row: LawRow): VisitSheet['identity'] {
  if (row.confirmedAt === null) return null;
  return {
    confirmedAt: row.confirmedAt.toISOString(),
    ageYears: row.confirmedAge,
    guardian: guardianOf(row.confirmedGuardianName, row.confirmedGuardianRelation),
  };
}
