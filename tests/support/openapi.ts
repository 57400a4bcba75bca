/** The description as the server gives it, and whether values fit what it says (JSON Schema 2020-12, formats included). */
import type { ValidateFunction } from 'ajv';
import { Ajv2020 } from 'ajv/dist/2020.js';
import ajvFormats, { type FormatsPlugin } from 'ajv-formats';

export interface Media {
  schema?: Record<string, unknown>;
  example?: unknown;
}
export interface DescribedResponse {
  description: string;
  headers?: Record<string, { $ref: string }>;
  content?: Record<string, Media>;
}
export interface DescribedOperation {
  operationId: string;
  summary: string;
  description?: string;
  tags: string[];
  security: Record<string, string[]>[];
  parameters?: { $ref?: string; name?: string; in?: string; schema?: Record<string, unknown>; example?: unknown }[];
  requestBody?: { required?: boolean; content: Record<string, Media> };
  responses: Record<string, DescribedResponse>;
}
export interface Description {
  openapi: string;
  paths: Record<string, Record<string, DescribedOperation>>;
  components: Record<string, Record<string, unknown>>;
}

export interface Judge {
  /** What is wrong with the value, in words; empty when it fits what stands at this place of the description. */
  faults(place: readonly (string | number)[], value: unknown): string[];
}

// The package is CommonJS, whose types and values name its default differently.
const addFormats = ajvFormats as unknown as FormatsPlugin;

export function judgeBy(description: unknown): Judge {
  const ajv = new Ajv2020({ strict: false, allErrors: false });
  addFormats(ajv);
  ajv.addSchema(description as object, 'openapi');
  // By what stands there, not by where: the same refusal is described at a thousand places.
  const compiled = new Map<string, ValidateFunction>();
  return {
    faults(place, value) {
      const schema = JSON.stringify(at(description, place));
      let validate = compiled.get(schema);
      if (!validate) {
        const pointer = place.map((part) =>
          encodeURIComponent(String(part).replaceAll('~', '~0').replaceAll('/', '~1')),
        );
        validate = ajv.compile({ $ref: `openapi#/${pointer.join('/')}` });
        compiled.set(schema, validate);
      }
      if (validate(value)) return [];
      return (validate.errors ?? []).map(({ instancePath, message, params }) =>
        `${instancePath || 'the whole'} ${message} ${JSON.stringify(params)}`.slice(0, 300),
      );
    },
  };
}

function at(description: unknown, place: readonly (string | number)[]): unknown {
  return place.reduce<unknown>((found, part) => (found as Record<string, unknown> | undefined)?.[part], description);
}
