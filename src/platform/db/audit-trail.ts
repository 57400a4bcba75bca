/**
 * The audit trail's entries: one a request or call and tenant, made last in the transaction that serves it, so that
 * neither is there without the other (docs/adr/audit-trail.md). What reads and verifies them is in src/records/audit.
 */
import type { ErrorCode } from '../errors.ts';
import { newId } from '../ids.ts';
import { Prisma } from './client.ts';
import type { AuditPurpose, AuditSubject, AuditWho, Closing, ClosingSource } from './scope.ts';

/** What is known of a request or call before it is served. Nothing of it is what a person wrote. */
export interface AuditOccasion {
  /** `meeting.read`. */
  action: string;
  purpose: AuditPurpose;
  requestId: string | null;
  /** The caller's network address. */
  address: string | null;
  /** Shortened, see http/user-agent.ts. */
  userAgent: string | null;
  /** `GET /meetings/:id` or `meeting:join`. */
  route: string;
  /** The ids in the request's address, for a refusal that has found no record. */
  asked?: Readonly<Record<string, string>>;
}

/** One entry in the making. */
export interface AuditRecord extends Closing {
  about(subject: AuditSubject): void;
  /** The work is kept although the caller is refused: the entry says so. */
  refused(code: ErrorCode): void;
  /** Whether a transaction has kept it, or is about to. */
  readonly isTaken: boolean;
  /** Whether it says who or whose: an unknown person may name any clinic, and that clinic's trail is not theirs to fill. */
  readonly isKnown: boolean;
  /** The entry of what was refused or failed, for a transaction of its own. */
  failure(code: ErrorCode, result: 'refused' | 'failed'): Prisma.Sql;
}

/** Of any version: what is stored as a uuid. */
const uuid = /^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;

export function openRecord(tenantId: string, occasion: AuditOccasion, who: AuditWho): AuditRecord {
  // Made now: a second try to write it is known by it, and only one is sealed.
  const entry: Entry = { id: newId(), tenantId, occasion, who, patientIds: new Set(), entity: undefined, moreIds: [] };
  let refusal: ErrorCode | undefined;
  let state: 'open' | 'under way' | 'kept' = 'open';
  return {
    about({ patientIds = [], entity, actor }) {
      for (const id of patientIds) if (uuid.test(id)) entry.patientIds.add(id);
      if (entity) entry.entity = entity;
      if (actor) entry.who = actor;
    },
    refused(code) {
      refusal = code;
    },
    get isTaken() {
      return state !== 'open';
    },
    get isKnown() {
      return entry.who.kind !== 'anonymous' || entry.entity !== undefined || entry.patientIds.size > 0;
    },
    statement(source) {
      if (state !== 'open' || !this.isKnown) return undefined;
      state = 'under way';
      return insertOf(
        entry,
        refusal === undefined ? { result: 'success' } : { result: 'refused', code: refusal },
        source,
      );
    },
    settled(kept) {
      state = kept ? 'kept' : 'open';
    },
    failure: (code, result) => insertOf(entry, { result, code }),
  };
}

interface Entry {
  id: string;
  tenantId: string;
  occasion: AuditOccasion;
  who: AuditWho;
  patientIds: Set<string>;
  entity: { type: string; id: string } | undefined;
  /** Of the entries that go on with it, for a second try as the id. */
  moreIds: string[];
}

/** In one entry, so that no export of a big clinic makes a row that nobody can read. */
const mostPatients = 500;

type Outcome = { result: 'success' } | { result: 'refused' | 'failed'; code: ErrorCode };

/** A look alone commits without waiting for the disk; PostgreSQL gives a number to those that have changed something. */
const asDurableAsItsWork = Prisma.sql`
  case when pg_current_xact_id_if_assigned() is null then set_config('synchronous_commit', 'off', true) end is distinct from ''`;

/** Into where entries wait for their seal: whatever lies between here and the lasting entry costs no request its time. */
function insertOf(made: Entry, outcome: Outcome, { from, patients }: ClosingSource = {}): Prisma.Sql {
  const { id, tenantId, occasion, who, patientIds, entity } = made;
  const { action, purpose, requestId, address, userAgent, route, asked } = occasion;
  const entry = {
    actor_kind: who.kind,
    actor_roles: who.roles,
    action,
    purpose,
    ...outcome,
    ...(entity && { entity_type: entity.type, entity_id: entity.id }),
    request_id: requestId,
    address,
    user_agent: userAgent,
    route,
    ...(!entity && asked && Object.keys(asked).length > 0 && { detail: { asked } }),
  };
  if (patientIds.size > mostPatients && !patients) return insertSeveral(made, JSON.stringify(entry), from);
  const known = Prisma.sql`${`{${[...patientIds].join(',')}}`}::uuid[]`;
  return Prisma.sql`
    insert into audit_unsealed (tenant_id, id, actor_id, patient_ids, entry)
    select ${tenantId}::uuid, ${id}::uuid, ${who.id}::uuid, ${patients ? Prisma.sql`${known} || array(${patients})` : known},
      ${JSON.stringify(entry)}::jsonb
    ${from ? Prisma.sql`from ${from}` : Prisma.empty}
    where ${asDurableAsItsWork}`;
}

/** The same, of so many patients that one entry has not room for all: what follows it says which it goes on with. */
function insertSeveral(
  { id, tenantId, who, patientIds, moreIds }: Entry,
  entry: string,
  from: Prisma.Sql | undefined,
): Prisma.Sql {
  const ids = [...patientIds];
  const parts = Array.from({ length: Math.ceil(ids.length / mostPatients) }, (_, index) => {
    const some = ids.slice(index * mostPatients, (index + 1) * mostPatients);
    const own = index === 0 ? id : (moreIds[index - 1] ??= newId());
    const more = index === 0 ? {} : { detail: { continues: id } };
    return Prisma.sql`(${own}::uuid, ${`{${some.join(',')}}`}::uuid[], ${JSON.stringify(more)}::jsonb)`;
  });
  return Prisma.sql`
    insert into audit_unsealed (tenant_id, id, actor_id, patient_ids, entry)
    select ${tenantId}::uuid, part.id, ${who.id}::uuid, part.patients, ${entry}::jsonb || part.more
    from (values ${Prisma.join(parts)}) as part (id, patients, more)
    ${from ? Prisma.sql`cross join ${from}` : Prisma.empty}
    where ${asDurableAsItsWork}`;
}
