/** The description of the running server: every route of its table, every body with an example that fits. */
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import type { z } from 'zod';
import { errorCatalogue } from '../../src/platform/errors.ts';
import type { Route } from '../../src/platform/http/route.ts';
import { type LiveServer, startLive } from '../support/live.ts';
import { type Description, type Judge, judgeBy } from '../support/openapi.ts';
import { call } from '../support/serve-app.ts';

let live: LiveServer;
let description: Description;
let judge: Judge;
beforeAll(async () => {
  live = await startLive();
  description = (await call(`${live.url}/api/v1/openapi.json`, 'GET')).json as Description;
  judge = judgeBy(description);
});
afterAll(() => live[Symbol.asyncDispose]());

const base = '/api/v1';
const pathOf = ({ path }: Route) => base + path.replaceAll(/:(\w+)/g, '{$1}');
/** The operator's own programs are not described to everybody. */
const describedRoutes = () => live.server.routes.filter(({ access }) => !('internal' in access));
const nameOf = (route: Route) => `${route.method} ${pathOf(route)}`;

interface Place {
  operation: string;
  what: string;
  path: string[];
  type: string;
  schema: Record<string, unknown> | undefined;
  example: unknown;
}

/** Every body that is asked for or answered. */
function bodies(): Place[] {
  return Object.entries(description.paths).flatMap(([path, item]) =>
    Object.entries(item).flatMap(([method, { requestBody, responses }]) => {
      const contents = [
        ['requestBody', requestBody?.content, ['requestBody']] as const,
        ...Object.entries(responses).map(([status, { content }]) => [status, content, ['responses', status]] as const),
      ];
      return contents.flatMap(([what, content, at]) =>
        Object.entries(content ?? {}).map(([type, { schema, example }]): Place => {
          const place = ['paths', path, method, ...at, 'content', type, 'schema'];
          return { operation: `${method} ${path}`, what, path: place, type, schema, example };
        }),
      );
    }),
  );
}

describe('the description', () => {
  test('has every route that the server has for callers, and no other', () => {
    const described = Object.entries(description.paths).flatMap(([path, item]) =>
      Object.keys(item).map((method) => `${method} ${path}`),
    );
    const served = [...describedRoutes().map(nameOf), `get ${base}/openapi.json`];
    expect(described.toSorted()).toEqual(served.toSorted());
  });

  test('has for every body an example that fits its schema', () => {
    const wrong = bodies().flatMap(({ operation, what, path, example, schema }) => {
      if (!schema) return [`${operation} ${what} has no schema`];
      if (example === undefined) return [`${operation} ${what} has no example`];
      return judge.faults(path, example).map((fault) => `${operation} ${what}: ${fault}`);
    });
    expect(wrong).toEqual([]);
    expect(bodies().length).toBeGreaterThan(300);
  });

  test('has examples of requests that the server would take', () => {
    const wrong = describedRoutes().flatMap((route) => {
      const content = description.paths[pathOf(route)]?.[route.method]?.requestBody?.content;
      if (!route.body) return [];
      // A form has its file beside the fields.
      const { file: _file, ...form } = (content?.['multipart/form-data']?.example ?? {}) as Record<string, unknown>;
      const example = route.receives ? form : content?.['application/json']?.example;
      const parsed = (route.body as z.ZodType).safeParse(example);
      return parsed.success
        ? []
        : [
            `${nameOf(route)}: ${parsed.error.issues.map(({ path, message }) => `${path.join('.')} ${message}`).join('; ')}`,
          ];
    });
    expect(wrong).toEqual([]);
  });

  test('names the scopes of every route, and says which are public', () => {
    for (const route of describedRoutes()) {
      const { security, description: words } = description.paths[pathOf(route)]?.[route.method] ?? {};
      const { access } = route;
      const wanted = 'scopes' in access ? [{ bearer: [...access.scopes] }, { apiKey: [...access.scopes] }] : [];
      expect(security).toEqual(wanted);
      expect(words).toMatch(/^(Needs `|Public\. )/);
    }
  });

  test('tells of the headers: limits everywhere, when to come back, keys where they are taken', () => {
    for (const [path, item] of Object.entries(description.paths)) {
      for (const [method, { responses, parameters = [], security }] of Object.entries(item)) {
        const where = `${method} ${path}`;
        for (const [status, { headers = {} }] of Object.entries(responses)) {
          const names = Object.keys(headers);
          expect({ where, status, names }).toEqual({
            where,
            status,
            names: expect.arrayContaining(['RateLimit', 'RateLimit-Policy', 'X-Request-Id']),
          });
          expect(names.includes('Retry-After')).toBe(status === '429' || status === '503');
          for (const { $ref } of Object.values(headers))
            expect(description.components['headers']).toHaveProperty($ref.split('/').at(-1) ?? '');
        }
        const takes = parameters.some(({ $ref }) => $ref === '#/components/parameters/IdempotencyKey');
        expect({ where, takes }).toEqual({ where, takes: method !== 'get' && security.some((one) => 'bearer' in one) });
      }
    }
  });

  test('has every error code in some answer, with its status and an example', () => {
    const told = new Map<string, Set<string>>();
    for (const { type, what, example } of bodies()) {
      if (type !== 'application/problem+json') continue;
      const { code, status } = example as { code: keyof typeof errorCatalogue; status: number };
      expect(String(status)).toBe(what);
      expect(errorCatalogue[code].status).toBe(status);
      told.set(what, (told.get(what) ?? new Set()).add(code));
    }
    const statuses = new Set(Object.values(errorCatalogue).map(({ status }) => String(status)));
    // Socket calls alone answer 402; 405 and 421 are of no route, but of a path and of a process.
    expect([...statuses].filter((status) => !told.has(status))).toEqual(['402', '405', '421']);
  });
});
