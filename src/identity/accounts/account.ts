/** The account that a request is about, read before the transaction that changes it. */
import type { TenantDb, Tx } from '../../platform/db/scope.ts';
import { AppError } from '../../platform/errors.ts';
import { type Clinic, readClinic } from './clinic.ts';

export interface Account {
  id: string;
  email: string;
  displayName: string;
  passwordHash: string;
  emailVerifiedAt: Date | null;
  clinic: Clinic;
}

const columns = {
  id: true,
  email: true,
  displayName: true,
  passwordHash: true,
  emailVerifiedAt: true,
  isActive: true,
} as const;

/** Throws UNAUTHENTICATED when it is gone or switched off. */
export async function readAccount(tx: Tx, tenantId: string, userId: string): Promise<Account> {
  const row = await tx.user.findUnique({ where: { tenantId_id: { tenantId, id: userId } }, select: columns });
  if (!row?.isActive) throw new AppError('UNAUTHENTICATED', 'This account cannot be used.');
  return { ...row, clinic: await readClinic(tx, tenantId) };
}

/** Undefined unless the clinic has an active account with this address. */
export async function findAccount(tx: Tx, tenantId: string, email: string): Promise<Account | undefined> {
  const row = await tx.user.findUnique({ where: { tenantId_email: { tenantId, email } }, select: columns });
  return row?.isActive ? { ...row, clinic: await readClinic(tx, tenantId) } : undefined;
}

/** The clinic's names, which everybody would try as a password. */
export function clinicNames({ name, slug }: Clinic): string[] {
  return [name, slug];
}

/** Says in the audit trail whose account it is. */
export function aboutAccount(db: TenantDb, userId: string): void {
  db.about({ entity: { type: 'User', id: userId } });
}
