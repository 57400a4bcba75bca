/** The audit trail as tests look at it: behind the scenes, as it stands in the database. */
import { AuditSealer } from '../../src/records/index.ts';
import type { TestDatabase } from './database.ts';
import { memoryLogger } from './serve-app.ts';

export interface TrailEntry {
  id: string;
  at: Date;
  actor_kind: string;
  actor_id: string | null;
  actor_roles: string[];
  action: string;
  purpose: string;
  result: string;
  code: string | null;
  patient_ids: string[];
  entity_type: string | null;
  entity_id: string | null;
  request_id: string | null;
  address: string | null;
  user_agent: string | null;
  route: string | null;
  detail: Record<string, unknown> | null;
}

/** Oldest first; of one request where its id is given. */
export async function trailOf(database: TestDatabase, tenantId: string, requestId?: string): Promise<TrailEntry[]> {
  // By name, because test servers write in the same second and ids alone say little to who reads a failure.
  const rows = await database.sql<TrailEntry & { patient_ids: string[] | string; actor_roles: string[] | string }>(
    `select id, at, actor_kind, actor_id, actor_roles, action, purpose, result, code, patient_ids::text[] as patient_ids,
       entity_type, entity_id, request_id, address, user_agent, route, detail
     from audit_trail where tenant_id = $1 and ($2::text is null or request_id = $2) order by id`,
    [tenantId, requestId ?? null],
  );
  return rows;
}

/** Seals everything that is committed now. */
export async function sealAll({ database }: TestDatabase): Promise<number> {
  const { logger } = memoryLogger();
  return new AuditSealer({ database, logger }).sealNow();
}
