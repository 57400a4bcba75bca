/**
 * Which access tokens are good no more although they have not run out, in memory, so that asking costs no query. The table
 * `revocation` is the truth. The process that revokes knows with its commit, the others by NOTIFY a moment later; reading
 * the table again every few seconds is the floor under both.
 */
import { z } from 'zod';
import type { Actor } from '../../platform/actor.ts';
import { type Clock, systemClock } from '../../platform/clock.ts';
import { Listener } from '../../platform/db/listener.ts';
import { type Database, withoutTenant_forNamedJob } from '../../platform/db/scope.ts';
import { AppError } from '../../platform/errors.ts';
import type { VerifyAccess } from '../../platform/http/authenticate.ts';
import type { Logger } from '../../platform/logger.ts';
import { tryParse } from '../../platform/try-parse.ts';
import { type RevocationFact, type RevocationKind, revocationChannel } from './revoke.ts';
import { Revoked, type Standing } from './revoked.ts';

export interface RevocationListDeps {
  database: Database;
  logger: Logger;
  /** By which revocations are stamped: the database's. */
  clock?: Clock;
  /** How long a node that hears no NOTIFY may believe a revoked token. */
  rereadMs?: number;
}

const usualRereadMs = 3_000;
/** A row is stamped before its transaction commits, which takes 10 s at the longest, and clocks differ. */
const overlapMs = 60_000;

const Fact = z.object({
  tenantId: z.string(),
  kind: z.enum(['session', 'user', 'access']),
  subjectId: z.string(),
  atMs: z.number(),
  untilMs: z.number(),
}) satisfies z.ZodType<RevocationFact>;

export class RevocationList {
  readonly #deps: RevocationListDeps;
  readonly #listener: Listener;
  readonly #revoked = new Revoked();
  readonly #watchers = new Set<() => void>();
  readonly #stopHearing: () => void;
  #timer: NodeJS.Timeout | undefined;
  #reading: Promise<void> | undefined;
  /** When the last reading that succeeded began. */
  #readAt = 0;
  #failing = false;

  private constructor(deps: RevocationListDeps) {
    this.#deps = deps;
    this.#stopHearing = deps.database.signals.on(revocationChannel, (fact) => this.#add([fact as RevocationFact]));
    this.#listener = new Listener({
      pool: deps.database.pool,
      channel: revocationChannel,
      logger: deps.logger,
      onPayload: (payload) => this.#hear(payload),
      onListening: () => void this.reread(),
    });
  }

  /** Resolves when the list is read: nobody may be let in before. */
  static async open(deps: RevocationListDeps): Promise<RevocationList> {
    const list = new RevocationList(deps);
    try {
      await list.#listener.start();
      await list.#read();
    } catch (error) {
      await list.close();
      throw error;
    }
    list.#timer = setInterval(() => void list.reread(), deps.rereadMs ?? usualRereadMs).unref();
    return list;
  }

  /** Undefined while the actor's credentials are good. */
  standing(actor: Actor): Standing | undefined {
    return this.#revoked.standing(actor);
  }

  /** Calls back when something was revoked: look at `standing` again. Gives back how to stop that. */
  onRevoked(watcher: () => void): () => void {
    this.#watchers.add(watcher);
    return () => void this.#watchers.delete(watcher);
  }

  /** Reads what the table has besides. Never rejects: the next one tries again. */
  async reread(): Promise<void> {
    await (this.#reading ??= this.#read()
      .then(
        () => {
          this.#failing = false;
        },
        (error: unknown) => {
          if (!this.#failing) this.#deps.logger.warn({ err: error }, 'revocations cannot be read now, trying again');
          this.#failing = true;
        },
      )
      .finally(() => {
        this.#reading = undefined;
      }));
  }

  /** Idempotent. */
  async close(): Promise<void> {
    clearInterval(this.#timer);
    this.#stopHearing();
    this.#watchers.clear();
    await this.#listener.close();
    await this.#reading;
  }

  async #read(): Promise<void> {
    const began = (this.#deps.clock ?? systemClock).now().getTime();
    const since = new Date(Math.max(0, this.#readAt - overlapMs));
    const rows = await withoutTenant_forNamedJob(
      this.#deps.database.prisma,
      'read-revocations',
      (tx) => tx.$queryRaw<Row[]>`select tenant_id, kind::text, subject_id, at, until from revocations_since(${since})`,
    );
    this.#readAt = began;
    this.#add(rows.map(toFact));
    this.#revoked.forget(began);
  }

  #hear(payload: string): void {
    const parsed = tryParse(Fact, parseJson(payload));
    if (parsed.success) this.#add([parsed.data]);
    else this.#deps.logger.error('what was notified is no revocation');
  }

  #add(facts: readonly RevocationFact[]): void {
    const news = facts.filter((fact) => this.#revoked.add(fact));
    if (news.length > 0) for (const watcher of this.#watchers) watcher();
  }
}

/** Verifies as `verify` does, and refuses what was revoked besides. */
export function refusingRevoked(verify: VerifyAccess, list: Pick<RevocationList, 'standing'>): VerifyAccess {
  return async (token) => {
    const actor = await verify(token);
    const standing = list.standing(actor);
    if (standing === 'ended') throw new AppError('UNAUTHENTICATED', 'This sign-in has ended. Sign in again.');
    if (standing === 'outdated') throw new AppError('UNAUTHENTICATED', 'The access token is out of date. Refresh it.');
    return actor;
  };
}

interface Row {
  tenant_id: string;
  kind: RevocationKind;
  subject_id: string;
  at: Date;
  until: Date;
}

function toFact({ tenant_id, kind, subject_id, at, until }: Row): RevocationFact {
  return { tenantId: tenant_id, kind, subjectId: subject_id, atMs: at.getTime(), untilMs: until.getTime() };
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
