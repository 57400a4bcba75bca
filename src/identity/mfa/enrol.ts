/** Setting up, renewing and giving up the own second factor. */

import type { Tx } from '../../platform/db/scope.ts';
import { AppError } from '../../platform/errors.ts';
import type { RequestContext } from '../../platform/http/route.ts';
import { requirePassword } from '../accounts/change-password.ts';
import type { IdentityDeps } from '../auth/deps.ts';
import { lockUser, outdateAccessTokens } from '../sessions/revoke.ts';
import { readMe } from '../users/me.ts';
import { countRecoveryCodes, replaceRecoveryCodes } from './recovery-codes.ts';
import type { MfaState, RecoveryCodes, TotpBegun } from './schema.ts';
import { findFactor, type Owner, type Passed, passSecondFactor, sealSecret, stepNow } from './second-factor.ts';
import { tellOwner } from './tell-owner.ts';
import { newTotpSecret, totpUri } from './totp.ts';

type Context = Pick<RequestContext, 'actor' | 'db' | 'address'>;

export function readMfa({ db, actor: { userId } }: Context): Promise<MfaState> {
  return db.run(async (tx) => {
    const { mfa } = await readMe(tx, db.tenantId, userId);
    return { ...mfa, recoveryCodesLeft: await countRecoveryCodes(tx, { tenantId: db.tenantId, userId }) };
  });
}

/**
 * Gives a secret for the app, which counts once it is confirmed; asking again replaces it. Throws INVALID_INPUT when the
 * password is wrong, CONFLICT when a second factor is there already.
 */
export async function beginTotp(deps: IdentityDeps, context: Context, password: string): Promise<TotpBegun> {
  const { db } = context;
  const account = await requirePassword(deps, context, password, 'password');
  const secret = newTotpSecret();
  const owner = ownerOf(context);
  return db.run(async (tx) => {
    about(context);
    await lockUser(tx, owner.tenantId, owner.userId);
    if ((await findFactor(tx, owner))?.confirmedAt) throw thereAlready();
    const begun = { sealedSecret: sealSecret(deps, owner, secret), lastStep: 0, failures: 0, lastFailedAt: null };
    await tx.secondFactor.upsert({
      where: { tenantId_userId: owner },
      create: { ...owner, ...begun },
      update: begun,
      select: { userId: true },
    });
    return { secret, uri: totpUri(secret, { issuer: account.clinic.name, label: account.email }) };
  });
}

/**
 * From here on sign-ins need a code. Gives the recovery codes. The other sign-ins go on. Throws INVALID_INPUT when the code is
 * wrong, CONFLICT when nothing was begun or it was confirmed before.
 */
export async function confirmTotp(deps: IdentityDeps, context: Context, code: string): Promise<RecoveryCodes> {
  const { db } = context;
  const owner = ownerOf(context);
  const confirmed = await db.run(async (tx) => {
    about(context);
    await lockUser(tx, owner.tenantId, owner.userId);
    const factor = await findFactor(tx, owner);
    if (factor?.confirmedAt) throw thereAlready();
    if (!factor) throw new AppError('CONFLICT', 'Begin by POST /auth/mfa/totp.');
    const now = deps.clock.now();
    const lastStep = stepNow(deps, factor, code, now);
    const where = { tenantId_userId: owner };
    if (lastStep === undefined) {
      db.refused('INVALID_INPUT');
      await tx.secondFactor.update({ where, data: { failures: factor.failures + 1, lastFailedAt: now } });
      return undefined;
    }
    await tx.secondFactor.update({ where, data: { confirmedAt: now, lastStep, failures: 0 } });
    await tellOwner(deps, tx, owner, 'secondFactorOn');
    return { recoveryCodes: await replaceRecoveryCodes(tx, owner) };
  });
  if (!confirmed) throw wrongCode();
  return confirmed;
}

/**
 * Gives up the second factor. Access tokens that are out are good no more: the next one says what is left where the clinic
 * asks for one. Throws INVALID_INPUT when password or code are wrong, CONFLICT when there is none.
 */
export async function endTotp(
  deps: IdentityDeps,
  context: Context,
  { password, code }: { password: string; code: string },
): Promise<void> {
  await requirePassword(deps, context, password, 'password');
  await withCode(deps, context, code, async (tx, owner) => {
    await tx.recoveryCode.deleteMany({ where: owner });
    await tx.secondFactor.delete({ where: { tenantId_userId: owner } });
    await outdateAccessTokens(tx, owner);
    await tellOwner(deps, tx, owner, 'secondFactorOff');
  });
}

/** A new set of recovery codes. Throws as endTotp. */
export async function renewRecoveryCodes(deps: IdentityDeps, context: Context, code: string): Promise<RecoveryCodes> {
  return withCode(deps, context, code, async (tx, owner) => ({ recoveryCodes: await replaceRecoveryCodes(tx, owner) }));
}

type Work<T> = (tx: Tx, owner: Owner) => Promise<T>;

async function withCode<T>(deps: IdentityDeps, context: Context, code: string, work: Work<T>): Promise<T> {
  const { db } = context;
  const owner = ownerOf(context);
  const done = await db.run(async (tx): Promise<{ answer: T } | { refused: Exclude<Passed, 'right'> }> => {
    about(context);
    const passed = await passSecondFactor(deps, tx, owner, code);
    if (passed === 'right') {
      const answer = await work(tx, owner);
      db.reply(answer);
      return { answer };
    }
    db.refused(passed === 'wrong' ? 'INVALID_INPUT' : 'CONFLICT');
    return { refused: passed };
  });
  if ('answer' in done) return done.answer;
  throw done.refused === 'wrong' ? wrongCode() : new AppError('CONFLICT', 'There is no second factor.');
}

function ownerOf({ db, actor }: Context): Owner {
  return { tenantId: db.tenantId, userId: actor.userId };
}

function about({ db, actor }: Context): void {
  db.about({ entity: { type: 'User', id: actor.userId } });
}

function thereAlready(): AppError {
  return new AppError('CONFLICT', 'There is a second factor already. Give it up first.');
}

function wrongCode(): AppError {
  return new AppError('INVALID_INPUT', 'The code is wrong, or was used before.', {
    faults: [{ path: 'code', message: 'Is wrong, or was used before' }],
  });
}
