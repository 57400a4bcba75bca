/** Starts a process of the bench and waits for the line that says where it serves. */
import { type ChildProcess, spawn } from 'node:child_process';
import { readFileSync } from 'node:fs';
import path from 'node:path';

const root = path.resolve(import.meta.dirname, '../..');

/** Those of `npm start`, for the thing and for its floor alike. */
const nodeFlags = (
  JSON.parse(readFileSync(path.join(root, 'package.json'), 'utf8')) as { scripts: { start: string } }
).scripts.start
  .split(' ')
  .filter((word) => word.startsWith('--') && !word.startsWith('--env-file'));

export interface BenchProcess extends AsyncDisposable {
  child: ChildProcess;
  /** What stands behind "ready at" in its output. */
  url: string;
}

export interface StartOptions {
  /** From the root of the project. */
  file: string;
  env?: Record<string, string>;
  flags?: readonly string[];
}

/** Rejects with its output when it ends, or says nothing for a minute, before it is ready. */
export async function startProcess({ file, env = {}, flags = [] }: StartOptions): Promise<BenchProcess> {
  const child = spawn(process.execPath, [...nodeFlags, ...flags, file], {
    cwd: root,
    env: { PATH: process.env['PATH'] ?? '', ...env },
    stdio: ['ignore', 'pipe', 'pipe', 'ipc'],
  });
  const gone = new Promise<void>((resolve) => child.once('exit', () => resolve()));
  const stop = async () => {
    if (child.exitCode === null && child.signalCode === null) child.kill('SIGTERM');
    await gone;
  };
  try {
    return { child, url: await readyLine(child, file), [Symbol.asyncDispose]: stop };
  } catch (error) {
    await stop();
    throw error;
  }
}

function readyLine(child: ChildProcess, file: string): Promise<string> {
  let printed = '';
  return new Promise((resolve, reject) => {
    const fail = (why: string) => {
      clearTimeout(timer);
      reject(new Error(`${file} ${why}:\n${printed.slice(-4_000)}`));
    };
    const timer = setTimeout(() => fail('was not ready after 60 s'), 60_000);
    const read = (chunk: Buffer) => {
      printed = (printed + chunk.toString()).slice(-20_000);
      const url = /ready at (\S+)/.exec(printed)?.[1];
      if (url === undefined) return;
      clearTimeout(timer);
      resolve(url);
    };
    child.stdout?.on('data', read);
    child.stderr?.on('data', read);
    child.once('exit', (code, signal) => fail(`ended (${code ?? signal}) before it was ready`));
  });
}
