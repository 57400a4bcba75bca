/** Every route of the running server, as its own description lists them: who gets past the door, and who does not. */
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { type LiveServer, startLive } from '../support/live.ts';
import { call } from '../support/serve-app.ts';
import type { TestPerson, TestTenant } from '../support/tenant.ts';

interface Operation {
  method: string;
  path: string;
  /** Undefined for a public one. */
  scopes: string[] | undefined;
}

const people: TestPerson[] = ['patient', 'doctor', 'lab', 'staff', 'admin'];
const publicOperations = [
  'GET /api/v1/asyncapi.json',
  'GET /api/v1/openapi.json',
  'GET /api/v1/uploads/linked',
  'POST /api/v1/auth/forgot-password',
  'POST /api/v1/auth/login',
  'POST /api/v1/auth/logout',
  'POST /api/v1/auth/refresh',
  'POST /api/v1/auth/register',
  'POST /api/v1/auth/resend-verification',
  'POST /api/v1/auth/reset-password',
  'POST /api/v1/auth/verify-email',
  'POST /api/v1/guests/enter',
  'POST /api/v1/guests/look',
  'POST /api/v1/guests/renew',
  'POST /api/v1/payments/webhook',
];

let live: LiveServer;
let clinic: TestTenant;
let operations: Operation[];
beforeAll(async () => {
  live = await startLive();
  clinic = await live.tenant();
  const { json } = await call(`${live.url}/api/v1/openapi.json`, 'GET');
  const { paths } = json as { paths: Record<string, Record<string, { security: { bearer: string[] }[] }>> };
  operations = Object.entries(paths).flatMap(([path, item]) =>
    Object.entries(item).map(([method, { security }]) => ({
      method: method.toUpperCase(),
      path,
      scopes: security[0]?.bearer,
    })),
  );
});
afterAll(async () => live[Symbol.asyncDispose]());

function request({ method, path }: Operation, token?: string) {
  const address = live.url + path.replaceAll(/\{\w+\}/g, crypto.randomUUID());
  return call(address, method, { token, ...(method !== 'GET' && { body: {} }) });
}

describe('every route', () => {
  test('that is public is known to be', () => {
    const found = operations
      .filter(({ scopes }) => scopes === undefined)
      .map(({ method, path }) => `${method} ${path}`);
    expect(found.toSorted()).toEqual(publicOperations);
    expect(operations.length).toBeGreaterThan(publicOperations.length + 8);
  });

  test('that is not public names at least one scope, and answers 401 without a token or with a bad one', async () => {
    for (const operation of operations.filter(({ scopes }) => scopes)) {
      expect(operation.scopes).not.toEqual([]);
      for (const token of [undefined, 'not.a.token']) {
        const { status, json } = await request(operation, token);
        expect({ ...operation, status, code: (json as { code?: string }).code }).toEqual({
          ...operation,
          status: 401,
          code: 'UNAUTHENTICATED',
        });
      }
    }
  });

  test.each(people)('a %s gets 403 exactly where their roles lack the scope', async (person) => {
    const { scopes: own } = await clinic.actor(person);
    let refused = 0;
    for (const operation of operations.filter(({ scopes }) => scopes)) {
      const allowed = operation.scopes?.every((scope) => own.has(scope));
      // Another token for each: some operations end the sign-in that asks for them.
      const { status, json } = await request(operation, await clinic.token(person));
      const code = (json as { code?: string } | undefined)?.code;
      expect({ ...operation, forbidden: code === 'FORBIDDEN', failed: status >= 500 }).toEqual({
        ...operation,
        forbidden: !allowed,
        failed: false,
      });
      if (!allowed) refused += 1;
    }
    expect(refused).toBeGreaterThanOrEqual(person === 'admin' ? 0 : 2);
  });
});

test('no answer of the server tells what serves it or may be stored by a proxy', async () => {
  for (const operation of operations) {
    const { headers } = await request(operation);
    expect(headers.get('x-powered-by')).toBeNull();
    expect(headers.get('cache-control')).toContain('no-store');
    expect(headers.get('x-request-id')).toMatch(/^[0-9a-f-]{36}$/);
  }
});
