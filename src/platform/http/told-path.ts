/** Where in the input a fault is, without telling back what was sent: names come from the schema, never from the input. */
import { z } from 'zod';

/** Field names that may be told back. Whatever looks otherwise may be a value that was sent as a key. */
const fieldName = /^[A-Za-z][A-Za-z0-9]{0,39}$/;

/** `path` of a fault: field names and indexes joined by dots, with `*` for a key that whoever sent it made up. */
export function toldPath(schema: z.ZodType, path: readonly PropertyKey[], place: string | undefined): string {
  const parts: string[] = place ? [place] : [];
  let at: unknown = schema;
  for (const part of path) {
    at = bare(at);
    const isTold = typeof part === 'number' || (fieldName.test(String(part)) && !isMadeUp(at, String(part)));
    parts.push(isTold ? String(part) : '*');
    at = under(at, part);
  }
  return parts.join('.');
}

function bare(schema: unknown): unknown {
  const wrapped =
    schema instanceof z.ZodOptional ||
    schema instanceof z.ZodNullable ||
    schema instanceof z.ZodDefault ||
    schema instanceof z.ZodPrefault;
  if (wrapped) return bare(schema.unwrap());
  return schema instanceof z.ZodPipe ? bare(schema.in) : schema;
}

/** Below what takes anything, every key is the sender's; a record's is one unless it is of those that it lets in. */
function isMadeUp(schema: unknown, key: string): boolean {
  if (schema instanceof z.ZodObject) return !Object.hasOwn(schema.shape, key);
  if (schema instanceof z.ZodRecord) {
    const keys = schema.keyType as z.ZodType;
    return keys.safeParse('anything at all').success || !keys.safeParse(key).success;
  }
  return schema instanceof z.ZodUnknown || schema instanceof z.ZodAny;
}

/** Undefined where the walk cannot tell, as in a union. */
function under(schema: unknown, part: PropertyKey): unknown {
  if (schema instanceof z.ZodObject) return schema.shape[String(part)] ?? schema.def.catchall;
  if (schema instanceof z.ZodArray) return schema.element;
  if (schema instanceof z.ZodRecord) return schema.valueType;
  return schema instanceof z.ZodUnknown || schema instanceof z.ZodAny ? schema : undefined;
}
