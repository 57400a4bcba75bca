/**
 * One server at a time on one DATA_DIR. The lock is the kernel's own (SQLite's file lock), so a crash cannot leave it
 * stuck, and it holds between containers that share the folder.
 */
import { chmod, readFile, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { DatabaseStartError } from '../start-error.ts';

export interface FolderLock {
  /** Idempotent. */
  release(): void;
}

const sqliteBusy = 5;
/** Two that begin at the same instant each find the other on the way to the lock: whoever tries again first has it. */
const attempts = 6;
const longestPauseMs = 150;

/** Throws DatabaseStartError naming the folder and the process when another server has it. */
export async function lockFolder(folder: string): Promise<FolderLock> {
  const lockFile = path.join(folder, 'server.lock');
  const pidFile = path.join(folder, 'server.pid');
  // Made first, since SQLite reports a folder that cannot be written without saying why.
  await writeFile(lockFile, '', { flag: 'a', mode: 0o600 });
  for (let attempt = 1; ; attempt += 1) {
    try {
      const release = await take(lockFile);
      await writeFile(pidFile, `${process.pid}\n`);
      await chmod(pidFile, 0o600);
      return { release };
    } catch (error) {
      if (!isBusy(error)) throw error;
      if (attempt === attempts) throw await inUse(folder, pidFile, error);
    }
    await pause(Math.random() * longestPauseMs);
  }
}

/** Answers how to give it back. Throws what SQLite throws; one that failed holds nothing any more. */
async function take(lockFile: string): Promise<() => void> {
  const { DatabaseSync } = await import('node:sqlite');
  const lock = new DatabaseSync(lockFile, { timeout: 0 });
  try {
    lock.exec('pragma locking_mode = exclusive; pragma journal_mode = memory; begin exclusive');
  } catch (error) {
    lock.close();
    throw error;
  }
  return () => {
    if (lock.isOpen) lock.close();
  };
}

async function inUse(folder: string, pidFile: string, cause: unknown): Promise<DatabaseStartError> {
  const holder = await readFile(pidFile, 'utf8').catch(() => '');
  return new DatabaseStartError(
    `${folder} is in use by another Housecall server (process ${holder.trim() || 'unknown'}). Stop that one, or give this one a DATA_DIR of its own.`,
    { cause },
  );
}

function isBusy(error: unknown): boolean {
  return typeof error === 'object' && error !== null && 'errcode' in error && error.errcode === sqliteBusy;
}
