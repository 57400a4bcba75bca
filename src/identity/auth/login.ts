/** Signing in by e-mail and password. */
import { type Database, type TenantDb, type Tx, withoutTenant_forNamedJob } from '../../platform/db/scope.ts';
import { AppError } from '../../platform/errors.ts';
import { newId } from '../../platform/ids.ts';
import { requireVerifiedEmail } from '../accounts/clinic.ts';
import { passSecondFactor } from '../mfa/second-factor.ts';
import { findTenant } from '../tenants/find-tenant.ts';
import type { IdentityDeps } from './deps.ts';
import type { Login } from './schema.ts';
import { type Door, openSession, type Session, toSession } from './session.ts';

interface Candidate {
  tenantId: string;
  userId: string;
  passwordHash: string;
  /** Whether there is a second factor. */
  needsCode: boolean;
}

/**
 * Throws INVALID_CREDENTIALS in the same words and after the same work whether the account or the password is wrong, and
 * INVALID_INPUT on `tenant` when e-mail and password fit accounts of several clinics. With both right, MFA_REQUIRED as long as
 * a code is missing.
 */
export async function login(deps: IdentityDeps, input: Login, { tenantDb, ...device }: Door): Promise<Session> {
  deps.passwords.requireRoom();
  await deps.guard.attempt(input.email, device.address);
  const candidates = await findCandidates(deps.database, input);
  const matching = await verifyAll(deps, input.password, candidates);
  const [user, another] = matching;
  if (!user) {
    // Whose account it is about stands in that clinic's trail; an address that nobody has, in none.
    for (const { tenantId, userId } of candidates) tenantDb(tenantId).about({ entity: { type: 'User', id: userId } });
    throw new AppError('INVALID_CREDENTIALS');
  }
  // A wrong code counts as a wrong password does; a missing one is no attempt.
  if (another || !user.needsCode || input.code === undefined) await deps.guard.succeeded(input.email, device.address);
  if (another) throw severalClinics();
  const db = tenantDb(user.tenantId);
  const opened = await db.run(async (tx) => {
    const passed = await requireFactor(deps, tx, db, user, input.code);
    if (!passed) return undefined;
    db.about({ entity: { type: 'User', id: user.userId } });
    await requireVerifiedEmail(tx, user.tenantId, user.userId);
    return openSession(tx, db, user.userId, { now: deps.clock.now(), device });
  });
  if (!opened) throw new AppError('INVALID_CREDENTIALS', 'The code is wrong, or was used before.');
  if (user.needsCode) await deps.guard.succeeded(input.email, device.address);
  return toSession(deps, opened);
}

/** False when the code is wrong, which is to be committed. Throws MFA_REQUIRED when there is none. */
async function requireFactor(
  deps: IdentityDeps,
  tx: Tx,
  db: TenantDb,
  { tenantId, userId, needsCode }: Candidate,
  code: string | undefined,
): Promise<boolean> {
  if (!needsCode) return true;
  db.about({ entity: { type: 'User', id: userId } });
  if (code === undefined) throw new AppError('MFA_REQUIRED', 'Send a code of your app, or a recovery code, along.');
  const passed = await passSecondFactor(deps, tx, { tenantId, userId }, code);
  if (passed === 'wrong') db.refused('INVALID_CREDENTIALS');
  return passed !== 'wrong';
}

async function verifyAll(deps: IdentityDeps, password: string, candidates: readonly Candidate[]): Promise<Candidate[]> {
  if (candidates.length === 0) await deps.passwords.verify(password, undefined);
  const matching: Candidate[] = [];
  for (const candidate of candidates) {
    if (await deps.passwords.verify(password, candidate.passwordHash)) matching.push(candidate);
  }
  return matching;
}

/** Active accounts with this e-mail: in the clinic that was named, else in every clinic. */
async function findCandidates(database: Database, { email, tenant }: Login): Promise<Candidate[]> {
  const tenantIds = tenant === undefined ? await tenantsOf(database, email) : [await findTenant(database, tenant)];
  const known = tenantIds.filter((id) => id !== undefined);
  // Nobody is looked up as somebody is: in a clinic that is not there.
  const asked = known.length > 0 ? known : [newId()];
  const found = await Promise.all(asked.map((id) => findUser(database, id, email)));
  return found.filter((candidate) => candidate !== undefined);
}

async function tenantsOf(database: Database, email: string): Promise<string[]> {
  const rows = await withoutTenant_forNamedJob(
    database.prisma,
    'find-login',
    (tx) => tx.$queryRaw<{ tenantId: string }[]>`select tenant_id as "tenantId" from find_login(${email}::citext)`,
  );
  return rows.map((row) => row.tenantId);
}

async function findUser(database: Database, tenantId: string, email: string): Promise<Candidate | undefined> {
  const user = await database.tenant(tenantId).run((tx) =>
    tx.user.findUnique({
      where: { tenantId_email: { tenantId, email } },
      select: { id: true, passwordHash: true, isActive: true, secondFactor: { select: { confirmedAt: true } } },
    }),
  );
  if (!user?.isActive) return undefined;
  const { id: userId, passwordHash, secondFactor } = user;
  return { tenantId, userId, passwordHash, needsCode: Boolean(secondFactor?.confirmedAt) };
}

function severalClinics(): AppError {
  return new AppError('INVALID_INPUT', 'This account exists in several clinics. Say which one.', {
    faults: [{ path: 'tenant', message: 'Say which clinic you mean' }],
  });
}
