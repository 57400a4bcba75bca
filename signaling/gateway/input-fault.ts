/** Says what is wrong with a call's payload, by field and never by value. */
import { z } from 'zod';
import { calls } from '../protocol/index.ts';

/** Every field name of the protocol. Whatever else stands in a path is a key that was sent. */
const declared = new Set(Object.values(calls).flatMap(({ input }) => namesIn(z.toJSONSchema(input, { io: 'input' }))));

export function describeFault(fault: { path: readonly PropertyKey[] } | undefined): string {
  const path = fault?.path.map((part) => (typeof part === 'number' || declared.has(String(part)) ? String(part) : '*'));
  return path?.length ? `The field ${path.join('.')} is not valid.` : 'The payload is not valid.';
}

function namesIn(schema: unknown): string[] {
  if (typeof schema !== 'object' || schema === null) return [];
  return Object.entries(schema).flatMap(([keyword, child]) => [
    ...(keyword === 'properties' ? Object.keys(child as object) : []),
    ...namesIn(child),
  ]);
}
