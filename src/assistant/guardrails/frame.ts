import type { Notion } from './lexicon/index.ts';
import type { Mention, Reading } from './reading.ts';
import { type Match, mentionsOf } from './rule.ts';
import type { EmergencySign } from './verdict.ts';

interface Span {
  from: number;
  to: number;
}

function spanOf({ mentions }: { mentions: readonly Mention[] }): Span {
  return { from: Math.min(...mentions.map(({ from }) => from)), to: Math.max(...mentions.map(({ to }) => to)) };
}

function has(reading: Reading, notion: Notion, where: (mention: Mention) => boolean): boolean {
  return (reading.mentions.get(notion) ?? []).some(where);
}

function sharesClause(reading: Reading, span: Span): (mention: Mention) => boolean {
  const clauses = new Set(reading.tokens.slice(span.from, span.to + 1).map(({ clause }) => clause));
  return ({ from }) => clauses.has(reading.tokens[from]?.clause ?? -1);
}

/** Between the "not" and the sign they begin another statement: "if he does not come I will …". */
const subjects = new Set(['i', 'ill', 'im', 'ive', 'yo', 'my', 'he', 'she', 'his', 'her', 'mi']);
/** "No fever and chest pain" denies both; "is not feeding and very sleepy" only the first. */
const begins = /^(?:me|mi|se|tengo|siento|i|my|have|has|he|she|there)$/;
const ands = new Set(['and', 'y', 'aur', 'और']);
const nouns = /^(?:no|without|any|sin|ni|never|nor|neither)$/;
const hindiNot = /^(?:nahi?n?|nhi|nai|na|mat|bina|नहीं|न|ना|मत|बिना)$/;
const bareVerb = /^(?:hai?|h|hain|tha|thi|the|hua|hue|hui|ho|है|हैं|था|थी|थे|हुआ|हुए|हुई|हो|aa|आ|beh|बह)$/;

/** "No chest pain", "sin dolor", "dard nahi hai"; not "I don't know why my chest hurts", nor where the rule itself has the "not". */
export function isNegated(reading: Reading, match: Match<EmergencySign>): boolean {
  if (match.rule.slots.some(({ notions }) => notions.includes('cant') || notions.includes('worthless'))) return false;
  const { from, to } = spanOf(match);
  const { tokens } = reading;
  const own = new Set(
    match.mentions.flatMap(({ from, to }) => Array.from({ length: to - from + 1 }, (_, at) => from + at)),
  );
  return has(reading, 'not', (no) => {
    if (own.has(no.from) || !sharesClause(reading, { from, to })(no)) return false;
    const next = tokens[no.to + 1];
    if (hindiNot.test(tokens[no.from]?.word ?? '')) {
      const isLast = next === undefined || next.clause !== tokens[no.from]?.clause;
      return no.from > from && no.from - to <= 2 && (isLast || bareVerb.test(next.word));
    }
    const denied = Math.min(...match.mentions.map((mention) => mention.from).filter((at) => at > no.to), to);
    const between = tokens.slice(no.to + 1, denied).map(({ word }) => word);
    const isNoun = nouns.test(tokens[no.from]?.word ?? '');
    const isOther = between.some(
      (word, at) =>
        subjects.has(word) ||
        (ands.has(word) && (!isNoun || begins.test(between[at + 1] ?? tokens[denied]?.word ?? ''))),
    );
    const isBefore = isOther
      ? false
      : no.from < from
        ? (tokens[from]?.at ?? 0) - (tokens[no.from]?.at ?? 0) <= 5
        : no.from < to;
    return isBefore && !has(reading, 'notAbout', (about) => about.from > no.from && about.from - no.to <= 2);
  });
}

/** Long ago, or over: "in 2019", "years ago", "as a child", "died of". Not what is so since then, nor what was an hour ago. */
export function isPast(reading: Reading, match: Match<EmergencySign>): boolean {
  const isHere = sharesClause(reading, spanOf(match));
  if (has(reading, 'again', isHere) || has(reading, 'recent', isHere)) return false;
  const isOver = has(reading, 'past', (past) => {
    const isSince = has(reading, 'since', (since) => since.to === past.from - 1);
    return isHere(past) && !isSince && !isJoined(reading, past, match);
  });
  return isOver || isOfAnotherTime(reading, match, isHere);
}

/** "I had a bypass in 2019 and have chest pain": what comes after the "and" is of today. */
function isJoined(reading: Reading, past: Mention, match: Match<EmergencySign>): boolean {
  return reading.tokens.slice(past.to + 1, spanOf(match).from).some(({ word }) => ands.has(word));
}

/** "In 2019", "hace 4 años", "pehle … tha", "tuve …". */
function isOfAnotherTime(
  reading: Reading,
  match: Match<EmergencySign>,
  isHere: (mention: Mention) => boolean,
): boolean {
  const { tokens } = reading;
  const isYear = has(reading, 'number', (one) => {
    const ago = tokens[one.from - 1]?.word === 'hace' && /^(?:anos|meses)$/.test(tokens[one.from + 1]?.word ?? '');
    return (
      isHere(one) && !isJoined(reading, one, match) && (ago || /^(?:19|20)\d\d$/.test(tokens[one.from]?.word ?? ''))
    );
  });
  const wasIn = (notion: Notion): boolean => has(reading, notion, isHere);
  const isSpanish = has(reading, 'was', (one) => isHere(one) && /^(?:tuv|tenia)/.test(tokens[one.from]?.word ?? ''));
  return isYear || (wasIn('earlier') && wasIn('was')) || isSpanish;
}

/** Wants to know about it ("what are the signs of a stroke?"), or tells where it stands ("the form asks …"); nobody has it. */
export function isKnowledge(reading: Reading, match: Match<EmergencySign>): boolean {
  const span = spanOf(match);
  const isHere = sharesClause(reading, span);
  const sentence = reading.tokens[span.from]?.sentence;
  const isSourced = has(
    reading,
    'source',
    (source) =>
      reading.tokens[source.from]?.sentence === sentence &&
      source.from < span.from &&
      span.from - source.from <= 12 &&
      !has(reading, 'personal', (one) => one.from > source.from && one.from <= span.to),
  );
  if (match.rule.means === 'self_harm') {
    const isTopic = has(reading, 'source', (source) => reading.tokens[source.from]?.sentence === sentence);
    return isTopic && match.mentions.every(({ notion }) => notion === 'suicide');
  }
  const isOwn = has(
    reading,
    'yours',
    (one) => isHere(one) && /^i(?:m|ve|ll)?$/.test(reading.tokens[one.from]?.word ?? ''),
  );
  const isInfo = has(reading, 'learn', isHere) || (has(reading, 'info', isHere) && !isOwn);
  return isSourced || (isInfo && !has(reading, 'personal', isHere));
}

/** A thing does not answer, a person does not pick up, a bill gives heart attacks: no emergency. */
export function isAboutThings(reading: Reading, match: Match<EmergencySign>): boolean {
  const isHere = sharesClause(reading, spanOf(match));
  const isJest = match.rule.slots.length === 1 && has(reading, 'vexation', isHere) && !has(reading, 'person', isHere);
  if (isJest && match.rule.means !== 'self_harm') return true;
  const isSilent = match.mentions.some(({ notion }) => notion === 'cant');
  return (
    isSilent && match.rule.means === 'unresponsive' && has(reading, 'device', isHere) && !has(reading, 'person', isHere)
  );
}

/** A doctor speaks of a patient, unless it is about the doctor's own body. */
export function isAboutPatient(reading: Reading, match: Match<EmergencySign>): boolean {
  const isOwn = mentionsOf(reading, ['yours']).length > 0 && mentionsOf(reading, ['someoneElse']).length === 0;
  return !isOwn && match.mentions.length > 0;
}
