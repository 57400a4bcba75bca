/** Makes the Prisma client; nobody else does. */
import { PrismaPg } from '@prisma/adapter-pg';
import { Pool } from 'pg';
import { Prisma, PrismaClient } from '../../../prisma/generated/client.ts';
import { patientSocket } from './patient-socket.ts';
import { statementNames } from './statement-names.ts';

export { Prisma, PrismaClient };

/** `url` must connect as the serving role, which cannot bypass row-level security. */
export function createPrisma(url: string, options: { poolSize?: number } = {}): PrismaClient {
  const pool = new Pool({
    connectionString: url,
    max: options.poolSize ?? 10,
    application_name: 'housecall',
    stream: () => patientSocket(),
  });
  const adapter = new PrismaPg(pool, { statementNameGenerator: statementNames(), disposeExternalPool: true });
  const prisma = new PrismaClient({ adapter, transactionOptions: { maxWait: 5_000, timeout: 10_000 } });
  pools.set(prisma, pool);
  return prisma;
}

const pools = new WeakMap<PrismaClient, Pool>();

/** How many connections a client of `createPrisma` has, how many of them are idle, and how many wait for one. */
export function connectionsOf(prisma: PrismaClient): { total: number; idle: number; waiting: number } {
  const pool = pools.get(prisma);
  return { total: pool?.totalCount ?? 0, idle: pool?.idleCount ?? 0, waiting: pool?.waitingCount ?? 0 };
}
