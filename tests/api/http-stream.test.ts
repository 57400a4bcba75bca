import { once } from 'node:events';
import { connect } from 'node:net';
import { Readable } from 'node:stream';
import { expect, test } from '@jest/globals';
import { AppError } from '../../src/platform/errors.ts';
import { route } from '../../src/platform/http/route.ts';
import { serveApp } from '../support/serve-app.ts';
import { until } from '../support/until.ts';

async function serveStream(source: () => Readable) {
  const streams: Readable[] = [];
  const app = await serveApp({
    routes: [
      route({
        method: 'get',
        path: '/file.csv',
        summary: 'A file',
        tag: 'files',
        access: { public: 'A test.' },
        audit: { none: 'A test.' },
        reply: 'stream',
        handler: async () => {
          const stream = source();
          streams.push(stream);
          return { contentType: 'text/csv; charset=utf-8', fileName: 'a "file".csv', stream };
        },
      }),
    ],
  });
  return Object.assign(app, { streams });
}

const line = `${'x'.repeat(9_999)}\n`;
async function* lines(count: number, onLine: () => void = () => {}) {
  for (let n = 0; n < count; n += 1) {
    onLine();
    yield line;
  }
}

test('a stream arrives whole, as a file to keep', async () => {
  await using app = await serveStream(() => Readable.from(lines(300)));
  const { status, headers, text } = await app.call('GET', '/file.csv');
  expect(status).toBe(200);
  expect(headers.get('content-type')).toBe('text/csv; charset=utf-8');
  expect(headers.get('content-disposition')).toBe('attachment; filename="a__file_.csv"');
  expect(headers.get('cache-control')).toBe('no-store');
  expect(text).toBe(line.repeat(300));
});

test('an empty stream is an empty file', async () => {
  await using app = await serveStream(() => Readable.from([]));
  const { status, text } = await app.call('GET', '/file.csv');
  expect({ status, text }).toEqual({ status: 200, text: '' });
});

test('a source that fails at once is still a problem with a status', async () => {
  await using app = await serveStream(
    () =>
      new Readable({
        read() {
          this.destroy(new AppError('UNAVAILABLE'));
        },
      }),
  );
  const { status, headers, json } = await app.call('GET', '/file.csv');
  expect(status).toBe(503);
  expect(headers.get('content-disposition')).toBeNull();
  expect(json).toMatchObject({ code: 'UNAVAILABLE' });
});

test('a source that fails half way cuts the connection, so that nobody takes the part for the whole', async () => {
  await using app = await serveStream(() =>
    Readable.from(
      (async function* () {
        yield* lines(50);
        throw new Error('gone');
      })(),
    ),
  );
  await expect(app.call('GET', '/file.csv', { headers: { 'x-request-id': 'half-way-1' } })).rejects.toThrow(
    /terminated|fetch failed/,
  );
  const logged = await until('the failed request is logged', () =>
    app.log.find((entry) => entry['requestId'] === 'half-way-1'),
  );
  expect(logged).toMatchObject({ code: 'INTERNAL', err: { cause: { type: 'Error' } } });
});

test('a caller who goes away destroys the source, and that is no error', async () => {
  await using app = await serveStream(() => Readable.from(lines(1_000_000)));
  const leaving = new AbortController();
  const answer = await fetch(`${app.url}/api/v1/file.csv`, {
    signal: leaving.signal,
    headers: { 'x-request-id': 'leaving-1' },
  });
  await answer.body?.getReader().read();
  leaving.abort();
  const [source] = app.streams;
  await until('the source is destroyed', () => source?.destroyed);
  const logged = await until('the request is logged', () =>
    app.log.find((entry) => entry['requestId'] === 'leaving-1'),
  );
  expect(logged).toMatchObject({ level: 30, msg: 'request aborted' });
});

test('a caller who leaves before the first byte destroys the source too', async () => {
  await using app = await serveStream(() => new Readable({ read() {} }));
  const leaving = new AbortController();
  const answer = fetch(`${app.url}/api/v1/file.csv`, { signal: leaving.signal });
  const source = await until('the handler ran', () => app.streams[0]);
  leaving.abort();
  await expect(answer).rejects.toThrow('aborted');
  await until('the source is destroyed', () => source.destroyed);
});

test('a caller who does not read holds the source back', async () => {
  let made = 0;
  await using app = await serveStream(() => Readable.from(lines(100_000, () => (made += 1))));
  const { hostname, port } = new URL(app.url);
  const socket = connect(Number(port), hostname);
  await once(socket, 'connect');
  socket.pause();
  socket.write(`GET /api/v1/file.csv HTTP/1.1\r\nHost: ${hostname}\r\n\r\n`);
  // The buffers on the way are full when three looks in a row see the same count.
  const seen: number[] = [];
  await until('the source stands still', () => {
    seen.push(made);
    return made > 0 && seen.length >= 3 && seen.slice(-3).every((count) => count === made);
  });
  expect(made).toBeLessThan(10_000);
  socket.destroy();
  await until('the source is destroyed', () => app.streams[0]?.destroyed);
});
