/** A real PostgreSQL 18 from npm in `DATA_DIR/postgres`, for whoever has no database server. */
import { mkdir } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import type { Logger } from '../../logger.ts';
import { codeOf, DatabaseStartError, folderError } from '../start-error.ts';
import { findBinaries } from './binaries.ts';
import { type ClusterPlace, prepareCluster } from './cluster.ts';
import { lockFolder } from './folder-lock.ts';
import { keepRunning } from './keep-running.ts';
import { clearLeftover } from './leftover.ts';
import { prepareDatabase } from './prepare-database.ts';
import { chooseAccount } from './run-as.ts';

export interface EmbeddedOptions {
  /** Absolute. Made if it is not there. */
  dataDir: string;
  logger: Logger;
  /** Settings of PostgreSQL on top of ours; for tests, where nothing has to survive. */
  settings?: Readonly<Record<string, string>>;
}

export interface EmbeddedDatabase {
  /** As the superuser: migrations, and nothing else. */
  ownerUrl: string;
  /** As the serving role, which row-level security binds. */
  appUrl: string;
  /** Whom PostgreSQL runs as, in words. */
  runsAs: string;
  /** Idempotent. Cuts connections and waits until PostgreSQL is down. */
  stop(): Promise<void>;
}

/** Resolves when it accepts connections. Throws DatabaseStartError with one clear line when it cannot. */
export async function startEmbedded(options: EmbeddedOptions): Promise<EmbeddedDatabase> {
  const { dataDir, logger } = options;
  try {
    await makeFolder(dataDir);
    const lock = await lockFolder(dataDir);
    try {
      return await startLocked(options, () => lock.release());
    } catch (error) {
      lock.release();
      throw error;
    }
  } catch (error) {
    const told = folderError(dataDir, error);
    if (!(told instanceof DatabaseStartError)) logger.error({ err: error }, 'the embedded database did not start');
    throw told;
  }
}

async function makeFolder(folder: string): Promise<void> {
  try {
    await mkdir(folder, { recursive: true, mode: 0o700 });
  } catch (error) {
    // What Node says when a folder above cannot be made either, on a read-only file system for one.
    if (codeOf(error) === 'ENOENT') throw new DatabaseStartError(`${folder} cannot be made.`, { cause: error });
    throw error;
  }
}

async function startLocked(options: EmbeddedOptions, release: () => void): Promise<EmbeddedDatabase> {
  const { dataDir, logger } = options;
  const cluster = path.join(dataDir, 'postgres');
  const runAs = await chooseAccount(cluster);
  const binaries = await findBinaries(runAs, placesForCopy(dataDir));
  const place: ClusterPlace = { dataDir, cluster, runAs, binaries };
  await clearLeftover(cluster, logger);
  const passwords = await prepareCluster(place, logger);
  const server = await keepRunning({ ...place, logger, settings: options.settings ?? {} });
  let stopped: Promise<void> | undefined;
  const stop = () => (stopped ??= server.stop().finally(release));
  try {
    const urls = await prepareDatabase(server.port, passwords);
    logger.info(
      { dataDir, runsAs: runAs.label, programs: binaries.copy ?? 'npm package' },
      'the embedded PostgreSQL runs',
    );
    return { ...urls, runsAs: runAs.label, stop };
  } catch (error) {
    await stop();
    throw error;
  }
}

/** Root's copy must be where every account can reach it, and belongs to no single DATA_DIR. */
function placesForCopy(dataDir: string): string[] {
  return process.getuid?.() === 0
    ? ['/var/cache/housecall', '/var/lib/housecall', path.join(tmpdir(), 'housecall')]
    : [path.join(dataDir, 'programs')];
}
