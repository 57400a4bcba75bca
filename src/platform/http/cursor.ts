/** Where a page ended. A cursor belongs to the list that gave it: another order, filter or reader refuses it. */
import { createHash } from 'node:crypto';
import { z } from 'zod';
import { AppError } from '../errors.ts';

export interface Position {
  /** The value by which the list is sorted, of the last row told; null when it has none. */
  key: string | number | null;
  id: string;
}

/** Names a list by everything that decides what is in it and in which order. */
export function listName(...parts: readonly unknown[]): string {
  return createHash('sha256').update(JSON.stringify(parts)).digest('base64url').slice(0, 16);
}

export function writeCursor(list: string, { key, id }: Position): string {
  return Buffer.from(JSON.stringify({ of: list, key, id })).toString('base64url');
}

/** Throws INVALID_INPUT for what is not a cursor of this list. `key` is what such a list may be sorted by. */
export function readCursor(list: string, cursor: string | undefined, key: z.ZodType<Position['key']>): Position | null {
  if (cursor === undefined) return null;
  const parsed = z
    .strictObject({ of: z.literal(list), key, id: z.uuid() })
    .safeParse(parseJson(Buffer.from(cursor, 'base64url').toString('utf8')));
  if (parsed.success) return { key: parsed.data.key, id: parsed.data.id };
  throw new AppError('INVALID_INPUT', 'Begin again without a cursor.', {
    faults: [{ path: 'query.cursor', message: 'Is not a cursor of this list' }],
  });
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
