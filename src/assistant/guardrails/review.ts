import { languageOf } from './language.ts';
import { type Mention, type Reading, read } from './reading.ts';
import { type Match, matches, mentionsOf, type Rule, rule } from './rule.ts';
import { unveil } from './veiled.ts';
import type { Audience, MedicalAsk, Verdict } from './verdict.ts';

const any = 'drug|medicine';

const answerRules: Rule<MedicalAsk>[] = [
  rule('dose', 6, 'number|count', 'unit', `frequency|adviseTake|mayTake|${any}`),
  rule('dose', 7, 'adviseTake|mayTake', 'number|count', any),
  rule('dose', 6, 'drug', 'number', 'frequency'),
  rule('dose', 6, 'number|count', 'medicine', 'frequency'),
  rule('dose', 6, 'doseAmount', `number|frequency|${any}`),
  rule('dose', 6, 'raise', 'dose', 'frequency'),
  rule('stop', 7, 'mayStop', any),
  rule('start', 7, 'mayTake', any),
  rule('prescribe', 5, 'adviseTake', any),
  rule('diagnose', 5, 'youHave', 'illness'),
  rule('diagnose', 5, 'result', 'means'),
  rule('diagnose', 5, 'lesion', 'illness|danger'),
];

/** For a doctor any knowledge may be said; that the assistant has signed or sent something is never true. */
const doctorRules: Rule<MedicalAsk>[] = [rule('prescribe', 6, 'signed', `prescription|${any}`)];

/** A question to the asker, or a sentence that leaves it to a clinician. */
function isHarmless(reading: Reading, { mentions }: Match<MedicalAsk>): boolean {
  const sentence = reading.tokens[mentions[0]?.from ?? 0]?.sentence ?? -1;
  const first = Math.min(...mentions.map(({ from }) => from));
  const isHere = ({ from }: Mention): boolean => reading.tokens[from]?.sentence === sentence;
  const isConditional = mentionsOf(reading, ['condition']).some((one) => isHere(one) && one.from <= first);
  return isConditional || mentionsOf(reading, ['leavesOpen']).some(isHere) || reading.questions.has(sentence);
}

function judge(reading: Reading, audience: Audience): Verdict {
  const rules = audience === 'doctor' ? doctorRules : answerRules;
  const broken = rules.find((one) => matches(reading, one).some((match) => !isHarmless(reading, match)));
  if (broken === undefined) return { kind: 'pass' };
  return { kind: 'disclaimer', ask: broken.means, language: languageOf(reading.tokens.map(({ word }) => word)) };
}

/**
 * What a model's answer does: one that diagnoses, prescribes or doses must be replaced, and for a doctor one that claims to
 * have signed. Never an emergency. Never throws; no I/O.
 */
export function review(answer: string, audience: Audience): Verdict {
  const verdicts = [answer, ...unveil(answer)].flatMap(read).map((reading) => judge(reading, audience));
  return verdicts.find(({ kind }) => kind !== 'pass') ?? { kind: 'pass' };
}
