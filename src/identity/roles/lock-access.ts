/** Changes of who may what in a clinic wait for each other. */
import type { Tx } from '../../platform/db/scope.ts';

/**
 * Take it before anything else is locked. So two administrators who take the role from one another do not both succeed, and
 * nobody gets a role that is just being removed. They are rare; sign-ins and the clinic's ordinary work do not wait.
 */
export async function lockAccess(tx: Tx, tenantId: string): Promise<void> {
  await tx.$queryRaw`select 1 from tenant where id = ${tenantId}::uuid for no key update`;
}
