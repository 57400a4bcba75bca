/** Examples for the description, made from the schemas: what a schema says itself first, else what its field's name suggests. */

/** As much of JSON Schema (2020-12) as zod writes. */
export interface JsonSchema {
  $ref?: string;
  type?: string | string[];
  enum?: readonly unknown[];
  const?: unknown;
  default?: unknown;
  example?: unknown;
  examples?: readonly unknown[];
  anyOf?: readonly JsonSchema[];
  oneOf?: readonly JsonSchema[];
  allOf?: readonly JsonSchema[];
  format?: string;
  pattern?: string;
  minLength?: number;
  maxLength?: number;
  minimum?: number;
  maximum?: number;
  exclusiveMinimum?: number;
  minItems?: number;
  items?: JsonSchema;
  properties?: Record<string, JsonSchema>;
  required?: readonly string[];
  additionalProperties?: JsonSchema | boolean;
}

export type Schemas = Record<string, JsonSchema>;

const texts: Record<string, string> = {
  accessToken: 'eyJhbGciOiJIUzI1NiIsInR5cCI6ImF0K2p3dCJ9.eyJzdWIiOiI…',
  refreshToken: 'hcr_AZ2vJw…',
  cursor: 'eyJvZiI6IjRuU2…',
  nextCursor: 'eyJvZiI6IjRuU2…',
  name: 'Asha Menon',
  displayName: 'Asha Menon',
  doctorName: 'Dr. Meera Nair',
  practitionerName: 'Dr. Meera Nair',
  patientName: 'Asha Menon',
  reason: 'Follow-up after the blood test',
  password: 'Seven-Green-Boats-7',
  newPassword: 'Seven-Green-Boats-7',
  currentPassword: 'Housecall-Demo-1',
  tenant: 'demo',
  slug: 'demo',
  timeZone: 'Asia/Kolkata',
  locale: 'en-IN',
  language: 'en',
  country: 'IN',
  city: 'Pune',
  currency: 'INR',
  code: '394579002',
  codeSystem: 'http://snomed.info/sct',
  system: 'http://snomed.info/sct',
  display: 'Cardiology',
  startTime: '09:00',
  endTime: '12:30',
  hash: '9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08',
  requestId: '0b0f3f0e-8f5c-4a8e-9f57-2f7f2c1f0a55',
};

const formats: Record<string, string> = {
  uuid: '019ab3c4-5d6e-7f80-9a1b-2c3d4e5f6071',
  'date-time': '2026-11-23T09:30:00.000Z',
  date: '2026-11-23',
  time: '09:30:00',
  email: 'patient@demo.clinic',
  uri: 'https://clinic.example.org/',
  ipv4: '192.0.2.10',
};

/** A value that fits, with every property; undefined where none is known to fit. `name` is the field's own. */
export function exampleOf(schema: JsonSchema, schemas: Schemas, name = ''): unknown {
  const said = schema.example ?? schema.examples?.[0];
  if (said !== undefined) return said;
  if (schema.$ref) return exampleOf(schemas[schema.$ref.split('/').at(-1) ?? ''] ?? {}, schemas, name);
  if (schema.const !== undefined) return schema.const;
  if (schema.enum) return schema.enum[0];
  const one = [...(schema.anyOf ?? []), ...(schema.oneOf ?? [])].find(({ type }) => type !== 'null');
  if (one) return exampleOf(one, schemas, name);
  if (schema.allOf) return Object.assign({}, ...schema.allOf.map((part) => exampleOf(part, schemas, name))) as unknown;
  return exampleOfType(schema, schemas, name);
}

function exampleOfType(schema: JsonSchema, schemas: Schemas, name: string): unknown {
  const type = Array.isArray(schema.type) ? schema.type.find((kind) => kind !== 'null') : schema.type;
  switch (type) {
    case 'string':
      return text(schema, name);
    case 'integer':
    case 'number':
      return typeof schema.default === 'number' ? schema.default : number(schema, name);
    case 'boolean':
      return schema.default ?? true;
    case 'null':
      return null;
    case 'array':
      return array(schema, schemas, name);
    case undefined:
    default:
      return schema.properties || type === 'object' ? object(schema, schemas) : {};
  }
}

function text({ default: usual, format, pattern, minLength = 0, maxLength = 10_000 }: JsonSchema, name: string) {
  const candidates = [
    usual,
    texts[name],
    format && formats[format],
    ...Object.values(texts),
    ...Object.values(formats),
  ];
  const last = 'Some text'.padEnd(minLength, '.');
  return [...candidates, last].find((value): value is string => {
    if (typeof value !== 'string' || value.length < minLength || value.length > maxLength) return false;
    if (format !== undefined && format in formats && value !== formats[format] && value !== usual) return false;
    // A name that says nothing gets a text that says nothing.
    if (pattern === undefined && format === undefined && value !== usual && value !== texts[name] && value !== last)
      return false;
    return pattern === undefined || new RegExp(pattern, 'u').test(value);
  });
}

function number({ minimum, exclusiveMinimum, maximum = Number.MAX_SAFE_INTEGER }: JsonSchema, name: string): number {
  const least = minimum ?? (exclusiveMinimum === undefined ? 0 : exclusiveMinimum + 1);
  const usual = /minutes$/i.test(name)
    ? 30
    : /seconds$|^expiresIn$/i.test(name)
      ? 1_800
      : /minor$/i.test(name)
        ? 50_000
        : 1;
  return Math.min(Math.max(least, usual), maximum);
}

function array({ items = {}, minItems = 0 }: JsonSchema, schemas: Schemas, name: string): unknown[] | undefined {
  const one = exampleOf(items, schemas, name.replace(/s$/, ''));
  return one === undefined ? undefined : Array.from({ length: Math.max(1, minItems) }, () => one);
}

function object({ properties = {} }: JsonSchema, schemas: Schemas): Record<string, unknown> {
  const entries = Object.entries(properties).map(([name, child]) => [name, exampleOf(child, schemas, name)] as const);
  return Object.fromEntries(entries.filter(([, value]) => value !== undefined));
}
