/** What somebody is called: one line, which reads in the order in which it is written. */
import { z } from 'zod';

/** Control characters, line breaks, and what turns the direction of the text that follows (UAX #9). */
const disguise = /[\p{Cc}\u2028\u2029\u202A-\u202E\u2066-\u2069]/u;

/** It stands in mails, lists and calendars of others; every script is fine, and what joins its letters. */
export const PersonName = z
  .string()
  .trim()
  .min(1)
  .max(200)
  .refine((name) => !disguise.test(name), 'Must be one line without control characters');
