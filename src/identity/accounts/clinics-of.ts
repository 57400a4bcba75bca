/** Where somebody who is not signed in may have an account. */
import { type Database, withoutTenant_forNamedJob } from '../../platform/db/scope.ts';
import { findTenant } from '../tenants/find-tenant.ts';
import type { AccountRef } from './schema.ts';

/** The clinic that was named, if it exists; else every clinic with an active account of that address. */
export async function clinicsOf(database: Database, { email, tenant }: AccountRef): Promise<string[]> {
  if (tenant !== undefined) {
    const id = await findTenant(database, tenant);
    return id === undefined ? [] : [id];
  }
  const rows = await withoutTenant_forNamedJob(
    database.prisma,
    'find-login',
    (tx) => tx.$queryRaw<{ tenantId: string }[]>`select tenant_id as "tenantId" from find_login(${email}::citext)`,
  );
  return rows.map((row) => row.tenantId);
}
