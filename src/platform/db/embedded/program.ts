/** Runs PostgreSQL's programs: as the chosen account, in the data folder, with none of the server's environment. */
import { type ChildProcess, type StdioOptions, spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync } from 'node:fs';
import { text } from 'node:stream/consumers';
import type { Account } from './run-as.ts';

/**
 * How a program names the folder that it was started in. Under another account the folder's own path may lead through
 * closed folders (root's home); a process that stands inside needs no path, and nobody's permissions are loosened.
 */
export function ownFolder(folder: string, account: Account | undefined): string {
  return account && existsSync('/proc/self/cwd') ? '/proc/self/cwd' : folder;
}

export interface Launch {
  folder?: string;
  account: Account | undefined;
  stdio: StdioOptions;
  /** Linux: the program gets SIGINT when this process dies by whatever cause. Needs util-linux; see `tether`. */
  tethered?: boolean;
}

/** Where `setpriv`, `ps` and `sh` are on every system that has them. */
const systemPath = '/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin';

/** Emits `error` when it cannot be run; the caller listens. */
export function launch(program: string, args: readonly string[], options: Launch): ChildProcess {
  const [command, parameters] = options.tethered
    ? ['setpriv', ['--pdeathsig', 'INT', '--', program, ...args]]
    : [program, args];
  return spawn(command, parameters, {
    ...options.account,
    ...(options.folder && { cwd: options.folder }),
    stdio: options.stdio,
    // A session of its own: Ctrl+C in the terminal must not stop the database before the server has drained.
    detached: true,
    env: { PATH: systemPath, LC_ALL: 'C', TZ: 'UTC' },
  });
}

export interface Outcome {
  /** Null when a signal or a failed start ended it. */
  code: number | null;
  stdout: string;
  stderr: string;
}

/** Runs a program to its end. A program that cannot be run answers like one that failed. */
export async function finish(
  program: string,
  args: readonly string[],
  options: Omit<Launch, 'stdio'> & { input?: number },
): Promise<Outcome> {
  const inputs = options.input === undefined ? [] : [options.input];
  let child: ChildProcess;
  try {
    child = launch(program, args, { ...options, stdio: ['ignore', 'pipe', 'pipe', ...inputs] });
  } catch (error) {
    // Some refusals of the system come at once and not as an event, that of becoming another user for one.
    return { code: null, stdout: '', stderr: messageOf(error) };
  }
  if (!child.stdout || !child.stderr) throw new Error('The outputs of a child process must be pipes.');
  const [ended, stdout, stderr] = await Promise.all([
    once(child, 'close').then(
      ([code]) => ({ code: code as number | null, fault: '' }),
      (error: unknown) => ({ code: null, fault: messageOf(error) }),
    ),
    text(child.stdout).catch(() => ''),
    text(child.stderr).catch(() => ''),
  ]);
  return { code: ended.code, stdout, stderr: stderr || ended.fault };
}

function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}

let setpriv: Promise<boolean> | undefined;

/** Whether programs can be made to die with this process here. */
export function canTether(): Promise<boolean> {
  setpriv ??=
    process.platform === 'linux'
      ? finish('setpriv', ['--pdeathsig', 'INT', '--', 'true'], { account: undefined }).then(({ code }) => code === 0)
      : Promise.resolve(false);
  return setpriv;
}
