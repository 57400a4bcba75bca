/** Makes the Prisma client; nobody else does. */
import { PrismaPg } from '@prisma/adapter-pg';
import { Prisma, PrismaClient } from '../../../prisma/generated/client.ts';
import { statementNames } from './statement-names.ts';

export { Prisma, PrismaClient };

/** `url` must connect as the serving role, which cannot bypass row-level security. */
export function createPrisma(url: string, options: { poolSize?: number } = {}): PrismaClient {
  const adapter = new PrismaPg(
    { connectionString: url, max: options.poolSize ?? 10, application_name: 'housecall' },
    { statementNameGenerator: statementNames() },
  );
  return new PrismaClient({ adapter, transactionOptions: { maxWait: 5_000, timeout: 10_000 } });
}
