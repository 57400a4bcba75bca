/** Finding those who receive care, for whoever books for them. */
import { z } from 'zod';
import { Prisma } from '../../platform/db/client.ts';
import type { Reads } from '../../platform/db/quick.ts';
import type { TenantDb } from '../../platform/db/scope.ts';
import { AppError } from '../../platform/errors.ts';
import { listName, readCursor, writeCursor } from '../../platform/http/cursor.ts';
import type { IdentityCheck, PatientChange, PatientDetails, PatientPage, PatientQuery, PatientView } from './schema.ts';

/** How like a word must be to one that is meant, 0 to 1 (pg_trgm's word similarity), as in the directory. */
const alike = 0.45;

type Row = PatientView & { distance: number; key: string };

/**
 * A page of the clinic's patients, those most like `name` first, then by name. Row-level security keeps trigram indexes from
 * being used, since the operators could leak; the names of a clinic are compared one by one.
 */
export async function listPatients(db: TenantDb, { name, limit, cursor }: PatientQuery): Promise<PatientPage> {
  const list = listName('patients', db.tenantId, name ?? null);
  const position = readCursor(list, cursor, z.string().regex(/^\d{4} /));
  const after = position
    ? Prisma.sql`(lpad(near.distance::text, 4, '0') || ' ' || search_key(p.name), p.id) > (${String(position.key)}::text, ${position.id}::uuid)`
    : Prisma.sql`true`;
  return db.run(async (tx) => {
    const rows = await tx.$queryRaw<Row[]>`
      select p.id, p.name, p.birth_date::text as "birthDate", near.distance, lpad(near.distance::text, 4, '0') || ' ' || search_key(p.name) as key
      from patient p ${nearName(name)}
      where p.tenant_id = ${db.tenantId}::uuid and ${after}
      order by key, p.id limit ${limit + 1}::int`;
    const page = rows.slice(0, limit);
    const last = page.at(-1);
    db.about({ patientIds: page.map(({ id }) => id) });
    const nextCursor = rows.length > limit && last ? writeCursor(list, { key: last.key, id: last.id }) : null;
    return { items: page.map(({ id, name: called, birthDate }) => ({ id, name: called, birthDate })), nextCursor };
  });
}

/** Joins how far a name is from the one asked for: 0 when every word is in it, up to 1000. */
function nearName(name: string | undefined): Prisma.Sql {
  if (name === undefined) return Prisma.sql`cross join (select 0 as distance) near`;
  return Prisma.sql`
    cross join lateral (
      select 1000 - round(1000 * avg(likeness))::int as distance from (
        select case when strpos(key, word) > 0 then 1 else word_similarity(word, key) end as likeness
        from (select search_key(p.name) as key) keyed, unnest(string_to_array(search_key(${name}::text), ' ')) word
      ) words having min(likeness) >= ${alike}::float8
    ) near`;
}

/** Throws NOT_FOUND for what is not there or another clinic's. */
export function readPatient(db: TenantDb, id: string): Promise<PatientDetails> {
  return db.decide(patientOf(db.tenantId, id, Prisma.empty), ([row]) => ({ writes: [], answer: told(db, id, row) }));
}

/**
 * Changes what is given and keeps the rest. Throws NOT_FOUND for what is not there or another clinic's, INVALID_INPUT for a
 * date of birth that is still to come.
 */
export function changePatient(db: TenantDb, id: string, change: PatientChange, now: Date): Promise<PatientDetails> {
  return db.decide(patientOf(db.tenantId, id, Prisma.sql`for no key update`), ([row]) => {
    const before = told(db, id, row);
    const { birthDate = before.birthDate, guardian = before.guardian } = change;
    // Who they are was made sure of with the date of birth that was known then.
    const kept = birthDate === before.birthDate ? before.identity : null;
    const identity = identityAfter(kept, change.identity, now);
    if (birthDate !== null && Date.parse(birthDate) > now.getTime()) {
      const faults = [{ path: 'birthDate', message: 'Must not be in the future' }];
      throw new AppError('INVALID_INPUT', 'Correct the fields named in errors.', { faults });
    }
    const write = Prisma.sql`
      update patient set birth_date = ${birthDate}::date, guardian_name = ${guardian?.name ?? null}::text,
        guardian_relation = ${guardian?.relation ?? null}::text,
        identity_checked_at = ${identity?.checkedAt ?? null}::timestamptz,
        identity_checked_how = ${identity?.how ?? null}::text, updated_at = now()
      where tenant_id = ${db.tenantId}::uuid and id = ${id}::uuid`;
    const answer = { ...before, birthDate, guardian, identity };
    db.reply(answer);
    return { writes: [write], answer };
  });
}

/** As it was when nothing is said of it. */
function identityAfter(
  before: PatientDetails['identity'],
  change: PatientChange['identity'],
  now: Date,
): PatientDetails['identity'] {
  if (change === undefined) return before;
  return change && { how: change.how, checkedAt: now.toISOString() };
}

type DetailsRow = Omit<PatientDetails, 'guardian' | 'identity'> & {
  guardianName: string | null;
  guardianRelation: string | null;
  checkedAt: Date | null;
  checkedHow: IdentityCheck | null;
};

function patientOf(tenantId: string, id: string, lock: Prisma.Sql): Reads<DetailsRow> {
  return Prisma.sql`
    select id, name, birth_date::text as "birthDate", guardian_name as "guardianName",
      guardian_relation as "guardianRelation", identity_checked_at as "checkedAt", identity_checked_how as "checkedHow"
    from patient where tenant_id = ${tenantId}::uuid and id = ${id}::uuid ${lock}`;
}

function told(db: TenantDb, id: string, row: DetailsRow | undefined): PatientDetails {
  if (!row) throw new AppError('NOT_FOUND');
  db.about({ patientIds: [id], entity: { type: 'Patient', id } });
  const { guardianName: name, guardianRelation: relation, checkedAt, checkedHow: how, ...rest } = row;
  return {
    ...rest,
    guardian: name === null || relation === null ? null : { name, relation },
    identity: checkedAt === null || how === null ? null : { checkedAt: checkedAt.toISOString(), how },
  };
}
