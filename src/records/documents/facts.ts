/** What a text is written from: of the patient only what counts for it. No name, no number, no date goes to a writer. */
import type { Tier } from '../cdt/schema.ts';
import type { Audience, DocumentInput, DocumentKind, DocumentLanguage, Tone } from './schema.ts';

export interface Facts {
  kind: DocumentKind;
  audience: Audience;
  tone: Tone;
  language: DocumentLanguage;
  seed: number;
  age: number;
  tier: Tier;
  findings: readonly string[];
  procedures: readonly string[];
  medications: readonly string[];
  nextSteps: readonly string[];
  note: string;
}

export type Told = Pick<DocumentInput, 'findings' | 'procedures' | 'medications' | 'nextSteps' | 'note'>;

/** All that was told, as one text: what a writer says beyond it is of its own making. */
export function toldText({ age, tier, findings, procedures, medications, nextSteps, note }: Facts): string {
  return [String(age), tier, ...findings, ...procedures, ...medications, ...nextSteps, note].join('\n');
}
