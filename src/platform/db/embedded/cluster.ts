/** The data folder of the embedded PostgreSQL: made once, in one step that an interruption cannot leave half done. */
import { randomBytes } from 'node:crypto';
import { chmod, chown, lchown, mkdir, open, readdir, readFile, rename, rm, unlink, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { z } from 'zod';
import type { Logger } from '../../logger.ts';
import { codeOf, DatabaseStartError } from '../start-error.ts';
import type { Binaries } from './binaries.ts';
import { canTether, finish, ownFolder } from './program.ts';
import type { Account, RunAs } from './run-as.ts';

const Passwords = z.object({ owner: z.string().min(20), app: z.string().min(20) });
export type Passwords = z.infer<typeof Passwords>;

/** Lies among PostgreSQL's own files, so that both are moved, restored or lost together. */
const passwordsFile = 'housecall-passwords.json';

export interface ClusterPlace {
  dataDir: string;
  /** `DATA_DIR/postgres`. */
  cluster: string;
  runAs: RunAs;
  binaries: Binaries;
}

/** Makes the cluster if there is none. Throws DatabaseStartError when what is there is not ours or of another version. */
export async function prepareCluster(place: ClusterPlace, logger: Logger): Promise<Passwords> {
  await removeUnfinished(place.dataDir);
  const version = await readFile(path.join(place.cluster, 'PG_VERSION'), 'utf8').catch(absent);
  if (version === undefined) {
    if ((await readdir(place.cluster).catch(absent))?.length) {
      throw new DatabaseStartError(
        `${place.cluster} holds files that are not a PostgreSQL database. Move them, or choose another DATA_DIR.`,
      );
    }
    return createCluster(place, logger);
  }
  if (version.trim() !== place.binaries.major) {
    throw new DatabaseStartError(
      `${place.cluster} was made by PostgreSQL ${version.trim()} and this is ${place.binaries.major}. Dump it with the old version and restore it into a new DATA_DIR.`,
    );
  }
  const passwords = await readFile(path.join(place.cluster, passwordsFile), 'utf8').catch(absent);
  if (passwords === undefined) {
    throw new DatabaseStartError(
      `${path.join(place.cluster, passwordsFile)} is missing. Restore it from the backup of DATA_DIR.`,
    );
  }
  await giveTo(place.cluster, place.runAs.server);
  return Passwords.parse(JSON.parse(passwords));
}

function absent(error: unknown): undefined {
  if (codeOf(error) === 'ENOENT') return undefined;
  throw error;
}

const unfinishedPrefix = 'postgres.new-';

async function removeUnfinished(dataDir: string): Promise<void> {
  for (const name of await readdir(dataDir)) {
    if (!name.startsWith(unfinishedPrefix)) continue;
    // Again and again for some seconds: a killed server's initdb learns of it last, and writes until then.
    await rm(path.join(dataDir, name), { recursive: true, force: true, maxRetries: 10, retryDelay: 100 });
  }
}

async function createCluster(place: ClusterPlace, logger: Logger): Promise<Passwords> {
  const passwords: Passwords = { owner: newPassword(), app: newPassword() };
  const unfinished = path.join(place.dataDir, `${unfinishedPrefix}${process.pid}`);
  logger.info('making a new database');
  await mkdir(unfinished, { mode: 0o700 });
  await chmod(unfinished, 0o700);
  if (place.runAs.initdb) await chown(unfinished, place.runAs.initdb.uid, place.runAs.initdb.gid);
  const { code, stderr } = await initdb(place, unfinished, passwords.owner);
  if (code !== 0) {
    await rm(unfinished, { recursive: true, force: true });
    throw new DatabaseStartError(`${place.dataDir}: a database could not be made there. ${reasonIn(stderr)}.`);
  }
  await writeFile(path.join(unfinished, passwordsFile), JSON.stringify(passwords), { mode: 0o600 });
  await giveTo(unfinished, place.runAs.server);
  await rename(unfinished, place.cluster);
  return passwords;
}

/** The line that tells, out of initdb's account of what it did and undid. */
function reasonIn(stderr: string): string {
  const [first] = /(FATAL|PANIC|ERROR|initdb: error): .*(\n.*HINT: .*)?/.exec(stderr) ?? [];
  return (
    first?.replaceAll(/\s+/g, ' ').replace(/\.$/, '') ?? (stderr.trim().split('\n').at(-1) || 'initdb was interrupted')
  );
}

function newPassword(): string {
  return randomBytes(24).toString('base64url');
}

async function initdb(place: ClusterPlace, folder: string, password: string) {
  const account = place.runAs.initdb;
  const passwordPath = path.join(place.dataDir, `${unfinishedPrefix}${process.pid}.password`);
  await writeFile(passwordPath, password, { mode: 0o600 });
  if (account) await chown(passwordPath, account.uid, account.gid);
  const file = await open(passwordPath, 'r');
  try {
    // Handed over as an open file: its path may be closed to the account, and nothing is left of it on the disk.
    await unlink(passwordPath);
    const args = [
      `--pgdata=${ownFolder(folder, account)}`,
      '--username=postgres',
      '--auth=scram-sha-256',
      '--pwfile=/dev/fd/3',
      '--encoding=UTF8',
      // PostgreSQL's own C.UTF-8: the order of text does not change with the system's libraries.
      '--locale-provider=builtin',
      '--builtin-locale=C.UTF-8',
      '--locale=C',
      '--data-checksums',
      '--no-instructions',
    ];
    return await finish(place.binaries.initdb, args, { folder, account, input: file.fd, tethered: await canTether() });
  } finally {
    await file.close();
  }
}

/** Everything in the folder belongs to the account that will serve it. */
async function giveTo(folder: string, account: Account | undefined): Promise<void> {
  if (!account) return;
  for (const entry of await readdir(folder, { recursive: true, withFileTypes: true })) {
    await lchown(path.join(entry.parentPath, entry.name), account.uid, account.gid);
  }
  await chown(folder, account.uid, account.gid);
}
