/** A clinic's accounts, a page at a time. */
import { z } from 'zod';
import { Prisma } from '../../platform/db/client.ts';
import type { TenantDb } from '../../platform/db/scope.ts';
import { listName, type Position, readCursor, writeCursor } from '../../platform/http/cursor.ts';
import { toUserView, type UserRow, userColumns } from './rows.ts';
import type { UserPage, UserQuery, userSortKeys } from './schema.ts';

const columns: Record<(typeof userSortKeys)[number], { sql: Prisma.Sql; type: Prisma.Sql }> = {
  displayName: { sql: Prisma.sql`lower(u.display_name)`, type: Prisma.sql`text` },
  email: { sql: Prisma.sql`u.email`, type: Prisma.sql`citext` },
  createdAt: { sql: Prisma.sql`u.created_at`, type: Prisma.sql`timestamptz` },
};

/** Accounts that come or go meanwhile neither repeat nor hide others. */
export async function listUsers(db: TenantDb, query: UserQuery): Promise<UserPage> {
  const { limit, cursor, ...filters } = query;
  const list = listName('users', db.tenantId, filters);
  const after = readCursor(list, cursor, z.string());
  return db.run(async (tx) => {
    const found = await tx.$queryRaw<Found[]>(findUsers(db.tenantId, filters, after, limit + 1));
    const page = found.slice(0, limit);
    db.about({ patientIds: page.flatMap(({ patientId }) => patientId ?? []) });
    const last = page.at(-1);
    return {
      items: page.map((row) => toUserView(row)),
      nextCursor: found.length > limit && last ? writeCursor(list, last) : null,
    };
  });
}

/** The value that the list is sorted by stands beside the row as PostgreSQL writes it, to the last digit. */
type Found = UserRow & { key: string };
type Filters = Omit<UserQuery, 'limit' | 'cursor'>;

function findUsers(tenantId: string, filters: Filters, after: Position | null, max: number): Prisma.Sql {
  const descending = filters.sort.startsWith('-');
  const { sql, type } = columns[(descending ? filters.sort.slice(1) : filters.sort) as keyof typeof columns];
  const [direction, beyond] = descending ? [Prisma.sql`desc`, Prisma.sql`<`] : [Prisma.sql`asc`, Prisma.sql`>`];
  const conditions = [
    Prisma.sql`u.tenant_id = ${tenantId}::uuid`,
    ...matching(filters),
    ...(after ? [Prisma.sql`(${sql}, u.id) ${beyond} (${after.key}::text::${type}, ${after.id}::uuid)`] : []),
  ];
  return Prisma.sql`
    select ${userColumns}, (${sql})::text as key from app_user u where ${Prisma.join(conditions, ' and ')}
    order by ${sql} ${direction}, u.id ${direction} limit ${max}::int`;
}

function matching({ q, role, clinicRoleId, active }: Filters): Prisma.Sql[] {
  const part = q === undefined ? '' : `%${q.replaceAll(/[\\%_]/g, String.raw`\$&`)}%`;
  return [
    ...(q === undefined ? [] : [Prisma.sql`(u.display_name ilike ${part} or u.email::text ilike ${part})`]),
    ...(role === undefined ? [] : [Prisma.sql`${role}::role = any (u.roles)`]),
    ...(active === undefined ? [] : [Prisma.sql`u.is_active = ${active}`]),
    ...(clinicRoleId === undefined
      ? []
      : [
          Prisma.sql`exists (select from user_role r
            where r.tenant_id = u.tenant_id and r.user_id = u.id and r.role_id = ${clinicRoleId}::uuid)`,
        ]),
  ];
}
