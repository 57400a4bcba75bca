/** Folders of a test run, named after its process, so that a later run can clear away what a killed one left. */
import { mkdtemp, readdir, rm } from 'node:fs/promises';
import path from 'node:path';

/** Makes a folder below `parent` and removes those of the same prefix whose process is no more. */
export async function makeOwnFolder(parent: string, prefix: string): Promise<string> {
  for (const name of await readdir(parent)) {
    const pid = name.startsWith(prefix) ? Number(name.slice(prefix.length).split('-')[0]) : Number.NaN;
    if (Number.isInteger(pid) && !isAlive(pid)) await rm(path.join(parent, name), { recursive: true, force: true });
  }
  return mkdtemp(path.join(parent, `${prefix}${process.pid}-`));
}

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM';
  }
}
