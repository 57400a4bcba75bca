/** Slips and tricks that do not change what a reader understands. Each takes a source of chance in [0, 1). */
type Chance = () => number;

/** Mulberry32: small, seeded, the same on every machine. */
export function chanceFrom(seed: number): Chance {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  };
}

const twins: Record<string, string> = {
  a: 'а',
  c: 'с',
  e: 'е',
  i: 'і',
  o: 'о',
  p: 'р',
  s: 'ѕ',
  x: 'х',
  y: 'у',
  h: 'һ',
};
const rows = ['qwertyuiop', 'asdfghjkl', 'zxcvbnm'];

function pick<One>(list: readonly One[], chance: Chance): One | undefined {
  return list[Math.floor(chance() * list.length)];
}

function neighbour(letter: string, chance: Chance): string {
  const row = rows.find((one) => one.includes(letter.toLowerCase())) ?? letter;
  const at = row.indexOf(letter.toLowerCase()) + (chance() < 0.5 ? -1 : 1);
  return row[at] ?? letter;
}

function recase(text: string, chance: Chance): string {
  const kind = chance();
  if (kind < 0.34) return text.toUpperCase();
  if (kind < 0.67) return text.toLowerCase();
  return Array.from(text, (one) => (chance() < 0.5 ? one.toUpperCase() : one.toLowerCase())).join('');
}

/** One blank more, doubled, or gone; or invisible characters between the letters. */
function respace(text: string, chance: Chance): string {
  const kind = chance();
  if (kind < 0.3) return text.replaceAll(' ', () => (chance() < 0.3 ? '   ' : ' '));
  if (kind < 0.5) return Array.from(text, (one) => (chance() < 0.2 ? `${one}\u200b` : one)).join('');
  const blanks = Array.from(text.matchAll(/ /g), ({ index }) => index);
  const at = pick(blanks, chance);
  if (kind < 0.75 && at !== undefined) return text.slice(0, at) + text.slice(at + 1);
  return inWord(text, chance, (word, place) => `${word.slice(0, place)} ${word.slice(place)}`);
}

function disguise(text: string, chance: Chance): string {
  return Array.from(text, (one) => (chance() < 0.3 ? (twins[one] ?? one) : one)).join('');
}

function inWord(text: string, chance: Chance, change: (word: string, place: number) => string): string {
  const words = Array.from(text.matchAll(/[\p{L}\p{M}]{4,}/gu));
  const word = pick(words, chance);
  if (word === undefined) return text;
  const place = 1 + Math.floor(chance() * (word[0].length - 2));
  return text.slice(0, word.index) + change(word[0], place) + text.slice(word.index + word[0].length);
}

/** Two letters swapped, one doubled, left out, or its neighbour on the keyboard: in one word of four letters or more. */
function mistype(text: string, chance: Chance): string {
  const kind = chance();
  return inWord(text, chance, (word, at) => {
    const [letter = '', next = ''] = [word[at], word[at + 1]];
    if (kind < 0.3) return word.slice(0, at) + next + letter + word.slice(at + 2);
    if (kind < 0.55) return word.slice(0, at) + letter + letter + word.slice(at + 1);
    if (kind < 0.8) return word.slice(0, at) + word.slice(at + 1);
    return word.slice(0, at) + neighbour(letter, chance) + word.slice(at + 1);
  });
}

export const mutations = { case: recase, spaces: respace, homoglyphs: disguise, typos: mistype };
export type Mutation = keyof typeof mutations;

/** The text with one mutation of the named kind. The same seed gives the same text. */
export function mutate(text: string, kind: Mutation, chance: Chance): string {
  return mutations[kind](text, chance);
}
