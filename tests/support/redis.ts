/** A redis-server of a test's own, where the machine has one. */
import { type ChildProcess, spawn, spawnSync } from 'node:child_process';
import { freePort } from './process.ts';
import { until } from './until.ts';

/** Undefined when there is one, else why a suite is skipped and what installs it. */
export const noRedis =
  spawnSync('redis-server', ['--version']).error === undefined
    ? undefined
    : 'no redis-server here; apt-get install redis-server';

export interface TestRedis extends AsyncDisposable {
  url: string;
  stop(): Promise<void>;
  /** Again on the same port, and empty. */
  start(): Promise<void>;
}

export async function startRedis(): Promise<TestRedis> {
  const port = await freePort();
  let child: ChildProcess | undefined;
  const stop = async () => {
    const running = child;
    child = undefined;
    if (!running || running.exitCode !== null) return;
    const gone = new Promise((resolve) => running.once('exit', resolve));
    running.kill('SIGKILL');
    await gone;
  };
  const start = async () => {
    const options = ['--port', String(port), '--bind', '127.0.0.1', '--save', '', '--appendonly', 'no'];
    child = spawn('redis-server', options, { cwd: '/tmp', stdio: ['ignore', 'pipe', 'ignore'] });
    let printed = '';
    child.stdout?.on('data', (chunk: Buffer) => {
      printed += chunk.toString();
    });
    await until('redis-server accepts connections', () => printed.includes('Ready to accept connections'));
  };
  await start();
  return { url: `redis://127.0.0.1:${port}`, start, stop, [Symbol.asyncDispose]: stop };
}
