/**
 * The words of one notion in the four languages, separated by commas; several words are a phrase that must stand together.
 * They are written as people write: accents, case and apostrophes do not matter.
 */
export interface Entry {
  en?: string;
  /** Hindi in Devanagari. */
  hi?: string;
  /** Hindi in Latin letters; one spelling of each sound is enough (see `soundOf`). */
  lat?: string;
  es?: string;
}

export type Lexicon = Record<string, Entry>;
