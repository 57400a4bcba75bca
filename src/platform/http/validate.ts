/** Parses what was sent by the route's schemas, and says what is wrong with it without repeating it. */
import { z } from 'zod';
import { AppError, type InputFault } from '../errors.ts';
import { findUnstorableText } from '../storable-text.ts';
import { tryParse } from '../try-parse.ts';

/** Field names that may be told back. Whatever looks otherwise may be a value that was sent as a key. */
const fieldName = /^[A-Za-z][A-Za-z0-9]{0,39}$/;

/** Throws INVALID_INPUT with one fault per issue. `place` is put before each path. */
export async function parseInput(schema: z.ZodType, value: unknown, place?: string): Promise<unknown> {
  const parsed = tryParse(schema, value);
  const faults = parsed.success
    ? findUnstorableText(parsed.data).map(({ path, message }) => ({ path: pathOf(path, place), message }))
    : parsed.issues.slice(0, 50).map((issue) => faultOf(issue, schema, place));
  if (!parsed.success || faults.length > 0)
    throw new AppError('INVALID_INPUT', 'Correct the fields named in errors.', { faults });
  return parsed.data;
}

function faultOf(issue: z.core.$ZodIssue, schema: z.ZodType, place: string | undefined): InputFault {
  const path = pathOf(issue.path, place);
  if (issue.code !== 'unrecognized_keys') return { path, message: issue.message };
  const known = issue.path.length === 0 ? knownFields(schema) : [];
  return {
    path,
    message: known.length > 0 ? `Takes only these fields: ${known.join(', ')}` : 'Has a field that is not taken here',
  };
}

/** `path` of a fault: field names and indexes joined by dots. */
function pathOf(path: readonly PropertyKey[], place: string | undefined): string {
  const parts = path.map((part) => (typeof part === 'number' || fieldName.test(String(part)) ? String(part) : '*'));
  return [...(place ? [place] : []), ...parts].join('.');
}

function knownFields(schema: z.ZodType): string[] {
  if (schema instanceof z.ZodObject) return Object.keys(schema.shape);
  if (schema instanceof z.ZodDefault || schema instanceof z.ZodOptional)
    return knownFields(schema.unwrap() as z.ZodType);
  return [];
}
