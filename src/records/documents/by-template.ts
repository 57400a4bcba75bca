/** A document by template: the same input and seed give the same text. It says what was told and nothing else. */
import type { Facts } from './facts.ts';
import type { DocumentKind, DocumentPayload } from './schema.ts';
import { type TemplateWords, templateWords } from './template-words.ts';

export function writeByTemplate(facts: Facts): DocumentPayload {
  return writers[facts.kind](facts, templateWords[facts.language]);
}

type Writer = (facts: Facts, words: TemplateWords) => DocumentPayload;

const writers: Record<DocumentKind, Writer> = {
  treatment_summary: (facts, words) => {
    const { findings, procedures, medications, nextSteps } = facts;
    const opening = words.opening[facts.tone];
    return {
      title: words.titles.treatment_summary,
      summary: sentences(
        pick(opening, facts.seed),
        words.found(isForPatient(facts), listed(facts, findings), words.tiers[facts.tier]),
        procedures.length > 0 && words.planned(isForPatient(facts), listed(facts, procedures)),
        pick(words.closing[facts.tone], facts.seed),
      ),
      keyPoints: [
        ...findings.map(sentence),
        ...procedures.map(sentence),
        ...medications.map((one) => sentence(words.medicine(one))),
      ],
      nextSteps: nextSteps.length > 0 ? nextSteps.map(sentence) : [words.ask(isForPatient(facts))],
    };
  },
  insurance_summary: (facts, words) => ({
    title: words.titles.insurance_summary,
    summary: sentences(
      words.aged(facts.age),
      words.found(false, listed(facts, facts.findings), words.tiers[facts.tier]),
      facts.note !== '' && facts.note,
    ),
    necessity: words.necessity(listed(facts, facts.findings), words.tiers[facts.tier]),
    procedures: facts.procedures.length > 0 ? facts.procedures.map(sentence) : [words.noProcedures],
  }),
  progress_note: (facts, words) => ({
    title: words.titles.progress_note,
    subjective: facts.note === '' ? words.noNote : facts.note,
    objective: facts.findings.map(sentence).join('\n'),
    assessment: sentences(words.aged(facts.age), words.isCase(words.tiers[facts.tier])),
    plan: [
      ...facts.procedures.map(sentence),
      ...facts.medications.map((one) => sentence(words.medicine(one))),
      ...(facts.nextSteps.length > 0 ? facts.nextSteps.map(sentence) : [words.noPlan]),
    ].join('\n'),
  }),
};

function isForPatient({ audience }: Facts): boolean {
  return audience === 'patient';
}

function listed({ language }: Facts, items: readonly string[]): string {
  const inside = items.map((item) => item.replace(/[.।]+$/u, ''));
  return new Intl.ListFormat(language, { style: 'long', type: 'conjunction' }).format(inside);
}

/** Begins with a capital and ends with a stop, where the script has them. */
function sentence(text: string): string {
  const begun = text.replace(/^\p{Ll}/u, (letter) => letter.toLocaleUpperCase());
  if (/[.!?।…]$/u.test(begun)) return begun;
  return /\p{Script=Devanagari}$/u.test(begun) ? `${begun}।` : `${begun}.`;
}

function sentences(...parts: readonly (string | false)[]): string {
  return parts.filter((part) => part !== false && part !== '').join(' ');
}

function pick(choices: readonly [string, ...string[]], seed: number): string {
  return choices[seed % choices.length] ?? choices[0];
}
