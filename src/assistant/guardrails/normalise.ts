import { unmask } from './confusables.ts';

// Invisible characters, joiners and variation selectors: they split a word for a machine and not for a reader.
const invisible = /\p{Cf}|\p{Default_Ignorable_Code_Point}/gu;
const latinMarks = /[\u0300-\u036f]/g;
const nukta = /\u093c/g;
const chandrabindu = /\u0901/g;
const apostrophes = /(?<=\p{L})['’‘`´ʼ](?=\p{L})/gu;

// Four or more single letters with a little between them: "c h e s t", "s.u.i.c.i.d.e". Both classes are disjoint, so it is linear.
const spelledOut = /(?<![\p{L}\p{M}\p{N}])\p{L}(?:[^\p{L}\p{M}\p{N}\n]{1,3}\p{L}){3,}(?![\p{L}\p{M}\p{N}])/gu;

const digits: Record<string, string> = { 0: 'o', 1: 'i', 3: 'e', 4: 'a', 5: 's', 7: 't', 8: 'b', 9: 'g' };
const numberWithUnit = /^(\d+)(\p{L}+)$/u;
const wordWithNumber = /^(\p{L}{3,})(\d{2,}|[2689])$/u;
const units = new Set(
  'mg ml mcg g gm kg iu u h hr hrs hours x am pm st nd rd th unit units cm mm yo yr yrs y weeks week w wk wks months month m days day d min mins km tabs tab pills lb lbs k bpm times'.split(
    ' ',
  ),
);

/** "c.h.e.s.t p.a.i.n" → "chest pain": the wider gap, or the blank among other signs, stands between words. */
function joinSpelled(run: string): string {
  const gaps = run.match(/[^\p{L}\p{M}\p{N}]+/gu) ?? [];
  const narrow = Math.min(...gaps.map((gap) => gap.length));
  const wide = run.split(new RegExp(`[^\\p{L}\\p{M}\\p{N}]{${narrow + 1},}`, 'u'));
  // Blanks thrown in at random leave more pieces than words.
  if (wide.length * 5 > run.replace(/[^\p{L}]/gu, '').length * 2) return run.replace(/[^\p{L}\p{M}\p{N}]+/gu, '');
  const isMixed = gaps.some((gap) => gap.trim() !== '') && gaps.some((gap) => gap.trim() === '');
  return run.replace(/[^\p{L}\p{M}\p{N}]+/gu, (gap) =>
    gap.length > narrow || (isMixed && gap.trim() === '') ? ' ' : '',
  );
}

/** "k1ll" → "kill"; "500mg" → "500 mg"; "dolo650" → "dolo 650". */
function unleet(word: string): string {
  if (!/\d/.test(word) || !/\p{L}/u.test(word)) return word;
  const [, amount, unit] = numberWithUnit.exec(word) ?? [];
  if (amount !== undefined && unit !== undefined && (units.has(unit) || amount.length > 2)) return `${amount} ${unit}`;
  const [, letters, number] = wordWithNumber.exec(word) ?? [];
  if (letters !== undefined && number !== undefined) return `${letters} ${number}`;
  return word.replace(/(?<=[aeiou03]1*)1/g, 'l').replace(/[013457-9]/g, (digit) => digits[digit] ?? digit);
}

/**
 * One way of writing for many: compatibility forms, case, lookalike letters, invisible characters, accents, spelled-out
 * words, digits for letters. Punctuation that ends a sentence or a clause stays.
 */
export function normalise(text: string): string {
  const plain = unmask(text.normalize('NFKC').replace(invisible, '').toLowerCase())
    .normalize('NFD')
    .replace(latinMarks, '')
    .replace(nukta, '')
    .replace(chandrabindu, '\u0902')
    .normalize('NFC')
    .replace(apostrophes, '')
    .replace(/(?<=\p{L})[!|](?=\p{L})/gu, 'i')
    .replace(/(?<=\p{L})@(?=\p{L})/gu, 'a')
    .replace(/\$(?=\p{L})/gu, 's');
  return plain
    .replace(spelledOut, joinSpelled)
    .replace(/(?<=\p{L}{2})[._](?=\p{L}{2})/gu, ' ')
    .replace(/[\p{L}\p{M}\p{N}]+/gu, unleet)
    .replace(/(\p{L})\1{2,}/gu, '$1$1');
}
