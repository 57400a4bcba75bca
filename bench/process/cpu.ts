/** Processor time as Linux counts it (proc(5), `stat`), of processes that answer no questions. */
import { readdir, readFile } from 'node:fs/promises';

/** Linux counts in hundredths of a second on every architecture that Node runs on. */
const tickMs = 10;

interface Process {
  pid: number;
  parent: number;
  ownMs: number;
  /** Of children that have ended and were waited for. */
  formerMs: number;
}

/** Milliseconds of all children of a process, present and past, and theirs; without the process itself. */
export async function cpuOfChildren(pid: number): Promise<number> {
  const all = await processes();
  const former = all.find((one) => one.pid === pid)?.formerMs ?? 0;
  const children = all.filter(({ parent }) => parent === pid);
  return children.reduce((sum, child) => sum + treeOf(child, all), former);
}

/** Milliseconds of a process and all its children. */
export async function cpuOfTree(pid: number): Promise<number> {
  const all = await processes();
  const root = all.find((one) => one.pid === pid);
  if (!root) throw new Error(`There is no process ${pid}.`);
  return treeOf(root, all);
}

/** Bytes of all children's resident sets. */
export async function memoryOfChildren(pid: number): Promise<number> {
  const children = (await processes()).filter(({ parent }) => parent === pid);
  const pages = await Promise.all(
    children.map(async (child) => Number((await readFile(`/proc/${child.pid}/statm`, 'utf8')).split(' ')[1])),
  );
  return pages.reduce((sum, count) => sum + count * 4_096, 0);
}

/** The process that started another. */
export async function parentOf(pid: number): Promise<number> {
  const found = await stat(pid);
  if (!found) throw new Error(`There is no process ${pid}.`);
  return found.parent;
}

function treeOf(root: Process, all: readonly Process[]): number {
  const children = all.filter(({ parent }) => parent === root.pid);
  return children.reduce((sum, child) => sum + treeOf(child, all), root.ownMs + root.formerMs);
}

async function processes(): Promise<Process[]> {
  const names = (await readdir('/proc')).filter((name) => /^\d+$/.test(name));
  const found = await Promise.all(names.map((name) => stat(Number(name))));
  return found.filter((one) => one !== undefined);
}

async function stat(pid: number): Promise<Process | undefined> {
  // One that has just ended is nobody's any more.
  const line = await readFile(`/proc/${pid}/stat`, 'utf8').catch(() => undefined);
  if (line === undefined) return undefined;
  // The name stands in brackets and may hold anything.
  const fields = line
    .slice(line.lastIndexOf(')') + 2)
    .split(' ')
    .map(Number);
  const at = (index: number) => fields[index] ?? 0;
  return { pid, parent: at(1), ownMs: (at(11) + at(12)) * tickMs, formerMs: (at(13) + at(14)) * tickMs };
}
