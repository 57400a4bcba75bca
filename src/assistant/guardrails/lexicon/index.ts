import { answers } from './answers.ts';
import { asks } from './asks.ts';
import { body } from './body.ts';
import { danger } from './danger.ts';
import { despair } from './despair.ts';
import type { Entry } from './entry.ts';
import { frames } from './frames.ts';
import { medicines } from './medicines.ts';

export const lexicon = { ...body, ...danger, ...despair, ...medicines, ...asks, ...frames, ...answers };
/** A notion that a message can mention, whatever the language; `number` is any figure, `many` one of six or more without a unit. */
export type Notion = keyof typeof lexicon | 'number' | 'many';

export const entries: readonly (readonly [Notion, Entry])[] = Object.entries(lexicon).map(
  ([notion, entry]) => [notion as Notion, entry] as const,
);
