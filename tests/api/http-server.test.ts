import { once } from 'node:events';
import { Agent, createServer, get, type Server } from 'node:http';
import { connect } from 'node:net';
import { expect, test } from '@jest/globals';
import { closeServer, createHttpServer, listen } from '../../src/platform/http/server.ts';

const here = { host: '127.0.0.1', port: 0 };

function answerOf(url: string, agent: Agent): Promise<string> {
  return new Promise((resolve, reject) => {
    get(url, { agent }, (answer) => {
      let text = '';
      answer.on('data', (chunk: Buffer) => (text += chunk.toString()));
      answer.on('end', () => resolve(text));
    }).on('error', reject);
  });
}

/** A server whose answers wait for `release`. */
async function slowServer() {
  const release = Promise.withResolvers<void>();
  const asked = Promise.withResolvers<void>();
  const server: Server = createHttpServer((_req, res) => {
    asked.resolve();
    void release.promise.then(() => res.end('done'));
  });
  return { server, url: await listen(server, here), release: () => release.resolve(), asked: asked.promise };
}

test('closing lets a running request finish, takes no new one, and waits for neither idle nor kept connections', async () => {
  const { server, url, release, asked } = await slowServer();
  const agent = new Agent({ keepAlive: true });
  const idle = connect(Number(new URL(url).port), '127.0.0.1');
  await once(idle, 'connect');
  const running = answerOf(url, agent);
  await asked;
  const started = Date.now();
  const closed = closeServer(server, 60_000);
  await expect(answerOf(url, new Agent())).rejects.toThrow('ECONNREFUSED');
  release();
  expect(await running).toBe('done');
  await closed;
  expect(Date.now() - started).toBeLessThan(50_000);
  agent.destroy();
  idle.destroy();
});

test('what does not finish in time is cut', async () => {
  const { server, url, asked } = await slowServer();
  const running = answerOf(url, new Agent());
  await asked;
  await Promise.all([closeServer(server, 50), expect(running).rejects.toThrow('socket hang up')]);
});

test('closing twice, or what never listened, is no error', async () => {
  const { server } = await slowServer();
  await closeServer(server, 50);
  await closeServer(server, 50);
  await expect(
    closeServer(
      createHttpServer(() => {}),
      50,
    ),
  ).resolves.toBeUndefined();
});

test('a port that is taken is an error with its address', async () => {
  const taken = createServer();
  const url = await listen(taken, here);
  const port = Number(new URL(url).port);
  await expect(
    listen(
      createHttpServer(() => {}),
      { ...here, port },
    ),
  ).rejects.toThrow(`EADDRINUSE: address already in use 127.0.0.1:${port}`);
  await closeServer(taken, 0);
});

test('slow senders are given up', () => {
  const server = createHttpServer(() => {});
  expect(server.headersTimeout).toBe(15_000);
  expect(server.requestTimeout).toBe(60_000);
});
