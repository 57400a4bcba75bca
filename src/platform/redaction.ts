/**
 * What a log line must not show, by the name of the field at whatever depth: its value is replaced by a mark that is the
 * same for equal values, so that lines can be put together without telling what they were about.
 */
import { createHmac } from 'node:crypto';
import { randomSecret } from './crypto.ts';

/** Secrets, and what identifies or describes a person. */
export const redactedAlways: readonly string[] = [
  'password',
  'token',
  'accessToken',
  'refreshToken',
  'authorization',
  'cookie',
  'secret',
  'apiKey',
  'email',
  'phone',
  'displayName',
  'patientName',
  'doctorName',
  'dateOfBirth',
  'address',
  'text',
  'notes',
];

const deepest = 6;

export interface RedactionOptions {
  /** Names besides those that are always redacted. */
  fields?: readonly string[];
  /** Makes the marks. At random unless given: then they are the same within one process alone. */
  key?: string | Uint8Array | undefined;
}

/** Copies a line's fields without what they must not show. */
export type Redact = (line: Record<string, unknown>) => Record<string, unknown>;

export function createRedaction({ fields = [], key = randomSecret() }: RedactionOptions = {}): Redact {
  const hidden = new Set([...redactedAlways, ...fields].map((name) => name.toLowerCase()));
  const mark = (value: unknown): string => {
    const text = typeof value === 'string' ? value : JSON.stringify(value);
    return `[REDACTED:${createHmac('sha256', key)
      .update(text ?? '')
      .digest('hex')
      .slice(0, 8)}]`;
  };
  const copy = (value: unknown, depth: number): unknown => {
    if (Array.isArray(value)) return depth > deepest ? '[…]' : value.map((item) => copy(item, depth + 1));
    // What has a class of its own (an error, a date, a response) has a serializer or is shown as text.
    if (!isPlain(value)) return value;
    if (depth > deepest) return '[…]';
    const entries = Object.entries(value).map(([name, inner]): [string, unknown] => [
      name,
      hidden.has(name.toLowerCase()) && inner !== undefined && inner !== null ? mark(inner) : copy(inner, depth + 1),
    ]);
    return Object.fromEntries(entries);
  };
  return (line) => copy(line, 0) as Record<string, unknown>;
}

function isPlain(value: unknown): value is Record<string, unknown> {
  if (typeof value !== 'object' || value === null) return false;
  const prototype: unknown = Object.getPrototypeOf(value);
  return prototype === Object.prototype || prototype === null;
}
