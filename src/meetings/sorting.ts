/** The orders of the meeting list, and what stands after a row in each. Rows without the value come last, either way. */
import { z } from 'zod';
import { Prisma } from '../platform/db/client.ts';
import type { Position } from '../platform/http/cursor.ts';
import type { MeetingRow } from './rows.ts';
import { type MeetingFilters, type SortKey, When } from './schema.ts';

type Sort = MeetingFilters['sort'];

interface Column {
  sql: Prisma.Sql;
  type: Prisma.Sql;
  nullable: boolean;
  /** What its values look like in a cursor. */
  key: z.ZodType<Position['key']>;
}

const columns: Record<SortKey, Column> = {
  scheduledAt: { sql: Prisma.sql`m.scheduled_at`, type: Prisma.sql`timestamptz`, nullable: false, key: When },
  startedAt: { sql: Prisma.sql`m.started_at`, type: Prisma.sql`timestamptz`, nullable: true, key: When.nullable() },
  durationSeconds: {
    sql: Prisma.sql`m.duration_seconds`,
    type: Prisma.sql`int`,
    nullable: true,
    key: z.int32().nullable(),
  },
};

/** What a cursor of a list in this order carries. */
export function cursorKey(sort: Sort): Column['key'] {
  return read(sort).column.key;
}

function read(sort: Sort) {
  const descending = sort.startsWith('-');
  const key = (descending ? sort.slice(1) : sort) as SortKey;
  const [direction, beyond] = descending ? [Prisma.sql`desc`, Prisma.sql`<`] : [Prisma.sql`asc`, Prisma.sql`>`];
  return { key, column: columns[key], direction, beyond };
}

export function ordered(sort: Sort): Prisma.Sql {
  const { column, direction } = read(sort);
  const { sql, nullable } = column;
  // Only where there can be nulls: the index of scheduled_at serves the plain order.
  const last = nullable ? Prisma.sql` nulls last` : Prisma.empty;
  return Prisma.sql`${sql} ${direction}${last}, m.id ${direction}`;
}

export function afterPosition(sort: Sort, { key, id }: Position): Prisma.Sql {
  const { column, beyond } = read(sort);
  const { sql, type, nullable } = column;
  if (key === null) return Prisma.sql`(${sql} is null and m.id ${beyond} ${id}::uuid)`;
  const value = Prisma.sql`${String(key)}::text::${type}`;
  const later = Prisma.sql`(${sql}, m.id) ${beyond} (${value}, ${id}::uuid)`;
  return nullable ? Prisma.sql`(${later} or ${sql} is null)` : later;
}

export function positionIn(sort: Sort, row: MeetingRow): Position {
  const value = row[read(sort).key];
  return { key: value instanceof Date ? value.toISOString() : value, id: row.id };
}
