/**
 * Being somebody without a token, while developing: `Authorization: Bypass doctor@demo.clinic`, with the clinic behind
 * another @ where an address belongs to several (`doctor@demo.clinic@demo`). Only src/compose.ts makes one, never in
 * production, and only requests of this machine get to it (src/platform/http/local-request.ts).
 */
import { type Database, withoutTenant_forNamedJob } from '../../platform/db/scope.ts';
import { AppError } from '../../platform/errors.ts';
import type { VerifyAccess } from '../../platform/http/authenticate.ts';
import { newId } from '../../platform/ids.ts';
import { findTenant } from '../tenants/find-tenant.ts';
import { toActor } from '../users/actor.ts';
import { readMe } from '../users/me.ts';

const goodForMs = 30 * 60_000;

/** Takes what stands behind `Bypass`. Throws UNAUTHENTICATED unless it names exactly one account that is active. */
export function createBypass(database: Database): VerifyAccess {
  const sessionId = newId();
  return async (name) => {
    const [, email, slug] = /^([^@\s]+@[^@\s]+)(?:@([^@\s]+))?$/.exec(name) ?? [];
    if (email === undefined) throw refused();
    const tenantId = await oneTenant(database, email, slug);
    const now = new Date();
    return database.tenant(tenantId).run(async (tx) => {
      const user = await tx.user.findUnique({ where: { tenantId_email: { tenantId, email } }, select: { id: true } });
      if (!user) throw refused();
      const expiresAt = new Date(now.getTime() + goodForMs);
      return toActor(await readMe(tx, tenantId, user.id), { sessionId, issuedAt: now, expiresAt });
    });
  };
}

async function oneTenant(database: Database, email: string, slug: string | undefined): Promise<string> {
  if (slug !== undefined) return (await findTenant(database, slug)) ?? refuse();
  const rows = await withoutTenant_forNamedJob(
    database.prisma,
    'find-login',
    (tx) => tx.$queryRaw<{ tenantId: string }[]>`select tenant_id as "tenantId" from find_login(${email}::citext)`,
  );
  const [only, another] = rows;
  return only && !another ? only.tenantId : refuse();
}

function refuse(): never {
  throw refused();
}

function refused(): AppError {
  return new AppError('UNAUTHENTICATED', 'The bypass names no account, or several: Bypass <e-mail>[@<clinic>].');
}
