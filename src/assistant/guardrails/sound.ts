/**
 * Hindi has no one spelling in Latin letters: "saans", "sans" and "saansh", "nahi", "nahin" and "nhi". Words that sound
 * alike get one key. For Hindi in Latin letters only; a key is not a word of any language.
 */
export function soundOf(word: string): string {
  return word
    .replace(/aa+/g, 'a')
    .replace(/ee+|ii+|ie/g, 'i')
    .replace(/oo+|uu+|ou/g, 'u')
    .replace(/w/g, 'v')
    .replace(/z/g, 'j')
    .replace(/ph/g, 'f')
    .replace(/q|ck/g, 'k')
    .replace(/c?chh?/g, 'c')
    .replace(/sh/g, 's')
    .replace(/([bdgjkt])h/g, '$1')
    .replace(/(\p{L})\1+/gu, '$1')
    .replace(/ei|ai|ay/g, 'e')
    .replace(/(?<=[aeiou])n$/, '')
    .replace(/hu$/, 'ho');
}
