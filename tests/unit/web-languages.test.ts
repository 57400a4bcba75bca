/** Each language says everything that patients and guests read, with the same blanks to fill in. */
import { readdirSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from '@jest/globals';
import { texts as es } from '../../web/src/ui/i18n/es/index.ts';
import { texts as hi } from '../../web/src/ui/i18n/hi/index.ts';
import { firstKnown, languages, ownNames } from '../../web/src/ui/i18n/languages.ts';

const folder = path.resolve(import.meta.dirname, '../../web/src/ui/i18n');
/** What staff alone read stays English. */
const ofStaff = ['admin', 'billing', 'exchanges', 'patients', 'planning', 'quality', 'ratings', 'staff'];

/** Every text by its path; the forms of a plural are one, because languages differ in which they have. */
function flat(bundle: object, before = ''): Map<string, string> {
  return new Map(
    Object.entries(bundle).flatMap(([key, value]: [string, unknown]) =>
      typeof value === 'object' && value !== null
        ? [...flat(value, `${before}${key}.`)]
        : [[`${before}${key.replace(/_(?:zero|one|two|few|many|other)$/, '_*')}`, String(value)] as const],
    ),
  );
}

const blanks = (text: string | undefined) => [...new Set(text?.match(/\{\{[^}]+\}\}/g))].toSorted();

const english = new Map<string, object>();
for (const file of readdirSync(folder)) {
  const name = /^en(?:-(.+))?\.ts$/.exec(file);
  if (!name) continue;
  const [bundle] = Object.values((await import(path.join(folder, file))) as Record<string, object>);
  if (bundle) english.set(name[1] ?? 'common', bundle);
}

describe.each(Object.entries({ hi, es }))('in %s', (language, texts) => {
  const namespaces = [...english.keys()].filter((name) => !ofStaff.includes(name));

  it('there is every catalogue that patients read', () => {
    expect(Object.keys(texts).toSorted()).toEqual(namespaces.toSorted());
  });

  it.each(Object.keys(texts))('%s has the same texts as English, with the same blanks', (name) => {
    const [wanted, found] = [flat(english.get(name) ?? {}), flat(texts[name] ?? {})];
    expect([...found.keys()].toSorted()).toEqual([...wanted.keys()].toSorted());
    for (const [key, text] of found)
      expect({ key, blanks: blanks(text) }).toEqual({ key, blanks: blanks(wanted.get(key)) });
  });

  it('has every form of a plural that the language knows', () => {
    const { pluralCategories } = new Intl.PluralRules(language).resolvedOptions();
    for (const [name, bundle] of Object.entries(texts)) {
      const keys = new Set(JSON.stringify(bundle).match(/"[^"]+_(?:zero|one|two|few|many|other)"(?=:)/g));
      const stems = new Set([...keys].map((key) => key.replace(/_[a-z]+"$/, '')));
      for (const stem of stems) {
        const forms = pluralCategories.filter((form) => !keys.has(`${stem}_${form}"`));
        expect({ name, stem, forms }).toEqual({ name, stem, forms: [] });
      }
    }
  });
});

describe('the language of a page', () => {
  it('is the first that the browser prefers and that there is, and English else', () => {
    expect(firstKnown(['fr-FR', 'hi-IN', 'es'])).toBe('hi');
    expect(firstKnown(['ES-mx'])).toBe('es');
    expect(firstKnown(['de', 'fr'])).toBe('en');
    expect(firstKnown([])).toBe('en');
  });

  it('is named in itself', () => {
    expect(languages.map((language) => ownNames[language])).toEqual(['English', 'हिन्दी', 'Español']);
  });
});
