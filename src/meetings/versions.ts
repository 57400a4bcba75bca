/** How far meetings have come, of whichever clinics: for a node that has missed facts and asks once for all that it serves. */
import { Prisma } from '../platform/db/client.ts';
import type { Reads } from '../platform/db/quick.ts';
import { type Database, withoutTenant_readForNamedJob } from '../platform/db/scope.ts';

/** By meeting; those that do not exist are left out. */
export async function versionsOf(
  { pool }: Pick<Database, 'pool'>,
  meetingIds: readonly string[],
): Promise<Map<string, number>> {
  const read: Reads<{ id: string; version: number }> = Prisma.sql`
    select id, version from meeting_versions(${meetingIds}::uuid[])`;
  const rows = await withoutTenant_readForNamedJob(pool, 'node-leases', read);
  return new Map(rows.map(({ id, version }) => [id, version]));
}
