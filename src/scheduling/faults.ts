/** What is wrong with the input although it has the right form. */
import type { z } from 'zod';
import { AppError } from '../platform/errors.ts';

/** INVALID_INPUT at one field. `path` as in the body, `query.` before it for a query's. */
export function inputFault(path: string, message: string): AppError {
  return new AppError('INVALID_INPUT', 'Correct the fields named in errors.', { faults: [{ path, message }] });
}

/** INVALID_INPUT for those of a list of ids that are not among the known ones; nothing when all are. */
export function refuseUnknown(
  path: string,
  ids: readonly string[],
  known: readonly { id: string }[],
  message: string,
): void {
  const there = new Set(known.map(({ id }) => id));
  const faults = ids.flatMap((id, at) => (there.has(id) ? [] : [{ path: `${path}.${at}`, message }]));
  if (faults.length > 0) throw new AppError('INVALID_INPUT', 'Correct the fields named in errors.', { faults });
}

/** What is stored with a change on top must still be what could be entered. Throws INVALID_INPUT as the body's parser does. */
export function parseAgain<T extends z.ZodType>(schema: T, value: unknown): z.output<T> {
  const parsed = schema.safeParse(value);
  if (parsed.success) return parsed.data;
  throw new AppError('INVALID_INPUT', 'Correct the fields named in errors.', {
    faults: parsed.error.issues.map(({ path, message }) => ({ path: path.join('.'), message })),
  });
}
