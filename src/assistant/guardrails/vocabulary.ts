import { fuzzyFinder } from './fuzzy.ts';
import { entries, type Notion } from './lexicon/index.ts';
import { normalise } from './normalise.ts';
import { isOrdinary, smallWords } from './ordinary-words.ts';
import { soundOf } from './sound.ts';
import type { Language } from './verdict.ts';

export interface Step {
  next: Map<string, Step>;
  notions: Set<Notion>;
}

export const words = /[\p{L}\p{M}]+|\p{N}+(?:[.,]\p{N}+)?/gu;

function step(): Step {
  return { next: new Map(), notions: new Set() };
}

/** All phrases of the lexicon, word by word; a word of Hindi in Latin letters stands there as "~" and its sound. */
function plant(): Step {
  const root = step();
  for (const [notion, entry] of entries) {
    for (const [language, list] of Object.entries(entry)) {
      for (const phrase of list.split(',')) {
        const keys = normalise(phrase).match(words) ?? [];
        let at = root;
        for (const key of language === 'lat' ? keys.map((word) => `~${soundOf(word)}`) : keys) {
          const known = at.next.get(key) ?? step();
          at.next.set(key, known);
          at = known;
        }
        if (at !== root) at.notions.add(notion);
      }
    }
  }
  return root;
}

function collect(from: Step, into: Set<string>): Set<string> {
  for (const [key, next] of from.next) {
    into.add(key);
    collect(next, into);
  }
  return into;
}

export const phrases = plant();
const vocabulary = collect(phrases, new Set());

/** English stands beside every other language, in whole words and in between. */
const englishKeys = new Set<string>();
const spanishKeys = new Set<string>();
for (const [, entry] of entries) {
  for (const word of normalise(entry.en ?? '').match(words) ?? []) englishKeys.add(word);
  for (const word of normalise(entry.es ?? '').match(words) ?? []) spanishKeys.add(word);
}

/** A slip is looked for in the language of the message: "pasina" in Hindi is no misspelt "página". */
function isOf(language: Language | undefined, key: string): boolean {
  if (language === undefined || englishKeys.has(key)) return true;
  if (key.startsWith('~')) return language === 'hi-Latn';
  return spanishKeys.has(key) ? language === 'es' : language === 'hi';
}
const sounds = [...vocabulary].filter((key) => key.startsWith('~')).map((key) => key.slice(1));
const findNear = fuzzyFinder([...vocabulary].filter((key) => !key.startsWith('~')));
const findSound = fuzzyFinder(sounds);
const isLatin = /^[a-z]+$/;

export function isKnown(word: string): boolean {
  return isInLexicon(word) || isOrdinary(word);
}

export function isInLexicon(word: string): boolean {
  return vocabulary.has(word) || (isLatin.test(word) && vocabulary.has(`~${soundOf(word)}`));
}

/** The words of the lexicon that this one is, or is a misspelling of. */
export function readingsOf(word: string, language?: Language): string[] {
  const exact = vocabulary.has(word) ? [word] : [];
  const isElsewhere = language === 'en' || language === 'es';
  if (!isElsewhere && isLatin.test(word) && vocabulary.has(`~${soundOf(word)}`)) exact.push(`~${soundOf(word)}`);
  if (exact.length > 0) return exact;
  if (word.endsWith('s') && vocabulary.has(word.slice(0, -1))) return [word.slice(0, -1)];
  if (isOrdinary(word)) return [];
  const near = findNear(word);
  const heard = isLatin.test(word) && word.length > 4 ? findSound(soundOf(word)).map((key) => `~${key}`) : [];
  return [...near, ...heard].filter((key) => isOf(language, key));
}

/** Words of one or two letters that occur within a run of joined words. */
const joints = new Set(
  'i a to my me it in of is do no ho ke ka ki ko se ne mi el la de yo en hu h हो है का की के को से ने'.split(' '),
);

function isPiece(piece: string): boolean {
  if (piece.length < 3) return joints.has(piece);
  return isInLexicon(piece) || smallWords.has(piece);
}

/** The fewest known words that the letters fall into. */
function split(word: string): string[] | undefined {
  const best: (string[] | undefined)[] = [[]];
  for (let end = 1; end <= word.length; end += 1) {
    for (let start = Math.max(0, end - 14); start < end; start += 1) {
      const before = best[start];
      const piece = word.slice(start, end);
      if (before === undefined || !isPiece(piece)) continue;
      const known = best[end];
      if (known === undefined || before.length + 1 < known.length) best[end] = [...before, piece];
    }
  }
  return best[word.length];
}

/** "chestpain" → "chest", "pain": the known words that the letters fall into, or the word as it is. */
export function segment(word: string): string[] {
  if (word.length < 6 || word.length > 40 || isKnown(word)) return [word];
  const pieces = split(word);
  if (pieces !== undefined && pieces.length < 3) return pieces;
  if (readingsOf(word).length > 0) return [word];
  // Short pieces fit into anything.
  return pieces === undefined || word.length < pieces.length * 2.5 ? [word] : pieces;
}
