import type { Notion } from './lexicon/index.ts';
import type { Mention, Reading } from './reading.ts';
import { asked, type Match, matches, mentionsOf, type Rule, rule, unbooked } from './rule.ts';
import type { Audience, MedicalAsk } from './verdict.ts';

const any = 'drug|medicine';

/** What only a clinician may answer. `>` keeps the order in which English and Spanish ask; Hindi asks at the end. */
export const askRules: Rule<MedicalAsk>[] = [
  rule('stop', 7, 'stop', any, 'may|question'),
  rule('stop', 5, 'stop', any),
  rule('stop', 5, 'may', '>stop', 'dose'),
  rule('dose', 8, 'howMuch|howOften', `${any}|unit`),
  rule('dose', 6, 'howOften', 'take'),
  rule('dose', 7, 'dose', 'drug|medicine|raise|howMuch|which|child'),
  rule('dose', 9, 'may', 'count|number', any),
  rule('dose', 9, 'count|number', 'unit', 'question|fine|may'),
  rule('dose', 6, 'count', any, 'count'),
  rule('dose', 7, 'take', 'count', any, 'question'),
  rule('dose', 6, 'raise', any, 'unit'),
  rule('dose', 5, 'number|count', 'or', any),
  rule('dose', 16, 'completes', 'unit', any),
  rule('prescribe', 5, 'prescribe', `${any}|something|symptom|yours|goodFor`),
  rule('prescribe', 5, 'writes', any),
  rule('prescribe', 0, 'giveDrug'),
  rule('prescribe', 30, 'completes', `${any}|take`),
  rule('prescribe', 16, 'ranks', 'drug', 'symptom|drug'),
  rule('prescribe', 8, 'which', '>take', '>symptom|illness'),
  rule('prescribe', 5, 'issue', 'prescription'),
  rule('prescribe', 6, 'refill', `${any}|prescription|illness`),
  rule('prescribe', 8, 'issue', any, 'pharmacy'),
  rule('prescribe', 7, 'which', 'medicine', 'take|fine|suggest|works|goodFor|symptom|may'),
  rule('prescribe', 6, 'suggest', any),
  rule('prescribe', 9, 'whatToTake', 'symptom|illness|lesion'),
  rule('prescribe', 6, 'suggest', 'something', 'symptom|goodFor'),
  rule('start', 9, 'may', 'take|start', any),
  rule('start', 6, 'can', '>take', '>drug'),
  rule('start', 9, 'fine', any, 'may|question|take'),
  rule('start', 8, 'alcohol', any),
  rule('start', 8, 'start', any),
  unbooked(asked(rule('start', 12, any, 'yours|personal'))),
  unbooked(asked(rule('diagnose', 30, 'symptom', 'isIt', 'organ|illness'))),
  unbooked(asked(rule('diagnose', 30, 'symptom', 'isIt|iHave|doIHave', 'organ'))),
  rule('diagnose', 0, 'wrongWithMe'),
  rule('diagnose', 4, 'diagnose', 'yours|symptom|lesion'),
  rule('diagnose', 6, 'doIHave', 'illness'),
  unbooked(asked(rule('diagnose', 6, 'iHave', 'illness'))),
  rule('diagnose', 30, 'illness', 'agrees'),
  rule('diagnose', 8, 'causes', 'symptom'),
  rule('diagnose', 10, 'likely', 'illness', 'yours'),
  rule('diagnose', 5, 'isIt', 'illness'),
  rule('diagnose', 40, 'whatIsIt', 'symptom|result'),
  rule('diagnose', 10, 'result', 'means', 'question'),
  rule('diagnose', 14, 'result', 'interpret'),
  rule('diagnose', 0, 'whichIllness'),
  rule('diagnose', 0, 'whatHave'),
  rule('diagnose', 40, 'diagnose', 'symptom'),
  asked(rule('diagnose', 12, 'result', 'number', 'means|illness')),
  rule('diagnose', 5, 'why', 'symptom'),
  rule('diagnose', 6, 'lesion', 'danger|illness'),
];

/** A doctor may ask for knowledge of every kind; the assistant issues and signs nothing for them either. */
const doctorRules: Rule<MedicalAsk>[] = [rule('prescribe', 0, 'issues')];

/** What the message asks for, by the first rule that holds. */
export function findAsk(reading: Reading, audience: Audience): MedicalAsk | undefined {
  const rules = audience === 'doctor' ? doctorRules : askRules;
  return rules.find((one) => matches(reading, one).some((match) => !isHarmless(reading, match)))?.means;
}

function isHarmless(reading: Reading, match: Match<MedicalAsk>): boolean {
  if (isRefused(reading, match)) return true;
  if (match.rule.isUnbooked === true && isAboutVisit(reading, match)) return true;
  if (match.rule.isAsked === true && !isQuestion(reading, match)) return true;
  return isAboutPaper(reading, match) || isAboutKnowledge(reading, match) || goesOn(reading, match);
}

/** "I am not looking for medicine", "dawa nahi chahiye". */
function isRefused(reading: Reading, { rule, mentions }: Match<MedicalAsk>): boolean {
  if (rule.means !== 'prescribe') return false;
  const [first, last] = [Math.min(...mentions.map(({ from }) => from)), Math.max(...mentions.map(({ to }) => to))];
  return mentionsOf(reading, ['not']).some(({ from, to }) => {
    const isSame = reading.tokens[from]?.clause === reading.tokens[first]?.clause;
    const isWanted = /^(?:chahiye|चाहिए)$/.test(reading.tokens[to + 1]?.word ?? '');
    return isSame && ((from < first && first - to <= 3) || (isWanted && from > first && from <= last + 1));
  });
}

function isAboutVisit(reading: Reading, match: Match<MedicalAsk>): boolean {
  const sentences = new Set(match.mentions.map(({ from }) => reading.tokens[from]?.sentence));
  return mentionsOf(reading, ['booking']).some(({ from }) => sentences.has(reading.tokens[from]?.sentence));
}

function isQuestion(reading: Reading, match: Match<MedicalAsk>): boolean {
  const sentence = reading.tokens[match.mentions[0]?.from ?? 0]?.sentence ?? -1;
  const asks = mentionsOf(reading, ['whether']).some(({ from }) => reading.tokens[from]?.sentence === sentence);
  return asks || reading.questions.has(sentence);
}

/** About the paper, the visit or the bill and not the medicine. */
function isAboutPaper(reading: Reading, match: Match<MedicalAsk>): boolean {
  const clauses = new Set(match.mentions.map(({ from }) => reading.tokens[from]?.clause));
  // How much to take is asked with whatever else is lost or paid; only a price is not a dose.
  const isTaken = match.rule.means === 'dose' && mentionsOf(reading, ['take']).length > 0;
  const papers: Notion[] = isTaken ? ['money', 'visit'] : ['where', 'visit'];
  return mentionsOf(reading, papers).some(({ from }) => clauses.has(reading.tokens[from]?.clause));
}

/** "How do antibiotics work", "¿qué es la anemia?": of nobody in particular, and nothing is to be chosen or taken. */
function isAboutKnowledge(reading: Reading, match: Match<MedicalAsk>): boolean {
  if (match.rule.means === 'dose' || match.rule.means === 'stop') return false;
  const sentence = reading.tokens[match.mentions[0]?.from ?? 0]?.sentence;
  const isHere = ({ from }: Mention) => reading.tokens[from]?.sentence === sentence;
  const personal: Notion[] = ['yours', 'personal', 'may', 'suggest', 'number'];
  return mentionsOf(reading, ['info']).some(isHere) && !mentionsOf(reading, personal).some(isHere);
}

/** "What do I have" asks for an illness, "what do I have to bring" does not. */
function goesOn(reading: Reading, match: Match<MedicalAsk>): boolean {
  const [only] = match.mentions;
  if (only?.notion !== 'whatHave') return false;
  const next = reading.tokens[only.to + 1];
  return (
    next !== undefined &&
    next.clause === reading.tokens[only.to]?.clause &&
    !/^(?:doc|doctora?|please|then)$/.test(next.word)
  );
}
