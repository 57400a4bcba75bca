/** What browsers are told: who may read, what the page may load, what may be kept. */
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { Readable } from 'node:stream';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { z } from 'zod';
import { route } from '../../src/platform/http/route.ts';
import { type ServedApp, serveApp } from '../support/serve-app.ts';

const portal = 'https://portal.example.org';
const routes = [
  route({
    method: 'post',
    path: '/things',
    summary: 'A test',
    tag: 'test',
    access: { public: 'A test.' },
    audit: { none: 'A test.' },
    reply: z.object({ text: z.string() }),
    handler: async () => ({ text: 'word '.repeat(1_000) }),
  }),
  ...['text/event-stream', 'text/csv; charset=utf-8'].map((contentType, n) =>
    route({
      method: 'get',
      path: `/streams/${n}`,
      summary: 'A test',
      tag: 'test',
      access: { public: 'A test.' },
      audit: { none: 'A test.' },
      reply: 'stream',
      handler: async () => ({ contentType, fileName: 'x', stream: Readable.from(['data: word\n\n'.repeat(1_000)]) }),
    }),
  ),
];

let app: ServedApp;
let built: string;
beforeAll(async () => {
  built = await mkdtemp(path.join(tmpdir(), 'housecall-web-'));
  await mkdir(path.join(built, 'assets'));
  await writeFile(
    path.join(built, 'index.html'),
    '<!doctype html><title>Housecall</title><script type="module" src="/assets/main-1a2b.js"></script>',
  );
  await writeFile(path.join(built, 'assets/main-1a2b.js'), 'export {};');
  await writeFile(path.join(built, 'favicon.svg'), '<svg xmlns="http://www.w3.org/2000/svg"/>');
  app = await serveApp({
    routes,
    webDirectory: built,
    config: {
      production: true,
      http: { host: '127.0.0.1', port: 0, corsOrigins: [`${portal}/`], trustProxy: 0, rateLimits: false },
    },
  });
});
afterAll(async () => {
  await app[Symbol.asyncDispose]();
  await rm(built, { recursive: true });
});

const preflight = (origin: string) =>
  fetch(`${app.url}/api/v1/things`, {
    method: 'OPTIONS',
    headers: { origin, 'access-control-request-method': 'POST', 'access-control-request-headers': 'authorization' },
  });

const page = (where: string, headers: Record<string, string> = { accept: 'text/html' }) =>
  fetch(app.url + where, { headers });

describe('cross-origin requests', () => {
  test('a listed origin may ask and read', async () => {
    const asked = await preflight(portal);
    expect(asked.status).toBe(204);
    expect(asked.headers.get('access-control-allow-origin')).toBe(portal);
    expect(asked.headers.get('access-control-allow-headers')).toContain('Authorization');
    const answer = await app.call('POST', '/things', { headers: { origin: portal } });
    expect(answer.headers.get('access-control-allow-origin')).toBe(portal);
    expect(answer.headers.get('access-control-expose-headers')).toContain('X-Request-Id');
    expect(answer.headers.get('vary')).toContain('Origin');
  });

  test.each(['https://evil.example', 'null', `${portal}.evil.example`, 'http://portal.example.org'])(
    'the origin %s may not',
    async (origin) => {
      expect((await preflight(origin)).headers.get('access-control-allow-origin')).toBeNull();
      expect(
        (await app.call('POST', '/things', { headers: { origin } })).headers.get('access-control-allow-origin'),
      ).toBeNull();
    },
  );

  test("nobody foreign is let send cookies or our web client's header", async () => {
    const asked = await preflight(portal);
    expect(asked.headers.get('access-control-allow-credentials')).toBeNull();
    expect(asked.headers.get('access-control-allow-headers')?.toLowerCase()).not.toContain('x-housecall-client');
  });
});

describe('the pages', () => {
  test.each(['/', '/visits/1/room', '/sign-in?next=%2F'])(
    '%s is the web client, asked for anew each time',
    async (where) => {
      const answer = await page(where);
      expect(answer.status).toBe(200);
      expect(answer.headers.get('content-type')).toMatch(/^text\/html/);
      expect(answer.headers.get('cache-control')).toBe('no-cache');
      expect(await answer.text()).toContain('<title>Housecall</title>');
    },
  );

  test('hashed assets are kept for ever, other files for an hour', async () => {
    expect((await page('/assets/main-1a2b.js')).headers.get('cache-control')).toBe(
      'public, max-age=31536000, immutable',
    );
    expect((await page('/favicon.svg')).headers.get('cache-control')).toBe('public, max-age=3600');
  });

  // No sockets are served here.
  test.each([
    ['/assets/gone-9z.js', 404],
    ['/api/v1/nowhere', 404],
    ['/docs/nowhere', 404],
    ['/socket.io/nowhere', 421],
  ])('%s is no page of the web client', async (where, status) => {
    const answer = await page(where);
    expect(answer.status).toBe(status);
    expect(answer.headers.get('content-type')).toMatch(/^application\/problem\+json/);
  });

  test('an address of the client is a page only for who asks for a page', async () => {
    expect((await page('/visits', { accept: 'application/json' })).status).toBe(404);
    expect((await fetch(`${app.url}/visits`, { method: 'POST', headers: { accept: 'text/html' } })).status).toBe(404);
  });

  test('nothing above the built files is served', async () => {
    await writeFile(`${built}-secret.txt`, 'not for you');
    for (const where of [
      `/..%2f${path.basename(built)}-secret.txt`,
      `/assets/..%2f..%2f${path.basename(built)}-secret.txt`,
    ]) {
      expect(await (await page(where)).text()).not.toContain('not for you');
    }
    await rm(`${built}-secret.txt`);
  });

  test('may load from here and nowhere else, and no script that stands in the page', async () => {
    const policy = (await page('/')).headers.get('content-security-policy') ?? '';
    const directives = new Map(
      policy.split(';').map((directive) => directive.trim().split(/ (.*)/s) as [string, string]),
    );
    expect(directives.get('default-src')).toBe("'self'");
    expect(directives.get('script-src')).toBe("'self'");
    expect(directives.get('style-src')).toBe("'self'");
    expect(directives.get('object-src')).toBe("'none'");
    expect(directives.get('frame-ancestors')).toBe("'none'");
    expect(directives.get('media-src')).toBe("'self' blob:");
    expect(directives.get('connect-src')).toBe(`'self' ws://${new URL(app.url).host} wss://${new URL(app.url).host}`);
    expect(policy).not.toContain('unsafe');
    expect(policy).not.toMatch(/https?:/);
  });

  test('a made-up Host header puts nothing into the policy', async () => {
    const { hostname, port } = new URL(app.url);
    const { request } = await import('node:http');
    const policy = await new Promise<string>((resolve, reject) => {
      request({ hostname, port, headers: { host: "x; script-src 'unsafe-inline'" } }, (answer) => {
        answer.resume();
        resolve(String(answer.headers['content-security-policy']));
      })
        .on('error', reject)
        .end();
    });
    expect(policy).not.toContain('unsafe-inline');
  });

  test('carry the usual protections, and do not say what serves them', async () => {
    const { headers } = await page('/');
    expect(headers.get('x-content-type-options')).toBe('nosniff');
    expect(headers.get('x-frame-options')).toBe('DENY');
    expect(headers.get('referrer-policy')).toBe('no-referrer');
    expect(headers.get('strict-transport-security')).toMatch(/max-age=\d+/);
    expect(headers.get('cross-origin-opener-policy')).toBe('same-origin');
    expect(headers.get('cross-origin-resource-policy')).toBe('same-origin');
    const permissions = headers.get('permissions-policy');
    for (const one of ['camera=(self)', 'microphone=(self)', 'geolocation=()']) expect(permissions).toContain(one);
    expect(headers.get('x-powered-by')).toBeNull();
  });

  test('without a built client a page says what to do', async () => {
    await using bare = await serveApp({ routes, webDirectory: path.join(built, 'not-there') });
    const answer = await fetch(`${bare.url}/`, { headers: { accept: 'text/html' } });
    expect(answer.status).toBe(503);
    expect(await answer.text()).toContain('npm run build');
    expect(answer.headers.get('strict-transport-security')).toBeNull();
  });
});

const encoding = async (method: string, where: string) =>
  (await app.call(method, where, { headers: { 'accept-encoding': 'gzip' } })).headers.get('content-encoding');

test('long answers are compressed, event streams never', async () => {
  expect(await encoding('POST', '/things')).toBe('gzip');
  expect(await encoding('GET', '/streams/1')).toBe('gzip');
  expect(await encoding('GET', '/streams/0')).toBeNull();
});
