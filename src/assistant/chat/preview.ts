/** A message as the record of exchanges keeps it: short, and without what points to a person. Pure. */

const longest = 200;

/** Each in its turn; what comes first keeps the rest from tearing it apart. */
const marks: readonly (readonly [pattern: RegExp, mark: string])[] = [
  [/\b(?:https?:\/\/|www\.)\S+/giu, '[link]'],
  [/[\p{L}\p{N}._%+-]+@[\p{L}\p{N}-]+(?:\.[\p{L}\p{N}-]+)*/gu, '[e-mail]'],
  // Dates, telephone numbers, record numbers, doses, ages: any number, in any script.
  [/[+#]?\p{Nd}(?:[\p{Nd}\s().,:/-]*\p{Nd})?/gu, '[number]'],
  [/\b(?:jan|feb|mar|apr|jun|jul|aug|sep|sept|oct|nov|dec)[a-z]*\.?(?=\s|,|$)/giu, '[date]'],
  // Who says a name says it like this.
  [
    /\b(?:my name is|i am called|mera naam|me llamo|mi nombre es)\s+\p{L}[\p{L}\p{M}'.-]*(?:\s+\p{Lu}[\p{L}\p{M}'.-]*)*/giu,
    '[name]',
  ],
  [/मेरा नाम\s+[\p{L}\p{M}]+(?:\s+[\p{L}\p{M}]+)?/gu, '[name]'],
  [/(?:डॉ\.?|श्री|श्रीमती)\s*[\p{L}\p{M}]+/gu, '[name]'],
  [/\b(?:dr|mr|mrs|ms|prof|sr|sra|shri|smt)\.?\s+\p{L}[\p{L}\p{M}'-]*/giu, '[name]'],
  // A capital letter in the middle of a sentence: in the languages here mostly somebody's name.
  [/(?<=[\p{L}\p{N},;\]]\s)\p{Lu}\p{Ll}[\p{L}\p{M}'-]*(?:\s\p{Lu}\p{Ll}[\p{L}\p{M}'-]*)*/gu, '[name]'],
];

/** At most 200 characters. `names` are known to be somebody's, e.g. the asker's own. */
export function preview(text: string, names: readonly string[] = []): string {
  // Far more than is kept, and little enough to be quick with whatever somebody made up.
  let short = text.slice(0, longest * 5).replaceAll(/\s+/gu, ' ');
  for (const name of names.flatMap((whole) => whole.split(/\s+/u))) {
    if (name.length > 1) short = short.replaceAll(new RegExp(escaped(name), 'giu'), '[name]');
  }
  for (const [pattern, mark] of marks) short = short.replaceAll(pattern, mark);
  return shortened(short.trim(), longest);
}

/** At most so many characters, with an ellipsis where there were more; no pair of surrogates is torn apart. */
export function shortened(text: string, most: number): string {
  return text.length > most ? `${text.slice(0, most - 1).replace(/[\uD800-\uDBFF]$/, '')}…` : text;
}

const escaped = (text: string): string => text.replaceAll(/[.*+?^${}()|[\]\\]/g, String.raw`\$&`);
