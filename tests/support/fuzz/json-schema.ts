/** Makes values that fit a JSON Schema: as much of it as zod writes for our calls and routes. */
import * as fc from 'fast-check';
import { canary, canaryText } from './canary.ts';

export interface JsonSchema {
  $ref?: string;
  type?: string | string[];
  enum?: unknown[];
  const?: unknown;
  anyOf?: JsonSchema[];
  oneOf?: JsonSchema[];
  allOf?: JsonSchema[];
  format?: string;
  pattern?: string;
  minLength?: number;
  maxLength?: number;
  minimum?: number;
  maximum?: number;
  exclusiveMinimum?: number;
  exclusiveMaximum?: number;
  minItems?: number;
  maxItems?: number;
  items?: JsonSchema;
  properties?: Record<string, JsonSchema>;
  required?: string[];
  additionalProperties?: JsonSchema | boolean;
}

export interface Known {
  /** Ids worth naming, to be met among random ones. */
  ids: readonly string[];
  /** What `#/components/schemas/X` means. */
  components?: Record<string, JsonSchema>;
}

/** Values that fit. Texts carry the canary wherever their form leaves room for it. */
export function fitting(schema: JsonSchema, known: Known): fc.Arbitrary<unknown> {
  if (schema.$ref) return fitting(known.components?.[schema.$ref.split('/').at(-1) ?? ''] ?? {}, known);
  if (schema.enum) return fc.constantFrom(...schema.enum);
  if ('const' in schema) return fc.constant(schema.const);
  const choices = schema.anyOf ?? schema.oneOf;
  if (choices) return fc.oneof(...choices.map((one) => fitting(one, known)));
  if (schema.allOf) return fitting(Object.assign({}, ...schema.allOf) as JsonSchema, known);
  if (Array.isArray(schema.type)) return fc.oneof(...schema.type.map((type) => fitting({ ...schema, type }, known)));
  return ofType(schema, known);
}

function ofType(schema: JsonSchema, known: Known): fc.Arbitrary<unknown> {
  switch (schema.type) {
    case 'string':
      return text(schema, known);
    case 'integer':
      return fc.integer(bounds(schema));
    case 'number':
      return fc.double({ ...bounds(schema), noNaN: true });
    case 'boolean':
      return fc.boolean();
    case 'null':
      return fc.constant(null);
    case 'array':
      return fc.array(fitting(schema.items ?? {}, known), {
        minLength: schema.minItems ?? 0,
        maxLength: Math.max(schema.minItems ?? 0, Math.min(schema.maxItems ?? 4, 4)),
      });
    case 'object':
      return object(schema, known);
    case undefined:
    default:
      return fc.oneof(canaryText(), fc.integer(), fc.boolean(), fc.jsonValue({ maxDepth: 2 }));
  }
}

function bounds({ minimum, maximum, exclusiveMinimum, exclusiveMaximum }: JsonSchema): { min: number; max: number } {
  return {
    min: minimum ?? (exclusiveMinimum === undefined ? -1_000 : exclusiveMinimum + 1),
    max: Math.min(maximum ?? (exclusiveMaximum === undefined ? 1e9 : exclusiveMaximum - 1), 2 ** 31 - 1),
  };
}

function text({ format, pattern, minLength = 0, maxLength = 80 }: JsonSchema, { ids }: Known): fc.Arbitrary<string> {
  if (format === 'uuid') return fc.oneof({ weight: 5, arbitrary: fc.constantFrom(...ids) }, fc.uuid());
  if (format === 'date-time') {
    const near = { min: new Date('2026-11-01'), max: new Date('2027-01-01'), noInvalidDate: true };
    return fc.date(near).map((date) => date.toISOString());
  }
  if (format === 'email') return fc.uuid().map((id) => `${canary}-${id}@test.example`);
  if (pattern !== undefined) return fc.stringMatching(new RegExp(pattern));
  return canaryText(maxLength).map((made) => made.padEnd(minLength, 'x'));
}

function object(schema: JsonSchema, known: Known): fc.Arbitrary<Record<string, unknown>> {
  const fields = Object.entries(schema.properties ?? {}).map(([name, child]) => [name, fitting(child, known)] as const);
  const declared = fc.record(Object.fromEntries(fields), {
    requiredKeys: schema.required ?? [],
    noNullPrototype: true,
  });
  const more = schema.additionalProperties;
  if (more === undefined || typeof more === 'boolean') return declared;
  const extra = fc.dictionary(canaryText(20), fitting(more, known), { maxKeys: 2, noNullPrototype: true });
  return fc.tuple(declared, extra).map(([known, unknown]) => ({ ...unknown, ...known }));
}
