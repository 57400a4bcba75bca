/**
 * Making an account where mail is sent: the answer is the same, and costs the same, whether or not the clinic has the
 * address already; what is true is told to its owner alone, by mail. docs/adr/registration.md says why.
 */
import { databaseFault } from '../../platform/db/faults.ts';
import type { Tx } from '../../platform/db/scope.ts';
import type { PublicContext } from '../../platform/http/route.ts';
import type { IdentityDeps } from '../auth/deps.ts';
import { newPatientAccount, requireClinic } from '../auth/register.ts';
import type { Registration } from '../auth/schema.ts';
import { aboutAccount } from './account.ts';
import type { Clinic } from './clinic.ts';
import { type CheckMail, checkMail } from './schema.ts';
import { sendConfirmation, sendHaveAccount } from './send-link.ts';

/** Throws INVALID_INPUT on an unknown clinic or a bad password. */
export async function registerByMail(
  deps: IdentityDeps,
  input: Registration,
  { tenantDb }: Pick<PublicContext, 'tenantDb'>,
): Promise<CheckMail> {
  deps.passwords.requireRoom();
  const clinic = await requireClinic(deps, input);
  const tenantId = clinic.id;
  const newcomer = { ...input, passwordHash: await deps.passwords.hash(input.password) };
  const db = tenantDb(tenantId);
  const admit = () =>
    db.run(async (tx) => {
      const where = { tenantId_email: { tenantId, email: input.email } };
      const select = { id: true, email: true, displayName: true, emailVerifiedAt: true } as const;
      const taken = await tx.user.findUnique({ where, select });
      if (taken) {
        aboutAccount(db, taken.id);
        return tellOwner(deps, tx, { ...taken, clinic });
      }
      const id = await newPatientAccount(deps, tx, tenantId, newcomer);
      aboutAccount(db, id);
      await sendConfirmation(deps, tx, { ...newcomer, id, clinic, emailVerifiedAt: null });
    });
  await admit().catch((error: unknown) => {
    // Somebody was quicker with the same address: by now it is taken.
    if (databaseFault(error)?.sqlState !== '23505') throw error;
    return admit();
  });
  return checkMail;
}

/** Runs as many statements as making an account does, so that the time tells nothing. */
async function tellOwner(
  deps: IdentityDeps,
  tx: Tx,
  owner: { id: string; email: string; displayName: string; emailVerifiedAt: Date | null; clinic: Clinic },
): Promise<void> {
  const patientAndUser = 2;
  await spend(tx, patientAndUser);
  const linkAndMail = 3;
  if (!(await sendHaveAccount(deps, tx, owner))) await spend(tx, linkAndMail);
}

async function spend(tx: Tx, statements: number): Promise<void> {
  for (let n = 0; n < statements; n += 1) await tx.$queryRaw`select 1`;
}
