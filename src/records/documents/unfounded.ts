/**
 * What a model says that nobody told it. A text with any of this is not used: a code, a number, a date or a medicine of its
 * own making could be signed by somebody who reads quickly, and links and markup have no business in a document.
 */
import { drugNames } from './drug-names.ts';
import { type Facts, toldText } from './facts.ts';
import type { DocumentPayload } from './schema.ts';

export type Unfounded = 'code' | 'number' | 'date' | 'medicine' | 'link' | 'markup' | 'hidden';

const zeros = [0x660, 0x6f0, 0x966, 0x9e6, 0xa66, 0xae6, 0xb66, 0xbe6, 0xc66, 0xce6, 0xd66];

/** One spelling of everything: compatible forms (UAX #15), digits of other scripts, small letters. */
function plain(text: string): string {
  return text
    .normalize('NFKC')
    .toLowerCase()
    .replaceAll(/\p{Nd}/gu, asAscii);
}

function asAscii(digit: string): string {
  const point = digit.codePointAt(0) ?? 0;
  const zero = zeros.find((first) => point >= first && point < first + 10);
  return zero === undefined ? digit : String(point - zero);
}

const codes = /\b[a-z]\d{2,5}(?:\.\d{1,4})?\b/g;
const numbers = /\d+(?:[.,]\d+)*/g;
/** Not `may`, which is a word of its own; with a day it is caught by its number. */
const calendar =
  /\b(?:january|february|march|april|june|july|august|september|october|november|december|monday|tuesday|wednesday|thursday|friday|saturday|sunday|enero|febrero|marzo|abril|mayo|junio|julio|agosto|septiembre|octubre|noviembre|diciembre|lunes|martes|miércoles|jueves|viernes|sábado|domingo)\b|(?:जनवरी|फ़रवरी|फरवरी|अप्रैल|जून|जुलाई|अगस्त|सितंबर|अक्टूबर|नवंबर|दिसंबर|सोमवार|मंगलवार|बुधवार|गुरुवार|शुक्रवार|शनिवार|रविवार)/g;
const spelled =
  /\b(?:one|two|three|four|five|six|seven|eight|nine|ten|twelve|fifteen|twenty|thirty|fifty|hundred|thousand|once|twice|dos|tres|cuatro|cinco|diez|cien|quinientos)\s+(?:hundred\s+|thousand\s+)?(?:milligrams?|mg|grams?|millilit(?:er|re)s?|ml|tablets?|capsules?|pills?|drops|doses?|times|a day|daily|hours?|days|weeks|months|miligramos|tabletas?|cápsulas?|veces|horas|días|semanas|meses)\b/g;
const words = /[\p{L}\p{M}]+/gu;
const links = /\b(?:https?|ftp|mailto|javascript|data):|\bwww\.|\S@\S+\.\S/;
const markup = /<\/?[a-z!][^>]*>|```|\]\(|\{\{|^#{1,6}\s/m;
/** Controls but the line's end, and what changes the direction of what is read or cannot be seen. */
// oxlint-disable-next-line no-control-regex -- They are what is looked for.
const hidden = /[\u0000-\u0009\u000b-\u001f\u007f-\u009f\u200b\u2060\u202a-\u202e\u2066-\u2069\ufeff]/;

const medicines = new Set(drugNames.map(plain));

/** What is wrong with it, each once; nothing when it can be used. */
export function unfoundedIn(payload: DocumentPayload, facts: Facts): Unfounded[] {
  const raw = Object.values(payload).flat().join('\n');
  const [said, told] = [plain(raw), plain(toldText(facts))];
  const added = (pattern: RegExp) => {
    const known = new Set(told.match(pattern));
    return (said.match(pattern) ?? []).filter((one) => !known.has(one));
  };
  const faults: [Unfounded, boolean][] = [
    ['code', added(codes).length > 0],
    ['number', added(numbers).length > 0 || added(spelled).length > 0],
    ['date', added(calendar).length > 0],
    ['medicine', added(words).some((word) => medicines.has(word))],
    ['link', links.test(said)],
    ['markup', markup.test(said)],
    ['hidden', hidden.test(raw) || !raw.isWellFormed()],
  ];
  return faults.filter(([, is]) => is).map(([fault]) => fault);
}
