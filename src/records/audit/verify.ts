/**
 * Looks whether the trail is as it was written. Digests and chain are worked out here from the rows themselves, so that a
 * database whose own functions were changed as well is found out.
 */
import { sha256 } from '../../platform/crypto.ts';
import { Prisma } from '../../platform/db/client.ts';
import type { Reads } from '../../platform/db/quick.ts';
import type { TenantDb } from '../../platform/db/scope.ts';
import type { AuditFault, ChainHead, Verification } from './schema.ts';

export interface VerifyOptions {
  /** A head that was kept elsewhere: the chain must still hold it. */
  expected?: ChainHead | undefined;
  /** Milliseconds since 1970, of the real clock. */
  now?: number;
  /** Rows that are held at a time. */
  batch?: number;
  /** Hears of each fault when it is found. */
  onFault?: (fault: AuditFault) => void;
}

const mostFaultsTold = 100;
const longestWaitMs = 60_000;

/** Reads all of the tenant's entries and seals. What is added meanwhile is left to the next time. */
export async function verifyTrail(db: TenantDb, options: VerifyOptions = {}): Promise<Verification> {
  const { expected, now = Date.now(), batch = 2_000 } = options;
  const faults: AuditFault[] = [];
  let faultCount = 0;
  const found = (fault: AuditFault) => {
    faultCount += 1;
    if (faults.length < mostFaultsTold) faults.push(fault);
    options.onFault?.(fault);
  };
  const chain = await walkChain(db, { batch, expected, found });
  const waiting = await walkUnsealed(db, { batch, now, found });
  return {
    intact: faultCount === 0,
    entries: chain.sealed + waiting,
    unsealed: waiting,
    head: chain.head,
    faultCount,
    faults,
  };
}

/** Of one entry all that its digest is over, in the order and the form of audit_seal_pending, which made the digest. */
const canonical = Prisma.sql`array[
  e.tenant_id::text, e.id::text, (extract(epoch from e.at) * 1000)::bigint::text, e.actor_kind, e.actor_id::text,
  e.actor_roles::text, e.action, e.purpose, e.result, e.code, e.patient_ids::text, e.entity_type, e.entity_id,
  e.request_id, e.address, e.user_agent, e.route, e.detail::text]::text`;

interface SealRow {
  position: string;
  hash: Buffer;
  entryId: string;
  /** Null where the entry is gone. */
  text: string | null;
  digest: Buffer | null;
}

interface ChainWalk {
  batch: number;
  expected: ChainHead | undefined;
  found(fault: AuditFault): void;
}

async function walkChain(
  db: TenantDb,
  { batch, expected, found }: ChainWalk,
): Promise<{ sealed: number; head: ChainHead | null }> {
  let last = { position: 0, hash: sha256(db.tenantId) as Buffer };
  let sealed = 0;
  let isExpectedThere = expected === undefined;
  for (;;) {
    const rows = await db.read(sealsAfter(db.tenantId, last.position, batch));
    for (const row of rows) {
      const position = Number(row.position);
      const { entryId } = row;
      for (let gap = last.position + 1; gap < position; gap += 1)
        found({ kind: 'seal_missing', entryId: null, position: gap });
      const kind = faultOf(row, last, position);
      if (kind !== null) found({ kind, entryId, position });
      if (row.text !== null) sealed += 1;
      isExpectedThere ||= position === expected?.position && row.hash.toString('hex') === expected.hash;
      // From the seal as it stands: one fault is told once, not at every later place.
      last = { position, hash: row.hash };
    }
    if (rows.length < batch) break;
  }
  if (!isExpectedThere) found({ kind: 'head_unknown', entryId: null, position: expected?.position ?? null });
  return { sealed, head: last.position === 0 ? null : { position: last.position, hash: last.hash.toString('hex') } };
}

function sealsAfter(tenantId: string, position: number, max: number): Reads<SealRow> {
  return Prisma.sql`
    select s.position::text as position, s.hash, s.entry_id as "entryId", e.digest,
      case when e.id is not null then ${canonical} end as text
    from audit_seal s left join audit_entry e on e.tenant_id = s.tenant_id and e.id = s.entry_id
    where s.tenant_id = ${tenantId}::uuid and s.position > ${position}::bigint
    order by s.position limit ${max}::int`;
}

/** What is wrong with one place of the chain, given the place before it. */
function faultOf(
  { text, digest, hash }: SealRow,
  before: { position: number; hash: Buffer },
  position: number,
): AuditFault['kind'] | null {
  if (text === null || digest === null) return 'entry_missing';
  const written = sha256(text);
  if (!written.equals(digest)) return 'entry_altered';
  // After a gap there is nothing that it could follow on.
  if (position !== before.position + 1) return null;
  const place = Buffer.alloc(8);
  place.writeBigInt64BE(BigInt(position));
  return sha256(Buffer.concat([before.hash, place, written])).equals(hash) ? null : 'seal_broken';
}

interface UnsealedRow {
  id: string;
  /** Null while it waits to be sealed. */
  text: string | null;
  digest: Buffer | null;
}

interface UnsealedWalk {
  batch: number;
  now: number;
  found(fault: AuditFault): void;
}

/** What no seal names: new entries, or lasting ones whose seal was taken away. Answers how many there are. */
async function walkUnsealed(db: TenantDb, { batch, now, found }: UnsealedWalk): Promise<number> {
  let after = '00000000-0000-0000-0000-000000000000';
  let unsealed = 0;
  for (;;) {
    const rows = await db.read(unsealedAfter(db.tenantId, after, batch));
    for (const { id, text, digest } of rows) {
      after = id;
      unsealed += 1;
      const isLasting = text !== null && digest !== null;
      if (isLasting && !sha256(text).equals(digest)) found({ kind: 'entry_altered', entryId: id, position: null });
      // A lasting entry is sealed in the transaction that makes it.
      const isLate = isLasting || now - madeAt(id) > longestWaitMs;
      if (isLate) found({ kind: 'entry_unsealed', entryId: id, position: null });
    }
    if (rows.length < batch) return unsealed;
  }
}

/** Milliseconds since 1970 (RFC 9562, version 7). */
function madeAt(id: string): number {
  return Number.parseInt(id.replaceAll('-', '').slice(0, 12), 16);
}

function unsealedAfter(tenantId: string, after: string, max: number): Reads<UnsealedRow> {
  return Prisma.sql`
    (select e.id, e.digest, ${canonical} as text
      from audit_entry e
      where e.tenant_id = ${tenantId}::uuid and e.id > ${after}::uuid
        and not exists (select from audit_seal s where s.tenant_id = e.tenant_id and s.entry_id = e.id)
      order by e.id limit ${max}::int)
    union all
    (select distinct u.id, null::bytea, null
      from audit_unsealed u
      where u.tenant_id = ${tenantId}::uuid and u.id > ${after}::uuid
        and not exists (select from audit_entry e where e.tenant_id = u.tenant_id and e.id = u.id)
      order by u.id limit ${max}::int)
    order by id limit ${max}::int`;
}
