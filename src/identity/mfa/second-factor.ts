/** Whether somebody holds their second factor: a code of their app, or one of their recovery codes. */
import type { Clock } from '../../platform/clock.ts';
import type { Tx } from '../../platform/db/scope.ts';
import { AppError } from '../../platform/errors.ts';
import type { Sealer } from '../../platform/sealer.ts';
import { lockUser, revokeUserSessions } from '../sessions/revoke.ts';
import { useRecoveryCode } from './recovery-codes.ts';
import { totpStep } from './totp.ts';

export interface FactorDeps {
  /** Seals the secrets that apps and we share. */
  factorSealer: Sealer;
  clock: Clock;
}

export interface Owner {
  tenantId: string;
  userId: string;
}

/** `none`: the person has no second factor that counts. A wrong code is counted: commit it, although the caller is refused. */
export type Passed = 'right' | 'wrong' | 'none';

/** So many wrong codes in a row are free; each further one doubles the pause. */
const freeFailures = 5;
const firstPauseSeconds = 30;
const longestPauseSeconds = 15 * 60;

/**
 * Checks a code and uses it up: neither a code nor an earlier one is taken again (RFC 6238, section 5.2), however many ask
 * at once. Throws RATE_LIMITED after too many wrong ones, whoever and wherever they came from; a recovery code, which
 * nobody can guess, is taken in the pause as well.
 */
export async function passSecondFactor(deps: FactorDeps, tx: Tx, owner: Owner, code: string): Promise<Passed> {
  await lockUser(tx, owner.tenantId, owner.userId);
  const factor = await findFactor(tx, owner);
  if (!factor?.confirmedAt) return 'none';
  const now = deps.clock.now();
  const where = { tenantId_userId: owner };
  const step = isAppCode(code) ? stepNow(deps, factor, code, now) : undefined;
  if (step !== undefined) {
    const sealedSecret = sealSecret(deps, owner, openSecret(deps, factor));
    await tx.secondFactor.update({ where, data: { lastStep: step, failures: 0, sealedSecret } });
    return 'right';
  }
  if (!isAppCode(code) && (await useRecoveryCode(tx, owner, code, now))) {
    await tx.secondFactor.update({ where, data: { failures: 0 } });
    return 'right';
  }
  await tx.secondFactor.update({ where, data: { failures: factor.failures + 1, lastFailedAt: now } });
  return 'wrong';
}

interface Factor {
  tenantId: string;
  userId: string;
  sealedSecret: string;
  confirmedAt: Date | null;
  lastStep: number;
  failures: number;
  lastFailedAt: Date | null;
}

export function findFactor(tx: Tx, owner: Owner): Promise<Factor | null> {
  return tx.secondFactor.findUnique({ where: { tenantId_userId: owner } });
}

/** The step of a code that is right and newer than any before. */
export function stepNow(deps: FactorDeps, factor: Factor, code: string, now: Date): number | undefined {
  requireNoPause(factor, now);
  const step = totpStep(openSecret(deps, factor), code.replaceAll(/\s/g, ''), now);
  return step !== undefined && step > factor.lastStep ? step : undefined;
}

function requireNoPause({ failures, lastFailedAt }: Factor, now: Date): void {
  if (failures < freeFailures || !lastFailedAt) return;
  const pause = Math.min(firstPauseSeconds * 2 ** (failures - freeFailures), longestPauseSeconds);
  const leftMs = lastFailedAt.getTime() + pause * 1_000 - now.getTime();
  if (leftMs <= 0) return;
  throw new AppError('RATE_LIMITED', 'Too many wrong codes. Wait before you try again, or use a recovery code.', {
    retryAfter: leftMs / 1_000,
  });
}

/** Six digits, with a space where apps show one; anything else can only be a recovery code. */
const isAppCode = (code: string): boolean => /^\d{3}\s?\d{3}$/.test(code.trim());

/** Sealed anew with each use, so that an old key of ENCRYPTION_KEY is needed no longer than until everybody was here. */
export function sealSecret({ factorSealer }: FactorDeps, owner: Owner, secret: string): string {
  return factorSealer.seal(secret, placeOf(owner)).toString('base64');
}

function openSecret(
  { factorSealer }: FactorDeps,
  { sealedSecret, ...owner }: Owner & { sealedSecret: string },
): string {
  return factorSealer.open(Buffer.from(sealedSecret, 'base64'), placeOf(owner));
}

const placeOf = ({ tenantId, userId }: Owner): string => `${tenantId}/${userId}`;

/**
 * For an administrator whose colleague has lost both phone and recovery codes: the second factor goes and every sign-in
 * ends. False when there was none.
 */
export async function resetSecondFactor(tx: Tx, owner: Owner): Promise<boolean> {
  await revokeUserSessions(tx, { ...owner, because: 'second_factor_reset' });
  await tx.recoveryCode.deleteMany({ where: owner });
  const { count } = await tx.secondFactor.deleteMany({ where: owner });
  return count > 0;
}
