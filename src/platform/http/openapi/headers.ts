/** What all operations share in the description. */
import type { ZodOpenApiHeaderObject, ZodOpenApiParameterObject } from 'zod-openapi';
import { type ErrorCode, errorCatalogue } from '../../errors.ts';
import { type Problem, problemType } from '../problem.ts';

export const introduction = `Lists answer \`{ items, nextCursor }\`; pass \`nextCursor\` as \`cursor\` for the next page.
Instants are in UTC with milliseconds, ids are UUIDs of version 7, money is in minor units with a currency.

Errors are problem details (RFC 9457) with a \`code\` of a closed list, which is what to act upon. They never repeat what
was sent.

Writes take an \`Idempotency-Key\`: the same request again under the same key is answered as before and not carried out
again. The socket protocol is described at [/docs/socket](/docs/socket).`;

export const securitySchemes = {
  bearer: {
    type: 'http',
    scheme: 'bearer',
    bearerFormat: 'JWT',
    description: 'An access token of `POST /auth/login`.',
  },
  apiKey: { type: 'apiKey', in: 'header', name: 'X-API-Key', description: 'For programs: `hck_…`.' },
  internal: { type: 'http', scheme: 'bearer', description: "INTERNAL_TOKEN, for the operator's own programs." },
} as const;

const text = { type: 'string' } as const;

export const parameters: Record<string, ZodOpenApiParameterObject> = {
  IdempotencyKey: {
    name: 'Idempotency-Key',
    in: 'header',
    required: false,
    description:
      "Any text of the caller's own, new for each new request, e.g. a UUID. Belongs to the user and the route, and is forgotten after 24 hours.",
    schema: { type: 'string', minLength: 1, maxLength: 255, pattern: '^[\\x21-\\x7e]+$' },
    example: '5f0c2f6e-3a41-4f0f-8d5b-0f2f5c6b7a90',
  },
};

export const headers: Record<string, ZodOpenApiHeaderObject> = {
  RequestId: {
    description: "The request's id: the caller's own where it is sane, else made here. It stands in the log too.",
    schema: text,
    example: '0b0f3f0e-8f5c-4a8e-9f57-2f7f2c1f0a55',
  },
  RateLimit: {
    description: 'What is left under the tightest limit (draft-ietf-httpapi-ratelimit-headers).',
    schema: text,
    example: '"user";r=1187;t=41',
  },
  RateLimitPolicy: { description: 'That limit.', schema: text, example: '"user";q=1200;w=60' },
  RetryAfter: { description: 'Seconds.', schema: { type: 'integer', minimum: 1 }, example: 12 },
  WwwAuthenticate: { description: 'RFC 6750.', schema: text, example: 'Bearer realm="housecall"' },
  IdempotencyReplayed: {
    description: 'Present when this is the answer to an earlier request with the same key.',
    schema: { type: 'string', enum: ['true'] },
    example: 'true',
  },
};

/** Which of them an answer of that status has. */
export function headersOf(status: number, isRepeatable = false): Record<string, { $ref: string }> {
  const named: Record<string, string | false> = {
    'X-Request-Id': 'RequestId',
    RateLimit: 'RateLimit',
    'RateLimit-Policy': 'RateLimitPolicy',
    'Retry-After': (status === 429 || status === 503) && 'RetryAfter',
    'WWW-Authenticate': status === 401 && 'WwwAuthenticate',
    'Idempotency-Replayed': isRepeatable && 'IdempotencyReplayed',
  };
  const present = Object.entries(named).filter(([, name]) => name !== false);
  return Object.fromEntries(present.map(([header, name]) => [header, { $ref: `#/components/headers/${name}` }]));
}

export function problemExample(code: ErrorCode): Problem {
  const { status, title } = errorCatalogue[code];
  return {
    type: problemType(code),
    title,
    status,
    code,
    detail: title,
    requestId: '0b0f3f0e-8f5c-4a8e-9f57-2f7f2c1f0a55',
    ...(code === 'INVALID_INPUT' && {
      errors: [{ path: 'name', message: 'Too small: expected at least 1 character' }],
    }),
  };
}
