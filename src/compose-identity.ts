/** The part of the composition root that has to do with who people are: accounts, tokens, keys, and who lost them. */
import { type MailDesk, openAccountParts } from './compose-accounts.ts';
import {
  ApiKeyVerifier,
  acceptingPortals,
  createBypass,
  createInvitations,
  createLoginGuard,
  createPasswords,
  createTokens,
  HashThreads,
  type IdentityDeps,
  noLoginGuard,
  RevocationList,
  refusingRevoked,
  rememberVerified,
  type Tokens,
} from './identity/index.ts';
import type { Clock } from './platform/clock.ts';
import type { Config } from './platform/config.ts';
import type { Database } from './platform/db/scope.ts';
import type { VerifyAccess } from './platform/http/authenticate.ts';
import type { Lifecycle } from './platform/lifecycle.ts';
import type { Counters } from './platform/limits/counters.ts';
import type { Logger } from './platform/logger.ts';
import { createSealer } from './platform/sealer.ts';
import { keptSecret } from './platform/secrets.ts';
import { createPatient } from './records/index.ts';
import { createPractitioner } from './scheduling/directory/index.ts';

interface Base {
  config: Config;
  parts: { passwordCost?: number };
  logger: Logger;
  lifecycle: Lifecycle;
  clock: Clock;
}

interface Needs {
  /** By which tokens and keys run out, on all nodes: the real one, and not the clinical. */
  time: Clock;
  database: Database;
  counters: Counters;
  mail: MailDesk;
  encryptionKey: string;
  publicUrl(): string;
}

export interface Identity {
  deps: IdentityDeps;
  /** Who has lost what they had: for the sockets that are open. */
  revocations: RevocationList;
  /** Ways in. */
  doors: {
    verifyAccess: VerifyAccess;
    verifyKey: VerifyAccess;
    bypass: VerifyAccess | undefined;
    jwks: Tokens['jwks'];
  };
}

export async function openIdentity(base: Base, needs: Needs): Promise<Identity> {
  const { config, parts, logger, lifecycle, clock } = base;
  const { database, time, counters, mail, encryptionKey, publicUrl } = needs;
  const tokens = await openTokens(config, time);
  const revocations = await RevocationList.open({ database, logger, clock: time });
  lifecycle.onStop('revocations', () => revocations.close());
  const apiKeys = new ApiKeyVerifier({ database, logger, clock: time });
  lifecycle.onStop('api-keys', () => apiKeys.close());
  const deps: IdentityDeps = {
    ...openAccountParts(base, { postbox: mail.postbox, publicUrl }),
    database,
    tokens,
    clock,
    passwords: createPasswords({ bcrypt: openThreads(base), ...(parts.passwordCost && { cost: parts.passwordCost }) }),
    patients: { create: createPatient },
    practitioners: { create: createPractitioner },
    apiKeys,
    trustedIssuers: config.jwt.trustedIssuers,
    guard: config.http.rateLimits ? createLoginGuard({}, counters) : noLoginGuard,
    factorSealer: createSealer(encryptionKey, 'second-factor'),
  };
  if (mail.postbox.canMail) deps.invitations = createInvitations(deps);
  const portals = { ...deps, issuers: config.jwt.trustedIssuers, logger };
  const verifyAccess = refusingRevoked(
    acceptingPortals(rememberVerified(tokens.verifyAccess, { clock: time }), portals),
    revocations,
  );
  const bypass = openBypass(base, database);
  return { deps, revocations, doors: { verifyAccess, verifyKey: apiKeys.verify, bypass, jwks: tokens.jwks } };
}

async function openTokens({ jwt, dataDir }: Config, clock: Clock): Promise<Tokens> {
  const secret = jwt.secret ?? (jwt.privateKey ? undefined : await keptSecret(dataDir, 'jwt-secret'));
  return createTokens({ ...jwt, secret, clock });
}

/** Being somebody by naming them: only while developing, and said at each start. */
function openBypass({ config, logger }: Base, database: Database): VerifyAccess | undefined {
  if (!config.jwt.bypass || config.production) return undefined;
  logger.warn('AUTH_BYPASS is on: whoever uses this machine can be anybody');
  return createBypass(database);
}

/** bcrypt on its own threads. */
function openThreads({ lifecycle }: Base): HashThreads {
  const threads = new HashThreads();
  lifecycle.onStop('bcrypt', () => threads.close());
  return threads;
}
