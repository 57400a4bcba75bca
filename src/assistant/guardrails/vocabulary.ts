import { fuzzyFinder } from './fuzzy.ts';
import { entries, type Notion } from './lexicon/index.ts';
import { normalise } from './normalise.ts';
import { isOrdinary, smallWords } from './ordinary-words.ts';
import { soundOf } from './sound.ts';

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
const sounds = [...vocabulary].filter((key) => key.startsWith('~')).map((key) => key.slice(1));
const findNear = fuzzyFinder([...vocabulary].filter((key) => !key.startsWith('~')));
const findSound = fuzzyFinder(sounds);
const isLatin = /^[a-z]+$/;

export function isKnown(word: string): boolean {
  return vocabulary.has(word) || isOrdinary(word) || (isLatin.test(word) && vocabulary.has(`~${soundOf(word)}`));
}

export function isInLexicon(word: string): boolean {
  return vocabulary.has(word);
}

/** The words of the lexicon that this one is, or is a misspelling of. */
export function readingsOf(word: string): string[] {
  const exact = vocabulary.has(word) ? [word] : [];
  if (isLatin.test(word) && vocabulary.has(`~${soundOf(word)}`)) exact.push(`~${soundOf(word)}`);
  if (exact.length > 0) return exact;
  if (word.endsWith('s') && vocabulary.has(word.slice(0, -1))) return [word.slice(0, -1)];
  if (isOrdinary(word)) return [];
  const near = findNear(word);
  const heard = isLatin.test(word) && word.length > 4 ? findSound(soundOf(word)).map((key) => `~${key}`) : [];
  return [...near, ...heard];
}

/** Words of one or two letters that occur within a run of joined words. */
const joints = new Set('i a to my me it in of is do no ho ke ka ki mi el la de se yo'.split(' '));

/** "chestpain" → "chest", "pain": the fewest known words that the letters fall into, or the word as it is. */
export function segment(word: string): string[] {
  if (word.length < 7 || word.length > 40 || isKnown(word) || !isLatin.test(word)) return [word];
  const best: (string[] | undefined)[] = [[]];
  for (let end = 1; end <= word.length; end += 1) {
    for (let start = Math.max(0, end - 14); start < end; start += 1) {
      const before = best[start];
      const piece = word.slice(start, end);
      const isWord = piece.length > 2 ? vocabulary.has(piece) || smallWords.has(piece) : joints.has(piece);
      if (before === undefined || !isWord) continue;
      const known = best[end];
      if (known === undefined || before.length + 1 < known.length) best[end] = [...before, piece];
    }
  }
  return best[word.length] ?? [word];
}
