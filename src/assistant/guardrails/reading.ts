import { certainLanguage } from './language.ts';
import type { Notion } from './lexicon/index.ts';
import { normalise } from './normalise.ts';
import { isInLexicon, isKnown, phrases, readingsOf, type Step, segment } from './vocabulary.ts';

export interface Token {
  word: string;
  /** Where it stands, with room for the pauses: a comma counts two words, the end of a sentence twelve. */
  at: number;
  clause: number;
  sentence: number;
}

/** A notion and the tokens, from first to last, that say it. */
export interface Mention {
  notion: Notion;
  from: number;
  to: number;
}

export interface Reading {
  tokens: Token[];
  /** The sentences that end in a question mark. */
  questions: ReadonlySet<number>;
  mentions: ReadonlyMap<Notion, Mention[]>;
}

const pieces = /[\p{L}\p{M}]+|\p{N}+(?:[.,]\p{N}+)?|[.?!;।\n]+|[,:–—()]|\s-\s/gu;
const turns = new Set(['but', 'pero', 'lekin', 'magar', 'लेकिन', 'मगर', 'par', 'aunque', 'though']);
const nows = new Set(['now', 'ab', 'ahora', 'अब']);

/** "che st" → "chest": two pieces that mean nothing alone and a known word together. */
function mend(found: string[]): string[] {
  const mended: string[] = [];
  for (const piece of found) {
    const before = mended.at(-1) ?? '';
    const joined = before + piece;
    const isSplit = joined.length > 3 && isInLexicon(joined) && !(isKnown(before) && isKnown(piece));
    if (before !== '' && isSplit) mended[mended.length - 1] = joined;
    else mended.push(...segment(piece));
  }
  return mended;
}

function tokenise(text: string): Pick<Reading, 'tokens' | 'questions'> {
  const tokens: Token[] = [];
  const questions = new Set<number>();
  let [at, clause, sentence] = [0, 0, 0];
  for (const piece of mend(normalise(text).match(pieces) ?? [])) {
    if (/^[\p{L}\p{M}\p{N}]/u.test(piece)) {
      if (turns.has(piece) || nows.has(piece)) clause += 1;
      tokens.push({ word: piece, at, clause, sentence });
      at += 1;
    } else if (/[.?!;।\n]/.test(piece)) {
      if (piece.includes('?')) questions.add(sentence);
      at += 12;
      sentence += 1;
      clause += 1;
    } else {
      at += 2;
      clause += 1;
    }
  }
  return { tokens, questions };
}

/** What two neighbours say together, where a blank came between: "pul so" may be "pulso". */
function jointMentions(tokens: readonly Token[], from: number): Mention[] {
  const [one, other] = [tokens[from], tokens[from + 1]];
  if (one === undefined || other === undefined || other.at !== one.at + 1) return [];
  const joined = one.word + other.word;
  if (joined.length < 4 || joined.length > 24 || !isInLexicon(joined)) return [];
  const steps = readingsOf(joined).flatMap((word) => phrases.next.get(word) ?? []);
  return steps.flatMap(({ notions }) => [...notions].map((notion) => ({ notion, from, to: from + 1 })));
}

function mentionsFrom(readings: readonly string[][], from: number): Mention[] {
  const found: Mention[] = [];
  let steps: Step[] = [phrases];
  for (let to = from; to < readings.length && steps.length > 0; to += 1) {
    const here = steps;
    steps = (readings[to] ?? []).flatMap((word) => here.flatMap((one) => one.next.get(word) ?? []));
    for (const one of steps) for (const notion of one.notions) found.push({ notion, from, to });
  }
  return found;
}

const measures =
  /^(?:mg|mcg|ml|kg|g|iu|units?|years?|yrs?|weeks?|months?|days?|hours?|hrs?|h|am|pm|minutes?|min|mins|times|unidades|anos|dias|horas|saal|mahine|din|baje|ghante)$/;
const persons = new Set<Notion>(['someoneElse', 'person', 'personal']);
const measured = new Set<Notion>(['blood', 'heart', 'chest', 'bleed', 'pressure', 'pours']);

/** "He pensado" is "I have thought" and nobody else. */
function isSpanishVerb(tokens: readonly Token[], at: number): boolean {
  const [word, next] = [tokens[at]?.word ?? '', tokens[at + 1]?.word ?? ''];
  return /^(?:he|has)$/.test(word) && /(?:[aií]do|[eiu]cho|isto|uesto|[iu]erto|oto)$/.test(next);
}

/** The places of these mentions. */
function placesOf(mentions: readonly Mention[]): Set<number> {
  return new Set(mentions.flatMap(({ from, to }) => Array.from({ length: to - from + 1 }, (_, at) => from + at)));
}

/** A figure; six or more that nothing measures ("20 tablets", not "20 mg") are many. */
function figures(tokens: readonly Token[], at: number, word: string): Mention[] {
  if (!/^\p{N}/u.test(word)) return [];
  const isMany =
    Number.parseFloat(word) >= 6 && Number.parseFloat(word) < 400 && !measures.test(tokens[at + 1]?.word ?? '');
  const number: Mention = { notion: 'number', from: at, to: at };
  return isMany ? [number, { ...number, notion: 'many' }] : [number];
}

/** A longer message is read in pieces that overlap, so that the work grows with its length and not with its square. */
const pieceLength = 200;
const overlap = 60;

function locate(tokens: readonly Token[]): ReadonlyMap<Notion, Mention[]> {
  const language = certainLanguage(tokens.map(({ word }) => word));
  const readings = tokens.map(({ word }) => readingsOf(word, language));
  const all = tokens.flatMap((token, at) => {
    const found = [...mentionsFrom(readings, at), ...jointMentions(tokens, at)];
    return [...found, ...figures(tokens, at, token.word)];
  });
  const idle = placesOf(all.filter(({ notion }) => notion === 'idiom'));
  const tests = placesOf(all.filter(({ notion }) => notion === 'measure'));
  const mentions = new Map<Notion, Mention[]>();
  for (const mention of all) {
    const isForeign = persons.has(mention.notion) && isSpanishVerb(tokens, mention.from);
    if (isForeign || idle.has(mention.from) || idle.has(mention.to)) continue;
    if (measured.has(mention.notion) && tests.has(mention.from)) continue;
    const known = mentions.get(mention.notion);
    if (known === undefined) mentions.set(mention.notion, [mention]);
    else known.push(mention);
  }
  return mentions;
}

/** The message as notions in their places; what an idiom says is left out ("a stroke of luck"). */
export function read(text: string): Reading[] {
  const { tokens, questions } = tokenise(text);
  const readings: Reading[] = [];
  for (let from = 0; from === 0 || from + overlap < tokens.length; from += pieceLength - overlap) {
    const piece = tokens.slice(from, from + pieceLength);
    readings.push({ tokens: piece, questions, mentions: locate(piece) });
  }
  return readings;
}

export function overlaps(one: Mention, other: Mention): boolean {
  return one.from <= other.to && one.to >= other.from;
}
