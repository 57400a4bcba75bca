import type { Language } from './verdict.ts';

const marks: [Language, ReadonlySet<string>][] = [
  [
    'hi-Latn',
    new Set(
      'hai h hain ho hu hoon ka ki ke ko se ne mein mera meri mere mujhe kya nahi nhi raha rahi rahe gaya gayi gaye aur kar karu batao bhi hi toh jo wo ye yeh par liye liya saath bahut abhi ab lu du chahta chahti aa rha hua kitni kitna kaunsi dard saans khoon behosh dawai goli'.split(
        ' ',
      ),
    ),
  ],
  [
    'es',
    new Set(
      'el la los las un una de del que en y es por para con no se me mi mis tu su le lo al como cuando donde tengo quiero puedo esta estoy muy hace desde dolor cuanto cuantas tomar tiene duele sangre pastillas ha estado punto llevo voy pero ya yo hay nos si mas sin cada esto son'.split(
        ' ',
      ),
    ),
  ],
  [
    'en',
    new Set(
      'the a an i my is are am to of and in on it for you your what how can do does have has this that with not his her she he was be or at no me we they please should'.split(
        ' ',
      ),
    ),
  ],
];

/** The language that most of the small words belong to; Devanagari is Hindi. Undefined where nothing tells. */
export function guessLanguage(words: readonly string[]): Language | undefined {
  if (words.some((word) => /\p{Script=Devanagari}/u.test(word))) return 'hi';
  let best: Language | undefined;
  let most = 0;
  for (const [language, set] of marks.toReversed()) {
    const count = words.filter((word) => set.has(word)).length;
    if (count > most) [best, most] = [language, count];
  }
  return best;
}

/** As `guessLanguage`; what nothing tells of is answered in English. */
export function languageOf(words: readonly string[]): Language {
  return guessLanguage(words) ?? 'en';
}
