/** One request's or call's part in the audit trail: an entry in each tenant whose door it opened, whatever becomes of it. */
import type { Actor } from '../actor.ts';
import type { AppError } from '../errors.ts';
import type { Logger } from '../logger.ts';
import { type AuditOccasion, type AuditRecord, openRecord } from './audit-trail.ts';
import type { AuditWho, Database, TenantDb } from './scope.ts';

export interface Audit {
  /** The door to a tenant's data. The first transaction through it that is kept carries the entry. */
  tenantDb(tenantId: string, actor?: Actor): TenantDb;
  /** Writes what no transaction carried. Call it before the answer leaves; throws when it cannot be written. */
  succeeded(): Promise<void>;
  /** Writes a refusal or a failure, unless an entry is there that tells of the work. Never rejects. */
  failed(error: AppError): Promise<void>;
  /** Whether there is a tenant whose trail tells of this. */
  readonly hasTenant: boolean;
}

/** Refused to keep load away: an entry for each would be that load. The request log counts them. */
const unrecorded: ReadonlySet<string> = new Set(['RATE_LIMITED']);

/** What leaves no entry, as its declaration says, gets the doors alone. */
export function unaudited(database: Database): Audit {
  return {
    tenantDb: (tenantId) => database.tenant(tenantId),
    succeeded: async () => {},
    failed: async () => {},
    hasTenant: true,
  };
}

export function openAudit(database: Database, occasion: AuditOccasion, logger: Logger): Audit {
  const opened = new Map<string, { record: AuditRecord; db: TenantDb }>();
  const open = (tenantId: string, who: AuditWho) => {
    const record = openRecord(tenantId, occasion, who);
    const made = { record, db: database.tenant(tenantId, record) };
    opened.set(tenantId, made);
    return made;
  };
  return {
    get hasTenant() {
      return [...opened.values()].some(({ record }) => record.isKnown);
    },
    tenantDb(tenantId, actor) {
      const { record, db } = opened.get(tenantId) ?? open(tenantId, actor ? whoOf(actor) : nobody);
      if (actor) record.about({ actor: whoOf(actor) });
      return db;
    },
    async succeeded() {
      for (const [tenantId, { record }] of opened) {
        const entry = record.statement();
        if (!entry) continue;
        let kept = false;
        try {
          kept = await database.tenant(tenantId).writeIf(() => entry);
        } finally {
          record.settled(kept);
        }
      }
    },
    async failed(error) {
      if (unrecorded.has(error.code)) return;
      const result = error.status < 500 ? 'refused' : 'failed';
      for (const [tenantId, { record }] of opened) {
        if (record.isTaken || !record.isKnown) continue;
        try {
          await database.tenant(tenantId).writeIf(() => record.failure(error.code, result));
        } catch (fault) {
          logger.error(
            { err: fault, tenantId, action: occasion.action, code: error.code },
            'no audit entry was written',
          );
        }
      }
    },
  };
}

const nobody: AuditWho = { kind: 'anonymous', id: null, roles: [] };

export function whoOf(actor: Actor): AuditWho {
  const { kind, userId: id } = actor;
  // No account is behind the id of a guest; the role tells so.
  return kind === 'guest' ? { kind: 'person', id, roles: [kind] } : { kind, id, roles: actor.roles };
}
