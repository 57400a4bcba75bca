/** The clinic as its administrator sees and changes it. */
import type { Prisma } from '../../platform/db/client.ts';
import type { Tx } from '../../platform/db/scope.ts';
import { AppError } from '../../platform/errors.ts';
import type { TenantChange, TenantView } from './schema.ts';
import { parseSettings } from './settings.ts';

export async function readTenant(tx: Tx, tenantId: string): Promise<TenantView> {
  const row = await tx.tenant.findUnique({ where: { id: tenantId } });
  if (!row) throw new AppError('NOT_FOUND');
  return { id: row.id, slug: row.slug, name: row.name, settings: parseSettings(row.settings) };
}

/** Changes what is given and keeps the rest. Two changes at once both hold. */
export async function changeTenant(tx: Tx, tenantId: string, change: TenantChange): Promise<TenantView> {
  await tx.$queryRaw`select 1 from tenant where id = ${tenantId}::uuid for no key update`;
  const present = await readTenant(tx, tenantId);
  const settings = parseSettings({ ...present.settings, ...change.settings });
  const name = change.name ?? present.name;
  await tx.tenant.update({
    where: { id: tenantId },
    data: { name, settings: settings satisfies Prisma.InputJsonObject },
  });
  return { ...present, name, settings };
}
