/** The clinic as its mails and its rules about accounts need it. */
import type { Tx } from '../../platform/db/scope.ts';
import { AppError } from '../../platform/errors.ts';
import type { TenantSettings } from '../tenants/schema.ts';
import { parseSettings } from '../tenants/settings.ts';

export interface Clinic {
  id: string;
  slug: string;
  name: string;
  settings: TenantSettings;
}

/** Throws NOT_FOUND when there is none. */
export async function readClinic(tx: Tx, tenantId: string): Promise<Clinic> {
  const row = await tx.tenant.findUnique({ where: { id: tenantId } });
  if (!row) throw new AppError('NOT_FOUND');
  return { id: row.id, slug: row.slug, name: row.name, settings: parseSettings(row.settings) };
}

/** Throws EMAIL_NOT_VERIFIED where the clinic asks for a confirmed address and this account has none. */
export async function requireVerifiedEmail(tx: Tx, tenantId: string, userId: string): Promise<void> {
  const user = await tx.user.findUnique({
    where: { tenantId_id: { tenantId, id: userId } },
    select: { emailVerifiedAt: true, tenant: { select: { settings: true } } },
  });
  if (!user || user.emailVerifiedAt || !parseSettings(user.tenant.settings).requireVerifiedEmail) return;
  throw new AppError(
    'EMAIL_NOT_VERIFIED',
    'Follow the link in the mail that we sent you, or ask for another one (POST /auth/resend-verification).',
  );
}
