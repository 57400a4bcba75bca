/**
 * Letters that look like Latin ones: the part of Unicode TR39's confusables.txt that people use to slip past filters
 * (Cyrillic, Greek, Armenian, Cherokee and IPA letters). NFKC has folded full-width, circled and mathematical ones before.
 */
const lookalikes: Record<string, string> = {
  a: 'аαɑᴀ',
  b: 'ЬвβᏏʙ',
  c: 'сϲᴄⅽ',
  d: 'ԁɗᴅժ',
  e: 'еёєεҽℯᴇ',
  f: 'ƒϝғ',
  g: 'ɡցɢ',
  h: 'һнհʜ',
  i: 'іїιɩɪıℹ',
  j: 'јϳʝ',
  k: 'кκᴋ',
  l: 'ӏⅼʟ',
  m: 'мⅿᴍ',
  n: 'пոηɴ',
  o: 'оοօσᴏ',
  p: 'рρᴘ',
  q: 'ԛզ',
  r: 'гʀᴦ',
  s: 'ѕʂꜱ',
  t: 'тτᴛ',
  u: 'υսᴜц',
  v: 'ѵνᴠ',
  w: 'ѡωԝᴡш',
  x: 'хχ×',
  y: 'уүγʏ',
  z: 'ᴢʐ',
};

const latinOf = new Map(
  Object.entries(lookalikes).flatMap(([latin, others]) =>
    Array.from(others.toLowerCase()).map((one) => [one, latin] as const),
  ),
);

/** Every character that only looks Latin becomes the Latin one. Expects lower case. */
export function unmask(text: string): string {
  let plain = '';
  for (const character of text) plain += latinOf.get(character) ?? character;
  return plain;
}
