/** The patient agrees to be seen at a distance, or takes it back. */

import type { Actor } from '../../platform/actor.ts';
import type { TenantDb } from '../../platform/db/scope.ts';
import { AppError } from '../../platform/errors.ts';
import { type ConsentRevoked, insertConsent, newConsent } from '../../records/index.ts';
import { doerOf } from '../doer.ts';
import { type Doer, type Draft, note, openDraft, settleDue } from '../draft.ts';
import { isPatientOf, mayRead } from '../policy.ts';
import { lockedMeeting } from '../rows.ts';
import { statusOf } from '../step.ts';
import { committed, type Decision, type MeetingDeps, withMeeting } from '../transact.ts';
import { writesOf } from '../write.ts';
import { isOurText } from './consent-texts.ts';
import { keepGuardian, lawScene } from './scene.ts';
import type { GiveConsent, VisitSheet } from './schema.ts';
import { toSheet } from './sheet.ts';

/**
 * Keeps that the patient, or a guardian for them, agreed to a text of ours; the visit can begin at once. Again is once.
 * FORBIDDEN for anybody else, INVALID_INPUT for a text that we never showed and for a minor without a guardian.
 */
export async function giveConsent(
  deps: MeetingDeps,
  db: TenantDb,
  actor: Actor,
  { meetingId, ...given }: GiveConsent & { meetingId: string },
): Promise<VisitSheet> {
  const { tenantId } = db;
  db.about({ entity: { type: 'Meeting', id: meetingId } });
  const now = deps.clock.now();
  const { draft, sheet } = await db.decide(lawScene(tenantId, meetingId, 'wait'), ([row]) => {
    if (row) db.about({ patientIds: [row.patientId] });
    if (!row || !mayRead(actor, row)) throw new AppError('MEETING_NOT_FOUND');
    if (!isPatientOf(actor, row)) throw new AppError('FORBIDDEN', 'Only the patient can agree.');
    checkGiven(given, toSheet(row, now).patient.isMinor);
    const opened = openDraft(lockedMeeting(tenantId, row));
    settleDue(opened, now.toISOString());
    checkOpen(opened);
    const guardian = given.guardian ?? null;
    const isNew = opened.consent.consent !== 'explicit';
    if (isNew) agree(opened, now, doerOf(actor, row, null));
    const answer = toSheet({ ...row, ...opened.consent, ...(guardian && kept(guardian)) }, now);
    db.reply(answer);
    const consent = newConsent({
      patientId: row.patientId,
      meetingId,
      policyId: given.policyId,
      language: given.language,
      purpose: 'TREAT',
      scope: ['teleconsultation'],
      grantedBy: guardian ? `${guardian.name} (${guardian.relation})` : 'patient',
      grantedAt: now,
    });
    const writes = [
      ...writesOf(opened),
      ...(isNew ? [insertConsent(tenantId, consent, actor.userId)] : []),
      ...(guardian ? [keepGuardian(tenantId, row.patientId, guardian)] : []),
    ];
    return { writes, answer: { draft: opened, sheet: answer } };
  });
  committed(deps, draft);
  return sheet;
}

const kept = ({ name, relation }: { name: string; relation: string }) => ({
  guardianName: name,
  guardianRelation: relation,
});

function agree(draft: Draft, now: Date, doer: Doer): void {
  draft.consent = { consent: 'explicit', consentAt: now };
  draft.changed = true;
  note(draft, 'consented', now.toISOString(), doer, {});
}

function checkGiven({ policyId, language, guardian }: GiveConsent, isMinor: boolean): void {
  const faults = [
    ...(isOurText(policyId, language) ? [] : [{ path: 'policyId', message: 'Is not a text that this clinic shows' }]),
    ...(isMinor && !guardian ? [{ path: 'guardian', message: 'Is needed for a minor' }] : []),
  ];
  if (faults.length > 0) throw new AppError('INVALID_INPUT', 'Correct the fields named in errors.', { faults });
}

function checkOpen({ stored }: Draft): void {
  const status = statusOf(stored);
  if (status === 'ended') throw new AppError('MEETING_ENDED');
  if (status === 'cancelled') throw new AppError('MEETING_CANCELLED');
}

/** Hears that a consent was revoked. One given since stays. */
export async function withdrawConsent(deps: MeetingDeps, fact: ConsentRevoked): Promise<void> {
  const { tenantId, meetingId, revokedAt } = fact;
  if (meetingId === null) return;
  await withMeeting(deps, deps.database.tenant(tenantId), meetingId, (draft, at): Decision<void> => {
    const status = statusOf(draft.stored);
    const { consent, consentAt } = draft.consent;
    const isMeant = consent === 'explicit' && consentAt !== null && consentAt.toISOString() <= revokedAt;
    if (isMeant && (status === 'scheduled' || status === 'active')) {
      draft.consent = { consent: null, consentAt: null };
      draft.changed = true;
      note(draft, 'consent_withdrawn', at, { role: 'server', id: null, nodeId: null }, {});
    }
    return { answer: undefined };
  });
}
