/** What keeps a database that somebody tried Housecall out with from serving a clinic: its passwords are published. */
import { createPasswords } from '../src/identity/index.ts';
import { ConfigError } from '../src/platform/config.ts';
import { type Database, withoutTenant_forNamedJob } from '../src/platform/db/scope.ts';
import { demoEmails, demoPassword } from './seed.ts';

/** Throws ConfigError, with one line, when a demo account can still sign in with the demo's password. */
export async function refuseDemoAccounts(database: Database): Promise<void> {
  const passwords = createPasswords();
  for (const email of demoEmails) {
    for (const tenantId of await tenantsOf(database, email)) {
      const user = await database
        .tenant(tenantId)
        .run((tx) =>
          tx.user.findUnique({ where: { tenantId_email: { tenantId, email } }, select: { passwordHash: true } }),
        );
      // One is enough, and each look costs a quarter of a second of a core.
      if (user && (await passwords.verify(demoPassword, user.passwordHash))) throw found();
    }
  }
}

/** Where there is an active account of this address. */
async function tenantsOf(database: Database, email: string): Promise<string[]> {
  const rows = await withoutTenant_forNamedJob(
    database.prisma,
    'find-login',
    (tx) => tx.$queryRaw<{ tenantId: string }[]>`select tenant_id as "tenantId" from find_login(${email}::citext)`,
  );
  return rows.map(({ tenantId }) => tenantId);
}

function found(): ConfigError {
  return new ConfigError([
    'DATABASE_URL: its database holds demo accounts with the password that everybody knows; use an empty one, or change their passwords and switch them off',
  ]);
}
