import type { Language } from './verdict.ts';

const marks: [Language, ReadonlySet<string>][] = [
  [
    'hi-Latn',
    new Set(
      'hai h hain ho hu hoon ka ki ke ko se ne mein mera meri mere mujhe kya nahi nhi raha rahi rahe gaya gayi gaye aur kar karu batao bhi hi toh jo wo ye yeh par liye liya saath bahut abhi ab lu du chahta chahti aa rha hua kitni kitna kaunsi dard saans khoon behosh dawai dawa goli sakta sakti sakte lena leni dena baad dobara puri aadhi koi kuch kab kaise kyu kahi ek din baar jaunga jaungi diya wala wali mai tum aap papa mummy'.split(
        ' ',
      ),
    ),
  ],
  [
    'es',
    new Set(
      'el la los las un una de del que en y es por para con se mi mis tu su le lo al como cuando donde tengo quiero puedo esta estoy muy hace desde dolor cuanto cuantas tomar tiene duele sangre pastillas ha estado punto llevo voy pero ya yo hay nos si mas sin cada esto son'.split(
        ' ',
      ),
    ),
  ],
  [
    'en',
    new Set(
      'the a an i my is are am to of and in on it for you your what how can do does have has this that with not his her she he was be or at we they please should'.split(
        ' ',
      ),
    ),
  ],
];

function countsOf(words: readonly string[]): [Language, number][] {
  const counts = marks
    .toReversed()
    .map(([language, set]): [Language, number] => [language, words.filter((word) => set.has(word)).length]);
  return counts.toSorted(([, one], [, other]) => other - one);
}

const isDevanagari = (word: string): boolean => /\p{Script=Devanagari}/u.test(word);

/** The language, where its small words are at least two more than those of every other; undefined where that is not plain. */
export function certainLanguage(words: readonly string[]): Language | undefined {
  if (words.some(isDevanagari)) return 'hi';
  const [first, second] = countsOf(words);
  const lead = (first?.[1] ?? 0) - (second?.[1] ?? 0);
  return lead >= 2 ? first?.[0] : undefined;
}

/** The language that most of the small words belong to; Devanagari is Hindi, and what nothing tells of is English. */
export function languageOf(words: readonly string[]): Language {
  if (words.some(isDevanagari)) return 'hi';
  const [first] = countsOf(words);
  return first === undefined || first[1] === 0 ? 'en' : first[0];
}
