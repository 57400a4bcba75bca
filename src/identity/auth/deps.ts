/** What the sign-in use cases need. */
import type { Clock } from '../../platform/clock.ts';
import type { Database, Tx } from '../../platform/db/scope.ts';
import type { Sealer } from '../../platform/sealer.ts';
import type { TrustedIssuer } from '../../platform/trusted-issuers.ts';
import type { AccountParts } from '../accounts/deps.ts';
import type { LoginGuard } from './login-guard.ts';
import type { Passwords } from './passwords.ts';
import type { Tokens } from './tokens.ts';

/** Where the record of a new patient is kept; src/records is behind it in production. */
export interface PatientRecords {
  /** Adds a patient in the caller's transaction and gives their id. */
  create(tx: Tx, patient: { tenantId: string; name: string }): Promise<string>;
}

/** Where the record of a new practitioner is kept; src/scheduling is behind it in production. */
export interface PractitionerRecords {
  /** Adds a practitioner in the caller's transaction and gives their id. */
  create(tx: Tx, practitioner: { tenantId: string; name: string }): Promise<string>;
}

/** How somebody whose account was made for them hears of it. */
export interface Invitations {
  /** Mails a link by which the person chooses a password, once the caller's transaction commits. */
  send(tx: Tx, user: { tenantId: string; userId: string }): Promise<void>;
}

export interface IdentityDeps extends AccountParts {
  database: Database;
  tokens: Tokens;
  passwords: Passwords;
  patients: PatientRecords;
  practitioners: PractitionerRecords;
  /** Left out where no mail can be sent. */
  invitations?: Invitations | undefined;
  guard: LoginGuard;
  /** Seals the secrets of authenticator apps. */
  factorSealer: Sealer;
  /** Portals whose sign-ins may be linked with accounts. */
  trustedIssuers?: readonly TrustedIssuer[];
  /** Told when a key is revoked. */
  apiKeys: { forget(): void };
  clock: Clock;
}
