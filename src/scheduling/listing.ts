/** Pages of the directory and the catalogue: searched by name as people type it, sorted, stable while rows come and go. */
import { z } from 'zod';
import { Prisma } from '../platform/db/client.ts';
import type { Reads } from '../platform/db/quick.ts';
import type { TenantDb } from '../platform/db/scope.ts';
import { listName, readCursor, writeCursor } from '../platform/http/cursor.ts';

export interface SortColumn {
  sql: Prisma.Sql;
  type: 'text' | 'int';
}

export interface Listing {
  /** Names the list with everything that decides what is in it, the order included. */
  of: readonly unknown[];
  cursor: string | undefined;
  limit: number;
  /** The column, with a minus for the greatest first. */
  sort: string;
  columns: Readonly<Record<string, SortColumn>>;
  /** The rows' id, which decides between equals. */
  id: Prisma.Sql;
  /** Says something about a person, so that the reading goes into the audit trail. */
  isPersonal?: boolean;
}

/** What the statement of a list must answer beside its own columns. */
export interface ListedRow {
  id: string;
  sortValue: string | number;
}

/** `statement` is given the condition for rows after the cursor, the order with its limit, and the value sorted by. */
export async function readPage<R extends ListedRow>(
  db: TenantDb,
  { of, cursor, limit, sort, columns, id, isPersonal = false }: Listing,
  statement: (after: Prisma.Sql, ordered: Prisma.Sql, sortValue: Prisma.Sql) => Reads<R>,
): Promise<{ rows: R[]; nextCursor: string | null }> {
  const descending = sort.startsWith('-');
  const column = columns[descending ? sort.slice(1) : sort];
  if (!column) throw new Error('The schema lets a sort through that the list does not have.');
  const list = listName(db.tenantId, ...of);
  const position = readCursor(list, cursor, column.type === 'int' ? z.int32() : z.string());
  const direction = descending ? Prisma.sql`desc` : Prisma.sql`asc`;
  const beyond = descending ? Prisma.sql`<` : Prisma.sql`>`;
  // Sent as text, whatever it is: the statement stays the same.
  const value = column.type === 'int' ? Prisma.sql`::text::int` : Prisma.sql`::text`;
  const after = position
    ? Prisma.sql`(${column.sql}, ${id}) ${beyond} (${String(position.key)}${value}, ${position.id}::uuid)`
    : Prisma.sql`true`;
  const ordered = Prisma.sql`order by ${column.sql} ${direction}, ${id} ${direction} limit ${limit + 1}::int`;
  const asked = statement(after, ordered, column.sql);
  const found = isPersonal
    ? await db.decide(asked, (rows) => ({ writes: [], answer: [...rows] }))
    : await db.read(asked);
  const rows = found.slice(0, limit);
  const last = rows.at(-1);
  const more = found.length > limit && last;
  return { rows, nextCursor: more ? writeCursor(list, { key: last.sortValue, id: last.id }) : null };
}

/** How like a word must be to one that is meant, 0 to 1 (pg_trgm's word similarity). A slip in a word of four keeps half. */
const alike = 0.45;

/**
 * Joins `near.distance` (0 when every word of `name` is there, up to 1000) to a row with a name. Case, accents and titles
 * do not count, and slips of the keyboard only a little. Row-level security keeps trigram indexes from being used, since
 * the operators could leak; a clinic's few thousand names are compared one by one.
 */
export function nearName(text: Prisma.Sql, name: string | undefined): Prisma.Sql {
  if (name === undefined) return Prisma.sql`cross join (select 0 as distance) near`;
  return Prisma.sql`
    cross join lateral (
      select 1000 - round(1000 * avg(likeness))::int as distance from (
        select case when strpos(key, word) > 0 then 1 else word_similarity(word, key) end as likeness
        from (select search_key(${text}) as key) keyed, unnest(string_to_array(search_key(${name}::text), ' ')) word
      ) words having min(likeness) >= ${alike}::float8
    ) near`;
}
