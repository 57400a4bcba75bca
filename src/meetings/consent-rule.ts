/**
 * Whether a patient has agreed to be seen at a distance, as far as the clinic's law asks for it (India's Telemedicine Practice
 * Guidelines of 2020, section 3.4). A guard in front of start and join; the machine knows nothing of it.
 */
import type { Draft } from './draft.ts';
import type { MeetingRules } from './model.ts';
import { statusOf } from './step.ts';

/** `implied` by what the patient did, e.g. asked for the visit; `explicit` when they said so to a text shown to them. */
export type ConsentForm = 'implied' | 'explicit';

/** What the clinic asks for; docs/adr/teleconsultation-consent.md says why. */
export type ConsentRule = 'guideline' | 'explicit' | 'implied';

export function consentRule({ country, teleconsultationConsent: rule }: ConsentSettings): ConsentRule {
  if (rule !== 'by_country') return rule;
  return country === 'IN' ? 'guideline' : 'implied';
}

export type ConsentSettings = Pick<MeetingRules, 'country' | 'teleconsultationConsent'>;

/** Whether `consent` is enough for the two to see each other. */
export function suffices(rule: ConsentRule, consent: ConsentForm | null): boolean {
  if (rule === 'implied') return true;
  return rule === 'guideline' ? consent !== null : consent === 'explicit';
}

/** Whether the visit must not begin yet. A doctor who comes back to one in progress is not held up. */
export function mustNotStart(draft: Draft): boolean {
  return statusOf(draft.stored) === 'scheduled' && lacksConsent(draft);
}

/** Whether the patient must not come in yet. Who comes back to a visit in progress is not asked again. */
export function mustNotJoin(draft: Draft): boolean {
  const { stored } = draft;
  return statusOf(stored) === 'active' && stored.context.seats.patient.seat === 0 && lacksConsent(draft);
}

function lacksConsent({ before, consent }: Draft): boolean {
  return !suffices(consentRule(before.clinic), consent.consent);
}

/** Where the law asks for no words, coming to the visit says it. */
export function agreeByComing(draft: Draft, at: string): void {
  const isOpen = statusOf(draft.stored) === 'scheduled' || statusOf(draft.stored) === 'active';
  if (!isOpen || draft.consent.consent !== null || consentRule(draft.before.clinic) !== 'implied') return;
  draft.consent = { consent: 'implied', consentAt: new Date(at) };
}
