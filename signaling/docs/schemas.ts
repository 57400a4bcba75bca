/** JSON Schemas of the protocol's payloads, with what several of them share in one place. */
import { z } from 'zod';

export type Json = Record<string, unknown>;

export interface SchemaBook {
  /** The schema, whose references lead to `#/components/schemas`. */
  add(schema: z.ZodType, direction: 'input' | 'output'): Json;
  shared: Record<string, Json>;
}

export function openSchemaBook(): SchemaBook {
  const shared: Record<string, Json> = {};
  return {
    shared,
    add(schema, direction) {
      const { $defs = {}, $schema: _, ...whole } = z.toJSONSchema(schema, { io: direction, unrepresentable: 'any' });
      const names = new Map<string, string>();
      for (const [name, definition] of Object.entries($defs)) {
        // What is taken may be stricter than what is told.
        const isOther =
          shared[name] !== undefined && JSON.stringify(shared[name]) !== JSON.stringify(pointing(definition));
        names.set(name, isOther ? `${name}${direction === 'input' ? 'Input' : 'Output'}` : name);
      }
      for (const [name, definition] of Object.entries($defs))
        shared[names.get(name) ?? name] = pointing(definition, names) as Json;
      return pointing(whole, names) as Json;
    },
  };
}

const local = '#/$defs/';

/** With each reference led to the shared place. */
function pointing(value: unknown, names = new Map<string, string>()): unknown {
  if (Array.isArray(value)) return value.map((one) => pointing(one, names));
  if (typeof value !== 'object' || value === null) return value;
  const entries = Object.entries(value).flatMap(([key, one]): [string, unknown][] => {
    if (key === 'id' && typeof one === 'string' && 'type' in value) return [];
    if (key !== '$ref' || typeof one !== 'string' || !one.startsWith(local)) return [[key, pointing(one, names)]];
    const name = one.slice(local.length);
    return [[key, `#/components/schemas/${names.get(name) ?? name}`]];
  });
  return Object.fromEntries(entries);
}
