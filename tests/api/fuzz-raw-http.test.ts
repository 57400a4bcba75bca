/** Bytes that are hardly HTTP: smuggled, cut, swollen, in other protocols. Each is refused or answered, and nobody else notices. */
import { connect } from 'node:net';
import { afterAll, afterEach, beforeAll, expect, it } from '@jest/globals';
import * as fc from 'fast-check';
import { canary, repeats } from '../support/fuzz/canary.ts';
import { fuzzSeed } from '../support/fuzz/seed.ts';
import { startTarget, type Target } from '../support/fuzz/target.ts';

const seed = fuzzSeed();
let target: Target;
beforeAll(async () => {
  target = await startTarget({ MEDIA_ENGINE: 'p2p' });
}, 90_000);
afterEach(async () => {
  expect({ seed, faults: await target.faults() }).toEqual({ seed, faults: [] });
});
afterAll(async () => {
  await target[Symbol.asyncDispose]();
});

/**
 * Sends and reads until the server closes, or has answered `answers` times. `isAll` says that nothing more will come.
 */
function exchange(
  bytes: string | Buffer,
  { answers = 1, isAll = false }: { answers?: number; isAll?: boolean } = {},
): Promise<{ said: string; isClosed: boolean }> {
  const { hostname, port } = new URL(target.url);
  return new Promise((resolve) => {
    const socket = connect(Number(port), hostname);
    let said = '';
    const end = (isClosed: boolean) => {
      socket.destroy();
      resolve({ said, isClosed });
    };
    socket.on('data', (chunk: Buffer) => {
      said += chunk.toString('latin1');
      if (statuses(said).length >= answers && said.includes('\r\n\r\n')) end(false);
    });
    socket.on('close', () => end(true));
    // A reset is a way of closing.
    socket.on('error', () => end(true));
    if (isAll) socket.end(bytes);
    else socket.write(bytes);
  });
}

function statuses(said: string): number[] {
  return [...said.matchAll(/HTTP\/1\.1 (\d{3}) /g)].map(([, status]) => Number(status));
}

const host = 'Host: clinic.example\r\n';
const login = 'POST /api/v1/auth/login HTTP/1.1\r\n';
const isJson = 'Content-Type: application/json\r\n';
const healthz = `GET /healthz HTTP/1.1\r\n${host}`;

it.each<[string, string | Buffer, number[]]>([
  [
    'a length and chunks at once',
    `${login}${host}Content-Length: 6\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\nG`,
    [400],
  ],
  ['two lengths', `${login}${host}Content-Length: 6\r\nContent-Length: 7\r\n\r\n{}`, [400]],
  ['a length that is no number', `${login}${host}Content-Length: 0x10\r\n\r\n{}`, [400]],
  ['a negative length', `${login}${host}Content-Length: -1\r\n\r\n{}`, [400]],
  [
    'a chunk of nearly endless size',
    `${login}${host}${isJson}Transfer-Encoding: chunked\r\n\r\nFFFFFFFFFFFFFFFFF\r\n{}`,
    [400],
  ],
  ['a chunk of no size', `${login}${host}${isJson}Transfer-Encoding: chunked\r\n\r\nzz\r\n{}`, [400]],
  ['chunks by another name', `${login}${host}${isJson}Transfer-Encoding: xchunked\r\n\r\n0\r\n\r\n`, [400]],
  ['the character NUL in a header', `${healthz}X-A: a\0b\r\n\r\n`, [400]],
  ['the character NUL in the address', `GET /health\0z HTTP/1.1\r\n${host}\r\n`, [400]],
  ['bytes above 127 in the address', Buffer.from(`GET /\xe9\xff HTTP/1.1\r\n${host}\r\n`, 'latin1'), [400]],
  ['a header on two lines', `${healthz}X-Request-Id: abcdefgh\r\n X-Injected: 1\r\n\r\n`, [400]],
  ['a bare line feed in a header', `${healthz}X-Request-Id: abcdefgh\nX-Injected: 1\r\n\r\n`, [200, 400]],
  ['no host', 'GET /healthz HTTP/1.1\r\n\r\n', [400]],
  ['two hosts', `${healthz}Host: evil.example\r\n\r\n`, [200, 400]],
  ['the asterisk', `OPTIONS * HTTP/1.1\r\n${host}\r\n`, [404, 405]],
  ['an absolute address', `GET http://evil.example/api/v1/auth/me HTTP/1.1\r\n${host}\r\n`, [401]],
  ['another protocol on offer', `${healthz}Connection: Upgrade\r\nUpgrade: h2c\r\n\r\n`, [200]],
  ['an expectation that nobody has', `${login}${host}${isJson}Expect: ${canary}\r\nContent-Length: 2\r\n\r\n{}`, [417]],
  [
    'a body where none belongs',
    `GET /api/v1/openapi.json HTTP/1.1\r\n${host}Content-Length: 5\r\n\r\n${canary.slice(0, 5)}`,
    [200],
  ],
  [
    'headers after the body',
    `${login}${host}${isJson}Transfer-Encoding: chunked\r\n\r\n2\r\n{}\r\n0\r\nAuthorization: x\r\n\r\n`,
    [422],
  ],
  ['a head of 100 kB', `${healthz}X-A: ${canary.repeat(20_000)}\r\n\r\n`, [431]],
  ['three thousand headers', `${healthz}${'a: b\r\n'.repeat(3_000)}\r\n`, [431]],
  ['HTTP/2 without asking', 'PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n', [400]],
  ['TLS', Buffer.from([0x16, 3, 1, 2, 0, 1, 0, 1, 0xfc, 3, 3, 1, 2, 3, 4, 5, 6, 7, 8, 9]), [400]],
  ['a request line without an end', Buffer.from(`GET /${'a'.repeat(100_000)}`), [431, 400]],
])('%s', async (_what, bytes, expected) => {
  const { said } = await exchange(bytes);
  expect(expected).toContain(statuses(said)[0]);
  const [head = ''] = said.split('\r\n\r\n');
  expect(head).not.toMatch(/^x-injected:/im);
  expect(repeats(said)).toBe(false);
});

it('a tunnel is not given', async () => {
  const { said, isClosed } = await exchange(`CONNECT evil.example:443 HTTP/1.1\r\n${host}\r\n`);
  expect({ said, isClosed }).toEqual({ said: '', isClosed: true });
});

it('three hundred requests in one breath get three hundred answers', async () => {
  const { said } = await exchange(`${healthz}\r\n`.repeat(300), { answers: 300 });
  expect(statuses(said)).toEqual(Array.from({ length: 300 }, () => 200));
});

it('a request with any byte changed gets no 5xx', async () => {
  const right = Buffer.from(
    `${login}${host}${isJson}Connection: close\r\nContent-Length: 24\r\n\r\n{"email":"a","password":`,
  );
  const change = fc.record({ at: fc.nat(right.length - 1), to: fc.nat(255) });
  const runs = fc.sample(fc.array(change, { minLength: 1, maxLength: 3 }), { seed, numRuns: 300 });
  for (const changes of runs) {
    const bytes = Buffer.from(right);
    for (const { at, to } of changes) bytes[at] = to;
    const { said } = await exchange(bytes, { isAll: true });
    expect({ seed, changes, bad: statuses(said).filter((status) => status >= 500) }).toEqual({
      seed,
      changes,
      bad: [],
    });
  }
}, 180_000);
