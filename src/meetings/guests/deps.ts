import type { Tokens } from '../../identity/index.ts';
import type { Clock } from '../../platform/clock.ts';
import type { Database } from '../../platform/db/scope.ts';

export interface GuestDeps {
  database: Database;
  clock: Clock;
  /** Issue the access tokens that guests join with. */
  tokens: Pick<Tokens, 'issueAccess'>;
  /** Where the web client is served. */
  publicUrl(): string;
  /** Heard after each commit: the outbox has a fact. */
  onChanged(): void;
}
