/** What is revoked now, to be looked up with every request: by tenant, then by what the tokens name. */
import type { Actor } from '../../platform/actor.ts';
import type { RevocationFact, RevocationKind } from './revoke.ts';

/** `ended`: sign in again. `outdated`: the sign-in goes on, a refresh gives a token that is good. */
export type Standing = 'ended' | 'outdated';

type OfTenant = Record<RevocationKind, Map<string, RevocationFact>>;

export class Revoked {
  readonly #tenants = new Map<string, OfTenant>();

  /** False when as much was known. The latest word on a user covers the earlier ones. */
  add(fact: RevocationFact): boolean {
    const { tenantId, kind, subjectId, atMs } = fact;
    const facts = this.#tenants.get(tenantId) ?? { session: new Map(), user: new Map(), access: new Map() };
    this.#tenants.set(tenantId, facts);
    const known = facts[kind].get(subjectId);
    if (known && known.atMs >= atMs) return false;
    facts[kind].set(subjectId, fact);
    return true;
  }

  /** Undefined while the actor's credentials are good. */
  standing({ tenantId, sessionId, userId, issuedAt }: Actor): Standing | undefined {
    const facts = this.#tenants.get(tenantId);
    if (!facts) return undefined;
    if (facts.session.has(sessionId)) return 'ended';
    const since = issuedAt.getTime();
    if (since < (facts.user.get(userId)?.atMs ?? 0)) return 'ended';
    return since < (facts.access.get(userId)?.atMs ?? 0) ? 'outdated' : undefined;
  }

  /** Forgets what every token that it is about has outlived. */
  forget(nowMs: number): void {
    for (const [tenantId, facts] of this.#tenants) {
      const kinds = Object.values(facts);
      for (const kind of kinds) {
        for (const [subjectId, { untilMs }] of kind) if (untilMs < nowMs) kind.delete(subjectId);
      }
      if (kinds.every((kind) => kind.size === 0)) this.#tenants.delete(tenantId);
    }
  }
}
