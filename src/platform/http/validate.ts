/** Parses what was sent by the route's schemas, and says what is wrong with it without repeating it. */
import { z } from 'zod';
import { AppError, type InputFault } from '../errors.ts';
import { findUnstorableText } from '../storable-text.ts';
import { tryParse } from '../try-parse.ts';
import { toldPath } from './told-path.ts';

/** Throws INVALID_INPUT with one fault per issue. `place` is put before each path. */
export async function parseInput(schema: z.ZodType, value: unknown, place?: string): Promise<unknown> {
  const parsed = tryParse(schema, value);
  const faults = parsed.success
    ? findUnstorableText(parsed.data).map(({ path, message }) => ({ path: toldPath(schema, path, place), message }))
    : parsed.issues.slice(0, 50).map((issue) => faultOf(issue, schema, place));
  if (!parsed.success || faults.length > 0)
    throw new AppError('INVALID_INPUT', 'Correct the fields named in errors.', { faults });
  return parsed.data;
}

function faultOf(issue: z.core.$ZodIssue, schema: z.ZodType, place: string | undefined): InputFault {
  const path = toldPath(schema, issue.path, place);
  // What the key of a record must be is said inside.
  if (issue.code === 'invalid_key') return { path, message: issue.issues[0]?.message ?? issue.message };
  if (issue.code !== 'unrecognized_keys') return { path, message: issue.message };
  const known = issue.path.length === 0 ? knownFields(schema) : [];
  return {
    path,
    message: known.length > 0 ? `Takes only these fields: ${known.join(', ')}` : 'Has a field that is not taken here',
  };
}

function knownFields(schema: z.ZodType): string[] {
  if (schema instanceof z.ZodObject) return Object.keys(schema.shape);
  if (schema instanceof z.ZodDefault || schema instanceof z.ZodOptional)
    return knownFields(schema.unwrap() as z.ZodType);
  return [];
}
