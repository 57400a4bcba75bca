/** Tells whose an API key is. Known keys are remembered for a few seconds, so that a busy service costs few look-ups. */
import type { Actor } from '../../platform/actor.ts';
import { type Clock, systemClock } from '../../platform/clock.ts';
import { sameBytes } from '../../platform/crypto.ts';
import { type Database, withoutTenant_forNamedJob } from '../../platform/db/scope.ts';
import { AppError } from '../../platform/errors.ts';
import type { Logger } from '../../platform/logger.ts';
import { isScope } from '../auth/scopes.ts';
import { readKey } from './key-text.ts';
import { isForServices } from './policy.ts';

interface Known {
  id: string;
  tenantId: string;
  hash: Uint8Array;
  scopes: string[];
  expiresAt: Date;
}

/** How long a key that was revoked elsewhere may still be taken here. */
const rememberMs = 5_000;
const mostRemembered = 5_000;
const useEveryMs = 60_000;

export class ApiKeyVerifier {
  readonly #database: Database;
  readonly #logger: Logger;
  readonly #clock: Clock;
  readonly #known = new Map<string, { key: Known; until: number; readAt: Date }>();
  /** When the use of a key was last written down, by its id. */
  readonly #used = new Map<string, number>();
  readonly #writes = new Set<Promise<void>>();
  /** Raised by every revocation here: what was looked up before it is not remembered after it. */
  #revocations = 0;

  constructor({ database, logger, clock = systemClock }: { database: Database; logger: Logger; clock?: Clock }) {
    this.#database = database;
    this.#logger = logger;
    this.#clock = clock;
  }

  /** Throws UNAUTHENTICATED in the same words for a key that is unknown, wrong, revoked or over. */
  readonly verify = async (text: string): Promise<Actor> => {
    const ref = readKey(text);
    const found = ref && (await this.#find(ref.prefix));
    if (!ref || !found || !sameBytes(found.key.hash, ref.hash) || found.key.expiresAt <= this.#clock.now())
      throw new AppError('UNAUTHENTICATED', 'The API key is not valid.');
    this.#noteUse(found.key);
    return toActor(found.key, found.readAt);
  };

  /** Forgets all keys: one was revoked here, and none of what is being looked up now is to be remembered. */
  forget(): void {
    this.#revocations += 1;
    this.#known.clear();
  }

  /** Idempotent; waits for what is being written. */
  async close(): Promise<void> {
    await Promise.all(this.#writes);
  }

  async #find(prefix: string): Promise<{ key: Known; readAt: Date } | undefined> {
    const remembered = this.#known.get(prefix);
    if (remembered && remembered.until > this.#clock.now().getTime()) return remembered;
    const revocations = this.#revocations;
    const readAt = this.#clock.now();
    const [key] = await withoutTenant_forNamedJob(
      this.#database.prisma,
      'find-api-key',
      (tx) => tx.$queryRaw<Known[]>`
        select tenant_id as "tenantId", id, hash, scopes, expires_at as "expiresAt" from find_api_key(${prefix})`,
    );
    this.#known.delete(prefix);
    if (!key) return undefined;
    // What nobody has is not remembered: guesses must not push out what somebody has.
    if (revocations === this.#revocations) {
      const [oldest] = this.#known.size >= mostRemembered ? this.#known.keys() : [];
      if (oldest !== undefined) this.#known.delete(oldest);
      this.#known.set(prefix, { key, readAt, until: this.#clock.now().getTime() + rememberMs });
    }
    return { key, readAt };
  }

  /** Written off the request's way and at most once a minute; a failure is logged and made good by the next use. */
  #noteUse({ id, tenantId }: Known): void {
    const now = this.#clock.now().getTime();
    if (now - (this.#used.get(id) ?? 0) < useEveryMs) return;
    this.#used.delete(id);
    this.#used.set(id, now);
    const [oldest] = this.#used.size > mostRemembered ? this.#used.keys() : [];
    if (oldest !== undefined) this.#used.delete(oldest);
    const write = this.#database
      .tenant(tenantId)
      .run(
        (tx) => tx.$executeRaw`
          update api_key set last_used_at = now() where tenant_id = ${tenantId}::uuid and id = ${id}::uuid
            and (last_used_at is null or last_used_at < now() - interval '1 minute')`,
      )
      .then(
        () => undefined,
        (error: unknown) => {
          this.#used.delete(id);
          this.#logger.warn({ err: error, keyId: id }, 'the use of an API key was not written down');
        },
      )
      .finally(() => this.#writes.delete(write));
    this.#writes.add(write);
  }
}

function toActor({ id, tenantId, scopes, expiresAt }: Known, readAt: Date): Actor {
  return {
    kind: 'service',
    userId: id,
    tenantId,
    roles: [],
    scopes: new Set(scopes.filter((scope) => isScope(scope) && isForServices(scope))),
    patientId: null,
    practitionerId: null,
    sessionId: id,
    issuedAt: readAt,
    expiresAt,
  };
}
