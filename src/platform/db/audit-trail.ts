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
  // Made now: a second try to write it meets its own first one.
  const entry: Entry = { id: newId(), tenantId, occasion, who, patientIds: new Set(), entity: undefined };
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
}

type Outcome = { result: 'success' } | { result: 'refused' | 'failed'; code: ErrorCode };

/** `at` and `digest` are the database's. Arrays go as text, which both ways to the database take alike. */
function insertOf(
  { id, tenantId, occasion, who, patientIds, entity }: Entry,
  outcome: Outcome,
  { from, patients }: ClosingSource = {},
): Prisma.Sql {
  const { action, purpose, requestId, address, userAgent, route, asked } = occasion;
  const detail = entity === undefined && asked && Object.keys(asked).length > 0 ? JSON.stringify({ asked }) : null;
  const code = 'code' in outcome ? outcome.code : null;
  const known = Prisma.sql`${arrayOf([...patientIds])}::uuid[]`;
  const whose = patients ? Prisma.sql`array(select unnest(${known}) union ${patients})` : known;
  return Prisma.sql`
    insert into audit_entry (id, tenant_id, actor_kind, actor_id, actor_roles, action, purpose, result, code,
      patient_ids, entity_type, entity_id, request_id, address, user_agent, route, detail)
    select ${id}::uuid, ${tenantId}::uuid, ${who.kind}::text, ${who.id}::uuid, ${arrayOf(who.roles)}::text[],
      ${action}::text, ${purpose}::text, ${outcome.result}::text, ${code}::text, ${whose},
      ${entity?.type ?? null}::text, ${entity?.id ?? null}::text, ${requestId}::text, ${address}::text,
      ${userAgent}::text, ${route}::text, ${detail}::jsonb
    ${from ? Prisma.sql`from ${from}` : Prisma.empty}`;
}

function arrayOf(texts: readonly string[]): string {
  return `{${texts.map((text) => `"${text.replaceAll(/["\\]/g, '\\$&')}"`).join(',')}}`;
}
