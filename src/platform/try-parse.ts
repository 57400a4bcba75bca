/** Parsing what strangers send, without ever throwing. */
import type { z } from 'zod';

export type Parsed<T> = { success: true; data: T } | { success: false; issues: readonly z.core.$ZodIssue[] };

/**
 * `safeParse`, also for what zod itself stumbles over: it compares the `length` of whatever it is given, and throws when
 * that is an object that cannot be compared, such as `{ "length": { "valueOf": 1, "toString": 1 } }`. Schemas must not
 * have asynchronous refinements.
 */
export function tryParse<S extends z.ZodType>(schema: S, value: unknown): Parsed<z.output<S>> {
  try {
    const parsed = schema.safeParse(value);
    return parsed.success ? parsed : { success: false, issues: parsed.error.issues };
  } catch (error) {
    if (!(error instanceof TypeError)) throw error;
    return { success: false, issues: [{ code: 'custom', path: [], message: 'Cannot be read', input: undefined }] };
  }
}
