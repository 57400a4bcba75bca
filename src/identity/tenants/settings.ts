/** Reading and changing a clinic's settings. */
import type { Tx } from '../../platform/db/scope.ts';
import { AppError } from '../../platform/errors.ts';
import { TenantSettings } from './schema.ts';

/** The settings in force. Throws INTERNAL when what is stored does not fit, e.g. names no time zone. */
export async function readSettings(tx: Tx, tenantId: string): Promise<TenantSettings> {
  const row = await tx.tenant.findUnique({ where: { id: tenantId }, select: { settings: true } });
  if (!row) throw new AppError('NOT_FOUND');
  return parseSettings(row.settings);
}

export function parseSettings(stored: unknown): TenantSettings {
  const parsed = TenantSettings.safeParse(withOwnNumber(stored));
  if (parsed.success) return parsed.data;
  throw new AppError('INTERNAL', "The clinic's settings are not valid.", { cause: parsed.error });
}

/** Ambulances of India have a number of their own, and 112 there leads to the police first. */
function withOwnNumber(stored: unknown): unknown {
  const isIndian = typeof stored === 'object' && stored !== null && 'country' in stored && stored.country === 'IN';
  return isIndian ? { emergencyNumber: '108', ...stored } : stored;
}
