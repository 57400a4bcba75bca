/** A new clinic with its first admin: what an installation begins with. */
import type { Database } from '../../platform/db/scope.ts';
import { AppError } from '../../platform/errors.ts';
import { newId } from '../../platform/ids.ts';
import type { Passwords } from '../auth/passwords.ts';
import { findTenant } from './find-tenant.ts';
import { TenantSettings } from './schema.ts';

export interface NewClinic {
  slug: string;
  name: string;
  settings: TenantSettings;
  admin: { email: string; displayName: string; password: string };
}

/** Gives the tenant's id. ALREADY_EXISTS when the slug is taken. */
export async function createClinic(database: Database, passwords: Passwords, clinic: NewClinic): Promise<string> {
  if (await findTenant(database, clinic.slug))
    throw new AppError('ALREADY_EXISTS', 'A clinic with this slug exists already.');
  const id = newId();
  const { email, displayName, password } = clinic.admin;
  const passwordHash = await passwords.hash(password);
  await database.tenant(id).run(async (tx) => {
    await tx.tenant.create({ data: { id, slug: clinic.slug, name: clinic.name, settings: clinic.settings } });
    // Whoever installs the clinic vouches for its first address.
    const account = { id: newId(), tenantId: id, email, displayName, passwordHash, emailVerifiedAt: new Date() };
    await tx.user.create({ data: { ...account, roles: ['admin'] } });
  });
  return id;
}
