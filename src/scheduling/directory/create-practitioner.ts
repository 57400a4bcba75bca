import type { Tx } from '../../platform/db/scope.ts';
import { newId } from '../../platform/ids.ts';

/** Adds the record of somebody who gives care, in the caller's transaction, and gives its id. */
export async function createPractitioner(
  tx: Tx,
  { tenantId, name }: { tenantId: string; name: string },
): Promise<string> {
  const id = newId();
  await tx.practitioner.create({ data: { id, tenantId, name } });
  return id;
}
