/** Everything that patients and guests read, fetched when somebody reads it in this language. */
import type { Texts } from '../languages.ts';
import { common } from './common.ts';

export const texts: Texts = { common };
