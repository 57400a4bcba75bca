/** Finding a clinic by its short name, before anybody is signed in. */
import { type Database, withoutTenant_forNamedJob } from '../../platform/db/scope.ts';

export async function findTenant(database: Database, slug: string): Promise<string | undefined> {
  const [row] = await withoutTenant_forNamedJob(
    database.prisma,
    'find-tenant',
    (tx) => tx.$queryRaw<{ id: string }[]>`select id from find_tenant(${slug})`,
  );
  return row?.id;
}
