/** Opens the database that the configuration names, or the embedded one: migrated, and served as a role that is bound. */
import type { Config } from '../config.ts';
import type { Logger } from '../logger.ts';
import { createPrisma } from './client.ts';
import { startEmbedded } from './embedded/index.ts';
import { migrate } from './migrations.ts';
import { createPool } from './quick.ts';
import { createDatabase, type Database } from './scope.ts';
import { asServingRole, requireBoundRole } from './serving-role.ts';
import { codeOf, DatabaseStartError } from './start-error.ts';

export { DatabaseStartError } from './start-error.ts';

export interface OpenDatabase {
  database: Database;
  /** Nobody but this process can reach it. */
  embedded: boolean;
  /** Rejects when the database does not answer. */
  ready(): Promise<void>;
  /** Idempotent. */
  close(): Promise<void>;
}

interface Source {
  ownerUrl: string;
  appUrl: string;
  stop(): Promise<void>;
}

/**
 * `dataDir` (absolute) holds the embedded database, which is used when `config.url` is undefined. Throws
 * DatabaseStartError with one clear line when the database cannot be used; nothing is left open then.
 */
export async function openDatabase(config: Config['database'], dataDir: string, logger: Logger): Promise<OpenDatabase> {
  const source: Source =
    config.url === undefined ? await startEmbedded({ dataDir, logger }) : external(config.url, config.ownerUrl);
  try {
    await migrate(source.ownerUrl, logger, { servesToo: config.url !== undefined && config.ownerUrl === undefined });
    await requireBoundRole(source.appUrl);
  } catch (error) {
    await source.stop();
    throw explain(error);
  }
  const prisma = createPrisma(source.appUrl);
  const pool = createPool(source.appUrl);
  let closed: Promise<void> | undefined;
  async function closeBoth(): Promise<void> {
    try {
      await Promise.all([prisma.$disconnect(), pool.end()]);
    } finally {
      await source.stop();
    }
  }
  return {
    database: createDatabase({ prisma, pool }),
    embedded: config.url === undefined,
    async ready() {
      await prisma.$queryRaw`select 1`;
    },
    close: () => (closed ??= closeBoth()),
  };
}

function external(url: string, ownerUrl: string | undefined): Source {
  return { ownerUrl: ownerUrl ?? url, appUrl: ownerUrl === undefined ? asServingRole(url) : url, stop: async () => {} };
}

const reasons: Record<string, string> = {
  ECONNREFUSED: 'nothing answers at its address',
  ECONNRESET: 'it closed the connection',
  ENOTFOUND: 'its host name is not known',
  EAI_AGAIN: 'its host name cannot be looked up now',
  ETIMEDOUT: 'it does not answer',
  EHOSTUNREACH: 'its host cannot be reached',
  '28P01': 'it does not accept the password',
  '28000': 'it does not let this user in',
  '3D000': 'there is no database of that name',
  '53300': 'it has no connection to spare',
  '57P03': 'it is starting up or shutting down',
  '42501': 'its user lacks a right that is needed to start',
};

/** One line without the address, which may hold a password. */
function explain(error: unknown): unknown {
  if (error instanceof DatabaseStartError) return error;
  const reason = reasons[codeOf(error)];
  return reason ? new DatabaseStartError(`The database cannot be used: ${reason}.`, { cause: error }) : error;
}
