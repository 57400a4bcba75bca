/** The server as a process of its own, for what only a process can show: crash, restart, signals. */
import { type ChildProcess, spawn } from 'node:child_process';
import { randomInt } from 'node:crypto';
import { createSocket } from 'node:dgram';
import { once } from 'node:events';
import { createServer } from 'node:net';
import path from 'node:path';

const root = path.resolve(import.meta.dirname, '../..');

/** Half of a start is compiling, and the tests start the same server often. */
export const compileCache = path.join(root, 'node_modules/.cache/compiled');

/** mediasoup's own setting for where its worker is: with it all tests run on that one. */
const { MEDIASOUP_WORKER_BIN } = process.env;
const mediaWorker: Record<string, string> = MEDIASOUP_WORKER_BIN === undefined ? {} : { MEDIASOUP_WORKER_BIN };

export interface ServerProcess extends AsyncDisposable {
  url: string;
  process: ChildProcess;
  /** Everything it printed, for looking at logs. */
  output(): string;
  /** Sends the signal and resolves with the exit code or signal once it is gone. */
  kill(signal: NodeJS.Signals): Promise<number | string>;
}

/** Resolves when it says that it is ready; rejects with its output when it ends before. */
export async function spawnServer(env: Record<string, string>, limitMs = 120_000): Promise<ServerProcess> {
  for (let attempt = 1; ; attempt += 1) {
    const port = env['PORT'] ?? String(await freePort());
    try {
      return await spawnAt(port, env, limitMs);
    } catch (error) {
      // Somebody else may have taken the port before the server did.
      const isTaken = new RegExp(`EADDRINUSE.*:${port}$`, 'm').test(String(error));
      if (!isTaken || env['PORT'] !== undefined || attempt === 3) throw error;
    }
  }
}

async function spawnAt(port: string, env: Record<string, string>, limitMs: number): Promise<ServerProcess> {
  const child = spawn(process.execPath, ['--disable-warning=ExperimentalWarning', 'src/main.ts'], {
    cwd: root,
    env: {
      PATH: process.env['PATH'] ?? '',
      ...mediaWorker,
      HOST: '127.0.0.1',
      PORT: port,
      DEMO: 'off',
      MEDIA_ENGINE: 'p2p',
      LOG_LEVEL: 'info',
      NODE_COMPILE_CACHE: compileCache,
      ...env,
    },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let printed = '';
  const gone = new Promise<number | string>((resolve) =>
    child.once('exit', (code, signal) => resolve(code ?? signal ?? 'gone')),
  );
  await new Promise<void>((resolve, reject) => {
    const timer = setTimeout(() => {
      child.kill('SIGKILL');
      reject(new Error(`The server was not ready after ${limitMs} ms:\n${printed}`));
    }, limitMs);
    let isReady = false;
    const read = (chunk: Buffer) => {
      printed += chunk.toString();
      // Whoever runs for long prints much.
      if (isReady || !printed.includes('Housecall is ready')) return;
      isReady = true;
      clearTimeout(timer);
      resolve();
    };
    child.stdout.on('data', read);
    child.stderr.on('data', read);
    void gone.then((how) => {
      clearTimeout(timer);
      return reject(new Error(`The server ended (${how}) before it was ready:\n${printed}`));
    });
  });
  const kill = (signal: NodeJS.Signals) => {
    child.kill(signal);
    return gone;
  };
  return {
    url: `http://127.0.0.1:${port}`,
    process: child,
    output: () => printed,
    kill,
    [Symbol.asyncDispose]: async () =>
      void (child.exitCode === null && child.signalCode === null && (await kill('SIGKILL'))),
  };
}

export async function freePort(): Promise<number> {
  for (let attempt = 0; attempt < 100; attempt += 1) {
    const port = randomInt(...notGivenOut);
    // A server with two media workers takes the next one too.
    if ((await isFree(port)) && (await isFree(port + 1))) return port;
  }
  throw new Error('No free port was found.');
}

/** Below those that systems give to who asks for any, so that nobody is given it before it is taken. */
const notGivenOut = [20_000, 31_000] as const;

async function isFree(port: number): Promise<boolean> {
  const [tcp, udp] = [createServer(), createSocket('udp4')];
  try {
    await Promise.all([
      once(tcp.listen(port, '127.0.0.1'), 'listening'),
      once(udp.bind(port, '127.0.0.1'), 'listening'),
    ]);
    return true;
  } catch {
    return false;
  } finally {
    await Promise.all([close(tcp), close(udp)]);
  }
}

const close = (one: { close(done: () => void): unknown }): Promise<void> =>
  new Promise((resolve) => one.close(() => resolve()));
