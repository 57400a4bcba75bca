/** The running PostgreSQL: our child, on a free port of the loopback address. */
import type { ChildProcess } from 'node:child_process';
import { readFile } from 'node:fs/promises';
import { createServer } from 'node:net';
import path from 'node:path';
import { createInterface } from 'node:readline';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Logger } from '../../logger.ts';
import { DatabaseStartError } from '../start-error.ts';
import type { ClusterPlace } from './cluster.ts';
import { canTether, launch, ownFolder } from './program.ts';

export interface PostmasterOptions extends ClusterPlace {
  logger: Logger;
  /** Beside and above the ones below; for tests, e.g. `fsync`. */
  settings: Readonly<Record<string, string>>;
}

const settings = {
  listen_addresses: '127.0.0.1',
  unix_socket_directories: '',
  timezone: 'UTC',
  log_timezone: 'UTC',
  max_connections: '60',
  // In the data folder: /dev/shm is small in containers, and what a killed server left there would stay.
  dynamic_shared_memory_type: 'mmap',
  log_destination: 'stderr',
  log_line_prefix: '',
  log_checkpoints: 'off',
  // Errors and details may quote what a person sent: they reach the server as answers, never the log.
  log_min_messages: 'log',
  log_min_error_statement: 'panic',
  log_error_verbosity: 'terse',
};

/** A stop that stands still gets the next, harsher signal: fast, then immediate (the next start recovers), then none. */
const stopSteps = [
  ['SIGINT', 45_000],
  ['SIGQUIT', 10_000],
  ['SIGKILL', 10_000],
] as const;

export class Postmaster {
  readonly port: number;
  /** Settles when the process has ended, by whomever. */
  readonly ended: Promise<void>;
  readonly #child: ChildProcess;
  #stopped: Promise<void> | undefined;

  private constructor(child: ChildProcess, ended: Promise<void>, port: number) {
    this.#child = child;
    this.ended = ended;
    this.port = port;
  }

  /**
   * Resolves when connections are accepted, which after a crash is after the recovery. Throws DatabaseStartError
   * otherwise. `port`: take this one or none.
   */
  static async start(options: PostmasterOptions, port?: number): Promise<Postmaster> {
    for (let attempt = 1; ; attempt += 1) {
      const chosen = port ?? (await freePort());
      const child = await run(options, chosen);
      const ended = new Promise<void>((resolve) => child.once('exit', () => resolve()).once('error', () => resolve()));
      const output = watchOutput(child, options.logger);
      if (await untilReady(options, child, ended)) {
        output.isReady();
        return new Postmaster(child, ended, chosen);
      }
      // Somebody took the port between our looking and PostgreSQL's binding.
      if (port === undefined && attempt < 5 && output.says('could not bind')) continue;
      throw new DatabaseStartError(`PostgreSQL did not start in ${options.cluster}. ${output.lastWords()}`);
    }
  }

  /** Idempotent. Open connections are cut; nothing that was committed is lost. */
  stop(): Promise<void> {
    this.#stopped ??= this.#stop();
    return this.#stopped;
  }

  async #stop(): Promise<void> {
    for (const [signal, patience] of stopSteps) {
      this.#child.kill(signal);
      const waiting = new AbortController();
      const late = sleep(patience, 'late', { signal: waiting.signal }).catch(() => 'aborted');
      const first = await Promise.race([this.ended, late]);
      waiting.abort();
      if (first !== 'late') return;
    }
    throw new Error('PostgreSQL does not stop.');
  }
}

async function run(options: PostmasterOptions, port: number): Promise<ChildProcess> {
  const account = options.runAs.server;
  const flags = Object.entries({ ...settings, ...options.settings }).flatMap(([name, value]) => [
    '-c',
    `${name}=${value}`,
  ]);
  return launch(options.binaries.postgres, ['-D', ownFolder(options.cluster, account), '-p', String(port), ...flags], {
    folder: options.cluster,
    account,
    stdio: ['ignore', 'ignore', 'pipe'],
    tethered: await canTether(),
  });
}

/** False when it ended instead. A recovery may take its time, so there is no other limit. */
async function untilReady(
  { cluster, logger }: PostmasterOptions,
  child: ChildProcess,
  ended: Promise<void>,
): Promise<boolean> {
  for (let polls = 1; isRunning(child); polls += 1) {
    const status = (await readFile(path.join(cluster, 'postmaster.pid'), 'utf8').catch(() => '')).split('\n');
    // The eighth line is the state, written for those who wait like this (PostgreSQL's pidfile.h).
    if (Number(status[0]) === child.pid && status[7]?.trim() === 'ready') return true;
    if (polls % 500 === 0) logger.info('PostgreSQL is still starting; after a crash it repairs its data first');
    await Promise.race([ended, sleep(20)]);
  }
  return false;
}

function isRunning(child: ChildProcess): boolean {
  return child.pid !== undefined && child.exitCode === null && child.signalCode === null;
}

/** Keeps what it says until it is ready, for the error; afterwards tells the log. */
function watchOutput(child: ChildProcess, logger: Logger) {
  const lines: string[] = [];
  let ready = false;
  child.once('error', (error) => lines.push(error.message));
  if (child.stderr) {
    createInterface({ input: child.stderr }).on('line', (line) => {
      if (!ready) lines.push(line);
      else if (/^PANIC|was terminated by signal/.test(line))
        logger.error({ postgres: line }, 'PostgreSQL is in trouble');
      else logger.debug({ postgres: line }, 'PostgreSQL says');
      if (lines.length > 100) lines.shift();
    });
  }
  return {
    isReady() {
      ready = true;
      lines.length = 0;
    },
    says: (text: string) => lines.some((line) => line.includes(text)),
    lastWords: () => lines.findLast((line) => /^(FATAL|PANIC):/.test(line)) ?? lines.at(-1) ?? 'It gave no reason.',
  };
}

function freePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const server = createServer().on('error', reject);
    server.listen(0, '127.0.0.1', () => {
      const address = server.address();
      server.close(() => resolve(typeof address === 'object' && address ? address.port : 0));
    });
  });
}
