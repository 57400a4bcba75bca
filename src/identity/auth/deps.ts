/** What the sign-in use cases need. */
import type { Clock } from '../../platform/clock.ts';
import type { Database, Tx } from '../../platform/db/scope.ts';
import type { LoginGuard } from './login-guard.ts';
import type { Passwords } from './passwords.ts';
import type { Tokens } from './tokens.ts';

/** Where the record of a new patient is kept; src/records is behind it in production. */
export interface PatientRecords {
  /** Adds a patient in the caller's transaction and gives their id. */
  create(tx: Tx, patient: { tenantId: string; name: string }): Promise<string>;
}

export interface IdentityDeps {
  database: Database;
  tokens: Tokens;
  passwords: Passwords;
  patients: PatientRecords;
  guard: LoginGuard;
  clock: Clock;
}
