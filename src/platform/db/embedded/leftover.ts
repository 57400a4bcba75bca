/**
 * What a killed server may have left: a PostgreSQL still at work on the data, or a pid file that names a process which is
 * another one by now. Called under the folder lock, so whatever is found belongs to nobody who lives.
 */
import { readdir, readFile, stat, unlink } from 'node:fs/promises';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Logger } from '../../logger.ts';
import { codeOf, DatabaseStartError } from '../start-error.ts';
import { finish } from './program.ts';

const patience = { fast: 30_000, immediate: 15_000 };

/** Leaves no process on `cluster`. Throws DatabaseStartError naming one that will not go. */
export async function clearLeftover(cluster: string, logger: Logger): Promise<void> {
  const recorded = await recordedPid(cluster);
  if (recorded === undefined) return;
  const found = await processesIn(cluster);
  if (found.includes(recorded)) {
    logger.warn({ pid: recorded }, 'the last run left its PostgreSQL behind; stopping it');
    signal(recorded, 'SIGINT');
    if (!(await isDeserted(cluster, patience.fast))) signal(recorded, 'SIGQUIT');
  }
  // Without their head the remaining processes notice by themselves.
  if (found.length > 0 && !(await isDeserted(cluster, patience.immediate))) {
    throw new DatabaseStartError(
      `${cluster} is still in use by a PostgreSQL of an earlier run (process ${recorded}) that does not stop.`,
    );
  }
  // The number may belong to somebody else by now, which PostgreSQL would take for itself at work. Nobody is.
  if ((await recordedPid(cluster)) === recorded && isAlive(recorded))
    await unlink(path.join(cluster, 'postmaster.pid'));
}

async function recordedPid(cluster: string): Promise<number | undefined> {
  const [line] = (await readFile(path.join(cluster, 'postmaster.pid'), 'utf8').catch(() => '')).split('\n');
  const pid = Number(line);
  return Number.isInteger(pid) && pid > 0 ? pid : undefined;
}

/** Every process of PostgreSQL stands in its data folder. Without /proc only the recorded one is found, by its name. */
async function processesIn(cluster: string): Promise<number[]> {
  const pids = (await readdir('/proc').catch(() => [])).map(Number).filter(Number.isInteger);
  if (pids.length === 0) {
    const recorded = await recordedPid(cluster);
    return recorded !== undefined && (await namedByPs(recorded)).endsWith('postgres') ? [recorded] : [];
  }
  const folder = await stat(cluster);
  const there = await Promise.all(
    pids.map(async (pid) => {
      const at = await stat(`/proc/${pid}/cwd`).catch(() => undefined);
      return at?.ino === folder.ino && at.dev === folder.dev && (await isPostgres(pid));
    }),
  );
  return pids.filter((_, i) => there[i]);
}

/** By the name that the process gave itself, so that somebody's shell in the folder is left alone. */
async function isPostgres(pid: number): Promise<boolean> {
  const name = await readFile(`/proc/${pid}/comm`, 'utf8').catch(() => '');
  return name.startsWith('postgres');
}

async function namedByPs(pid: number): Promise<string> {
  const { stdout } = await finish('ps', ['-o', 'comm=', '-p', String(pid)], { account: undefined });
  return stdout.trim();
}

async function isDeserted(cluster: string, milliseconds: number): Promise<boolean> {
  const end = Date.now() + milliseconds;
  while ((await processesIn(cluster)).length > 0) {
    if (Date.now() > end) return false;
    await sleep(50);
  }
  return true;
}

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return codeOf(error) === 'EPERM';
  }
}

function signal(pid: number, name: NodeJS.Signals): void {
  try {
    process.kill(pid, name);
  } catch {
    // It is gone already, which is what the signal was for.
  }
}
