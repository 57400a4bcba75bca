import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { z } from 'zod';
import { createTokens } from '../../src/identity/auth/tokens.ts';
import { scopesOf } from '../../src/identity/index.ts';
import { AppError } from '../../src/platform/errors.ts';
import { type Route, route } from '../../src/platform/http/route.ts';
import { type ServedApp, serveApp } from '../support/serve-app.ts';
import { testJwt, testTokens } from '../support/tenant.ts';

const secretWord = 'Kowalczyk';
const everyone = { public: 'A test.' } as const;

const routes: Route[] = [
  route({
    method: 'post',
    path: '/things',
    summary: 'Add a thing',
    tag: 'things',
    access: everyone,
    audit: { none: 'A test.' },
    body: z.strictObject({
      name: z.string().max(20),
      size: z.int().min(1),
      kind: z.enum(['round', 'square']),
      tags: z.array(z.string()).optional(),
      words: z.record(z.string().regex(/^[a-z]{2}$/, 'Must be a language'), z.string().max(20)).optional(),
      rest: z.looseObject({ notes: z.record(z.string(), z.unknown()).optional() }).optional(),
    }),
    status: 201,
    reply: z.object({ name: z.string() }),
    handler: async (_context, { body }) => ({ ...body, secret: secretWord }),
  }),
  route({
    method: 'get',
    path: '/things',
    summary: 'List things',
    tag: 'things',
    access: everyone,
    audit: { none: 'A test.' },
    query: z.strictObject({ limit: z.coerce.number().int().max(5).default(2) }),
    reply: z.object({ limit: z.number() }),
    handler: async (_context, { query }) => query,
  }),
  route({
    method: 'get',
    path: '/things/:id',
    summary: 'One thing',
    tag: 'things',
    access: everyone,
    audit: { none: 'A test.' },
    params: z.object({ id: z.uuid() }),
    reply: z.object({ id: z.string() }),
    errors: ['MEETING_NOT_FOUND'],
    handler: async (_context, { params }) => {
      if (params.id === '00000000-0000-7000-8000-000000000000') throw new AppError('MEETING_NOT_FOUND');
      return params;
    },
  }),
  route({
    method: 'get',
    path: '/others/:id',
    summary: 'Another',
    tag: 'things',
    access: everyone,
    audit: { none: 'A test.' },
    params: z.object({ id: z.uuid() }),
    reply: z.object({ id: z.string() }),
    handler: async (_context, { params }) => params,
  }),
  route({
    method: 'post',
    path: '/guarded',
    summary: 'Only with the scope',
    tag: 'things',
    access: { scopes: ['tenant:write'] },
    audit: { none: 'A test.' },
    body: z.strictObject({ name: z.string() }),
    reply: z.object({ tenantId: z.string(), userId: z.string() }),
    handler: async ({ actor, db }) => ({ tenantId: db.tenantId, userId: actor.userId }),
  }),
  route({
    method: 'get',
    path: '/misfit',
    summary: 'Answers what it must not',
    tag: 'things',
    access: everyone,
    audit: { none: 'A test.' },
    reply: z.object({ count: z.number() }),
    handler: async () => ({ count: secretWord }) as unknown as { count: number },
  }),
  route({
    method: 'delete',
    path: '/broken',
    summary: 'Fails',
    tag: 'things',
    access: everyone,
    audit: { none: 'A test.' },
    reply: undefined,
    handler: async () => {
      throw new TypeError(`cannot read ${secretWord}`);
    },
  }),
  route({
    method: 'put',
    path: '/nothing',
    summary: 'Answers nothing',
    tag: 'things',
    access: everyone,
    audit: { none: 'A test.' },
    reply: undefined,
    handler: async () => {},
  }),
];

let app: ServedApp;
beforeAll(async () => {
  app = await serveApp({ routes });
});
afterAll(async () => app[Symbol.asyncDispose]());

const thing = { name: 'ball', size: 3, kind: 'round' };

describe('request ids', () => {
  test('a sane request id is taken and answered', async () => {
    const { headers } = await app.call('GET', '/things', { headers: { 'x-request-id': 'caller-0001' } });
    expect(headers.get('x-request-id')).toBe('caller-0001');
  });

  test.each(['short', 'has space 123', 'x'.repeat(129), 'ü'.repeat(8), '<script>alert'])(
    'another one is made instead of %j',
    async (id) => {
      const { headers } = await app.call('GET', '/things', {
        headers: { 'x-request-id': Buffer.from(id, 'utf8').toString('latin1') },
      });
      expect(headers.get('x-request-id')).toMatch(/^[0-9a-f-]{36}$/);
    },
  );

  test('a problem carries the id of its request', async () => {
    const { json } = await app.call('GET', '/nowhere', { headers: { 'x-request-id': 'caller-0002' } });
    expect(json).toMatchObject({ requestId: 'caller-0002' });
  });
});

describe('problem details', () => {
  test('have exactly the members of the contract, as application/problem+json', async () => {
    const { status, headers, json } = await app.call('GET', '/things/00000000-0000-7000-8000-000000000000');
    expect(status).toBe(404);
    expect(headers.get('content-type')).toMatch(/^application\/problem\+json/);
    expect(headers.get('cache-control')).toBe('no-store');
    expect(json).toEqual({
      type: '/problems/meeting-not-found',
      title: 'There is no such meeting',
      status: 404,
      code: 'MEETING_NOT_FOUND',
      detail: 'There is no such meeting',
      requestId: headers.get('x-request-id'),
    });
  });

  test('the type leads to a page that explains it', async () => {
    const page = await fetch(`${app.url}/problems/meeting-not-found`);
    expect(page.status).toBe(200);
    expect(await page.text()).toContain('MEETING_NOT_FOUND');
    expect((await fetch(`${app.url}/problems/no-such-thing`)).status).toBe(404);
  });

  test('an unknown path is a 404 problem', async () => {
    const { status, json } = await app.call('GET', '/nowhere');
    expect(status).toBe(404);
    expect(json).toMatchObject({ code: 'NOT_FOUND' });
  });

  test('a method that the path does not take is a 405 with Allow', async () => {
    const { status, headers, json } = await app.call('DELETE', '/things');
    expect(status).toBe(405);
    expect(headers.get('allow')).toBe('POST, GET, HEAD, OPTIONS');
    expect(json).toMatchObject({ code: 'METHOD_NOT_ALLOWED' });
  });

  test('OPTIONS tells the methods', async () => {
    const { status, headers } = await app.call('OPTIONS', '/things');
    expect(status).toBe(204);
    expect(headers.get('allow')).toBe('POST, GET, HEAD, OPTIONS');
  });

  test('an address that cannot be decoded is a 400', async () => {
    const { status, json } = await app.call('GET', '/things/%E0%A4%A');
    expect(status).toBe(400);
    expect(json).toMatchObject({ code: 'MALFORMED' });
  });

  test('an error that nobody foresaw is a 500 that says nothing, and neither does its log line', async () => {
    const { status, text, json } = await app.call('DELETE', '/broken', { headers: { 'x-request-id': 'broken-0001' } });
    expect(status).toBe(500);
    expect(json).toMatchObject({ code: 'INTERNAL', detail: 'Something went wrong on our side' });
    expect(text).not.toContain(secretWord);
    const line = app.log.find((entry) => entry['requestId'] === 'broken-0001');
    expect(line).toMatchObject({ level: 50, code: 'INTERNAL', err: { cause: { type: 'TypeError' } } });
    expect(app.logText()).not.toContain(secretWord);
  });
});

describe('input', () => {
  test('what the schema takes reaches the handler', async () => {
    expect((await app.call('POST', '/things', { body: thing })).status).toBe(201);
    expect((await app.call('GET', '/things?limit=4')).json).toEqual({ limit: 4 });
    expect((await app.call('GET', '/things')).json).toEqual({ limit: 2 });
  });

  test('every fault is named by its path, and nothing that was sent is told back', async () => {
    const body = { name: `${secretWord}${'x'.repeat(20)}`, size: -717171, kind: secretWord, tags: ['ok', 717171] };
    const { status, json, text } = await app.call('POST', '/things', { body });
    expect(status).toBe(422);
    expect(json).toMatchObject({
      code: 'INVALID_INPUT',
      errors: [{ path: 'name' }, { path: 'size' }, { path: 'kind' }, { path: 'tags.1' }],
    });
    expect(text).not.toContain(secretWord);
    expect(text).not.toContain('717171');
  });

  test('a field that is not declared is refused without its name', async () => {
    const { status, json, text } = await app.call('POST', '/things', { body: { ...thing, [secretWord]: 1 } });
    expect(status).toBe(422);
    expect(json).toMatchObject({
      errors: [{ path: '', message: 'Takes only these fields: name, size, kind, tags, words, rest' }],
    });
    expect(text).not.toContain(secretWord);
  });

  test('a key that the sender made up is no name: it is not told back', async () => {
    const words = { en: 'x'.repeat(21), [secretWord]: 'x' };
    const rest = { [secretWord]: '\0', notes: { [secretWord]: { [secretWord]: '\0' } } };
    const keys = await app.call('POST', '/things', { body: { ...thing, words } });
    expect(keys.json).toMatchObject({
      errors: [{ path: 'words.en' }, { path: 'words.*', message: 'Must be a language' }],
    });
    const { json, text } = await app.call('POST', '/things', { body: { ...thing, rest } });
    const paths = (json as { errors: { path: string }[] }).errors.map(({ path }) => path);
    expect(paths.toSorted()).toEqual(['rest.*', 'rest.notes.*.*']);
    for (const said of [keys.text, text]) expect(said).not.toContain(secretWord);
  });

  test('a query that is not declared or does not fit is refused, with its place', async () => {
    const unknown = await app.call('GET', `/things?${secretWord}=1`);
    expect(unknown.status).toBe(422);
    expect(unknown.json).toMatchObject({ errors: [{ path: 'query' }] });
    expect(unknown.text).not.toContain(secretWord);
    expect((await app.call('GET', '/things?limit=9')).json).toMatchObject({ errors: [{ path: 'query.limit' }] });
    expect((await app.call('GET', '/things?limit=1&limit=2')).status).toBe(422);
  });

  test.each(['{"name":', '', 'nul', '{"a":1}{', '\u0001'])(
    'a body that is no JSON (%j) is a 400, or a 422 when there is none',
    async (raw) => {
      const answer = await fetch(`${app.url}/api/v1/things`, {
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        body: raw,
      });
      expect(answer.status).toBe(raw === '' ? 422 : 400);
      expect(await answer.json()).toMatchObject({ code: raw === '' ? 'INVALID_INPUT' : 'MALFORMED' });
    },
  );

  test.each(['text/plain', 'application/x-www-form-urlencoded', 'multipart/form-data; boundary=x'])(
    'a body as %s is a 415',
    async (type) => {
      const answer = await fetch(`${app.url}/api/v1/things`, {
        method: 'POST',
        headers: { 'content-type': type },
        body: JSON.stringify(thing),
      });
      expect(answer.status).toBe(415);
      expect(await answer.json()).toMatchObject({ code: 'UNSUPPORTED_MEDIA_TYPE' });
    },
  );

  test('a body of an unknown charset or encoding is a 415', async () => {
    const headers = { 'content-type': 'application/json; charset=klingon' };
    expect((await app.call('POST', '/things', { body: thing, headers })).status).toBe(415);
    expect(
      (await app.call('POST', '/things', { body: thing, headers: { 'content-encoding': 'klingon' } })).status,
    ).toBe(415);
  });

  test('more than a megabyte is a 413', async () => {
    const { status, json } = await app.call('POST', '/things', { body: { ...thing, tags: ['x'.repeat(1_000_001)] } });
    expect(status).toBe(413);
    expect(json).toMatchObject({ code: 'PAYLOAD_TOO_LARGE' });
  });

  test('a text with the character NUL is refused before it meets the database', async () => {
    const { status, json } = await app.call('POST', '/things', { body: { ...thing, tags: ['a', 'b\0c'] } });
    expect(status).toBe(422);
    expect(json).toMatchObject({ errors: [{ path: 'tags.1' }] });
  });

  test('half a megabyte of opening brackets is refused, not fallen over', async () => {
    const depth = 250_000;
    const answer = await fetch(`${app.url}/api/v1/things`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: '['.repeat(depth) + ']'.repeat(depth),
    });
    expect([400, 422]).toContain(answer.status);
  });

  test('__proto__ in a body is an unknown field like any other', async () => {
    const answer = await fetch(`${app.url}/api/v1/things`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: '{"name":"ball","size":3,"kind":"round","__proto__":{"admin":true}}',
    });
    expect(answer.status).toBe(422);
    expect(({} as Record<string, unknown>)['admin']).toBeUndefined();
  });

  test('an id that cannot be one is answered like one that does not exist', async () => {
    const malformed = await app.call('GET', `/things/${secretWord}`);
    const unknown = await app.call('GET', '/things/00000000-0000-7000-8000-000000000000');
    expect(malformed.status).toBe(404);
    expect({ ...(malformed.json as object), requestId: '' }).toEqual({ ...(unknown.json as object), requestId: '' });
    expect((await app.call('GET', '/others/1')).json).toMatchObject({ code: 'NOT_FOUND' });
  });
});

describe('identity', () => {
  const subject = {
    userId: crypto.randomUUID(),
    tenantId: crypto.randomUUID(),
    sessionId: crypto.randomUUID(),
    patientId: null,
    practitionerId: null,
  };
  const issue = async (role: 'admin' | 'patient', tokens = testTokens) =>
    (await tokens.issueAccess({ ...subject, roles: [role], scopes: scopesOf([role]) })).token;

  test('without a token: 401, asking for one', async () => {
    const { status, headers, json } = await app.call('POST', '/guarded', { body: { name: 'x' } });
    expect(status).toBe(401);
    expect(json).toMatchObject({ code: 'UNAUTHENTICATED' });
    expect(headers.get('www-authenticate')).toMatch(/^Bearer /);
  });

  test.each(['Basic YTpi', 'Bearer', 'Bearer a b', 'Bearer not-a-token', 'bearer ü', 'Bearer a.b.c'])(
    'with the Authorization header %j: 401',
    async (authorization) => {
      const headers = { authorization: Buffer.from(authorization, 'utf8').toString('latin1') };
      expect((await app.call('POST', '/guarded', { body: { name: 'x' }, headers })).status).toBe(401);
    },
  );

  test('a token over its time, of another issuer, for another audience or signed by another is refused', async () => {
    const others = [
      createTokens({ ...testJwt, clock: { now: () => new Date(Date.now() - 31 * 60_000) } }),
      createTokens({ ...testJwt, clock: { now: () => new Date(Date.now() + 60_000) } }),
      createTokens({ ...testJwt, issuer: 'somebody-else' }),
      createTokens({ ...testJwt, audience: 'somebody-else' }),
      createTokens({ ...testJwt, secret: 'another secret that is long enough as well' }),
    ];
    for (const tokens of others) {
      const { status } = await app.call('POST', '/guarded', {
        token: await issue('admin', tokens),
        body: { name: 'x' },
      });
      expect(status).toBe(401);
    }
  });

  test('without the scope: 403 before the body is looked at', async () => {
    const { status, json } = await app.call('POST', '/guarded', {
      token: await issue('patient'),
      body: { wrong: true },
    });
    expect(status).toBe(403);
    expect(json).toMatchObject({ code: 'FORBIDDEN' });
  });

  test("with it, the handler gets the actor and the data of the actor's tenant", async () => {
    const { status, json } = await app.call('POST', '/guarded', { token: await issue('admin'), body: { name: 'x' } });
    expect(status).toBe(200);
    expect(json).toEqual({ tenantId: subject.tenantId, userId: subject.userId });
  });
});

describe('replies', () => {
  test('what the reply schema does not declare does not leave', async () => {
    const { json, text } = await app.call('POST', '/things', { body: thing });
    expect(json).toEqual({ name: 'ball' });
    expect(text).not.toContain(secretWord);
  });

  test('a reply that does not fit is our fault, logged by field and never by value', async () => {
    const { status, text } = await app.call('GET', '/misfit', { headers: { 'x-request-id': 'misfit-0001' } });
    expect(status).toBe(500);
    expect(text).not.toContain(secretWord);
    const line = app.log.find((entry) => entry['requestId'] === 'misfit-0001' && 'issues' in entry);
    expect(line).toMatchObject({ issues: [{ path: 'count', code: 'invalid_type' }] });
    expect(app.logText()).not.toContain(secretWord);
  });

  test('nothing to say is a 204', async () => {
    const { status, text } = await app.call('PUT', '/nothing');
    expect({ status, text }).toEqual({ status: 204, text: '' });
  });

  test('no answer of the API may be stored', async () => {
    expect((await app.call('GET', '/things')).headers.get('cache-control')).toBe('no-store');
  });
});

describe('the request log', () => {
  test('has one line a request, by pattern, without address, query, headers or body', async () => {
    const token = (
      await testTokens.issueAccess({
        userId: crypto.randomUUID(),
        tenantId: crypto.randomUUID(),
        sessionId: crypto.randomUUID(),
        roles: ['admin'],
        scopes: scopesOf(['admin']),
        patientId: null,
        practitionerId: null,
      })
    ).token;
    const id = crypto.randomUUID();
    await app.call('GET', `/others/${id}?name=${secretWord}`, {
      token,
      headers: { 'x-request-id': 'logged-0001', cookie: `a=${secretWord}`, referer: `http://x/${secretWord}` },
    });
    const lines = app.log.filter((entry) => entry['requestId'] === 'logged-0001');
    expect(lines).toHaveLength(1);
    expect(lines[0]).toMatchObject({
      level: 30,
      method: 'GET',
      route: '/others/:id',
      status: 200,
      ms: expect.any(Number),
      msg: 'request',
    });
    expect(app.logText()).not.toContain(secretWord);
    expect(app.logText()).not.toContain(id);
    expect(app.logText()).not.toContain(token);
  });

  test('names tenant and user, and the code of a refusal', async () => {
    const subject = {
      userId: crypto.randomUUID(),
      tenantId: crypto.randomUUID(),
      sessionId: crypto.randomUUID(),
      roles: ['patient'] as const,
      scopes: scopesOf(['patient']),
      patientId: null,
      practitionerId: null,
    };
    const { token } = await testTokens.issueAccess(subject);
    await app.call('POST', '/guarded', { token, body: {}, headers: { 'x-request-id': 'logged-0002' } });
    const line = app.log.find((entry) => entry['requestId'] === 'logged-0002');
    expect(line).toMatchObject({ status: 403, code: 'FORBIDDEN', tenantId: subject.tenantId, userId: subject.userId });
  });
});
