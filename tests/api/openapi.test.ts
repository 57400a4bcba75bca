import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { z } from 'zod';
import { route } from '../../src/platform/http/route.ts';
import { type ServedApp, serveApp } from '../support/serve-app.ts';

const Thing = z.object({ id: z.uuid(), name: z.string() }).meta({ id: 'TestThing' });
const routes = [
  route({
    method: 'get',
    path: '/things/:id',
    summary: 'One thing',
    tag: 'things',
    access: { scopes: ['things:read', 'things:see'] },
    audit: { none: 'A test.' },
    params: z.object({ id: z.uuid() }),
    query: z.strictObject({ full: z.stringbool().optional() }),
    reply: Thing,
    errors: ['MEETING_NOT_FOUND'],
    handler: async () => ({ id: '', name: '' }),
  }),
  route({
    method: 'post',
    path: '/things',
    summary: 'Add a thing',
    tag: 'things',
    access: { public: 'Everybody may.' },
    audit: { none: 'A test.' },
    body: z.strictObject({ name: z.string() }).optional(),
    status: 201,
    reply: z.object({ thing: Thing }),
    handler: async () => ({ thing: { id: '', name: '' } }),
  }),
  route({
    method: 'delete',
    path: '/things',
    summary: 'Remove all',
    tag: 'things',
    access: { scopes: ['things:write'] },
    audit: { none: 'A test.' },
    reply: undefined,
    handler: async () => {},
  }),
];

interface Operation {
  operationId: string;
  security: unknown[];
  parameters?: { name: string; in: string; required?: boolean }[];
  requestBody?: { required: boolean; content: Record<string, unknown> };
  responses: Record<string, { content?: Record<string, unknown> }>;
}
type Document = {
  openapi: string;
  paths: Record<string, Record<string, Operation>>;
  components: Record<string, Record<string, unknown>>;
};

let app: ServedApp;
let document: Document;
beforeAll(async () => {
  app = await serveApp({ routes });
  document = (await app.call('GET', '/openapi.json')).json as Document;
});
afterAll(async () => app[Symbol.asyncDispose]());

const operation = (method: string, path: string) => {
  const found = document.paths[`/api/v1${path}`]?.[method];
  if (!found) throw new Error(`The description lacks ${method} ${path}.`);
  return found;
};

describe('the description', () => {
  test('is OpenAPI 3.1 and has every route, itself included', () => {
    expect(document.openapi).toMatch(/^3\.1\./);
    const described = Object.entries(document.paths).flatMap(([path, item]) =>
      Object.keys(item).map((method) => `${method} ${path}`),
    );
    expect(described.toSorted()).toEqual([
      'delete /api/v1/things',
      'get /api/v1/openapi.json',
      'get /api/v1/things/{id}',
      'post /api/v1/things',
    ]);
  });

  test('says which operations are public and which need a token', () => {
    expect(operation('post', '/things').security).toEqual([]);
    expect(operation('get', '/openapi.json').security).toEqual([]);
    expect(operation('get', '/things/{id}').security).toEqual([
      { bearer: ['things:read', 'things:see'] },
      { apiKey: ['things:read', 'things:see'] },
    ]);
    expect(document.components['securitySchemes']).toHaveProperty('bearer');
  });

  test('has parameters, bodies and replies from the schemas', () => {
    const get = operation('get', '/things/{id}');
    expect(
      get.parameters?.map(({ name, in: place, required }) => ({ name, place, required: required ?? false })),
    ).toEqual([
      { name: 'id', place: 'path', required: true },
      { name: 'full', place: 'query', required: false },
    ]);
    expect(get.responses['200']?.content).toMatchObject({
      'application/json': { schema: { $ref: '#/components/schemas/TestThing' } },
    });
    expect(operation('post', '/things').requestBody?.required).toBe(false);
    expect(operation('post', '/things').responses).toHaveProperty('201');
    expect(operation('delete', '/things').responses['204']?.content).toBeUndefined();
  });

  test('names for each operation the refusals that it can answer, as problem details', () => {
    const statuses = (method: string, path: string) => Object.keys(operation(method, path).responses).join(' ');
    expect(statuses('get', '/things/{id}')).toBe('200 400 401 403 404 422 429 500 503');
    expect(statuses('post', '/things')).toBe('201 400 413 415 422 429 500 503');
    expect(statuses('delete', '/things')).toBe('204 401 403 409 422 429 500 503');
    expect(operation('delete', '/things').responses['403']?.content).toMatchObject({
      'application/problem+json': { schema: { $ref: '#/components/schemas/Problem' }, example: { code: 'FORBIDDEN' } },
    });
  });

  test('has an id of its own for every operation, and no reference that leads nowhere', () => {
    const ids = Object.values(document.paths).flatMap((item) => Object.values(item).map((one) => one.operationId));
    expect(new Set(ids).size).toBe(ids.length);
    const text = JSON.stringify(document);
    for (const [, name] of text.matchAll(/"#\/components\/schemas\/(\w+)"/g))
      expect(document.components['schemas']).toHaveProperty(name ?? '');
  });
});

describe('the page to browse it', () => {
  test('loads everything from here', async () => {
    const page = await fetch(`${app.url}/docs/`);
    expect(page.status).toBe(200);
    const html = await page.text();
    const sources = [...html.matchAll(/(?:src|href)="([^"]+)"/g)].map(([, source]) => source ?? '');
    expect(sources.length).toBeGreaterThan(3);
    for (const source of sources) {
      const answer = await fetch(new URL(source, `${app.url}/docs/`));
      expect(new URL(answer.url).origin).toBe(app.url);
      expect(answer.status).toBe(200);
      await answer.arrayBuffer();
    }
    expect(html).not.toMatch(/<script(?![^>]*\bsrc=)[^>]*>/);
    expect(page.headers.get('content-security-policy')).toContain("script-src 'self'");
    const initializer = await (await fetch(`${app.url}/docs/swagger-initializer.js`)).text();
    expect(initializer).toContain('url: "/api/v1/openapi.json"');
    expect(initializer).toContain('validatorUrl: null');
  });

  test('without the slash leads there', async () => {
    const answer = await fetch(`${app.url}/docs`);
    expect(new URL(answer.url).pathname).toBe('/docs/');
    expect(await answer.text()).toContain('swagger-ui');
  });
});
