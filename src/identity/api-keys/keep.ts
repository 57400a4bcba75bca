/** Making, listing and revoking keys for services. */
import { z } from 'zod';
import type { Actor } from '../../platform/actor.ts';
import type { TenantDb } from '../../platform/db/scope.ts';
import { AppError } from '../../platform/errors.ts';
import { listName, readCursor, writeCursor } from '../../platform/http/cursor.ts';
import { newId } from '../../platform/ids.ts';
import { isScope } from '../auth/scopes.ts';
import { makeKey } from './key-text.ts';
import { isForServices, notForKey } from './policy.ts';
import type { ApiKeyPage, ApiKeyQuery, ApiKeyView, MadeApiKey, NewApiKey } from './schema.ts';

const longestDays = 365;
const dayMs = 86_400_000;

/**
 * Makes a key and tells it, for the only time. Throws INVALID_INPUT for a name that is no scope, a scope that no service may
 * have, or an end that is not within a year; FORBIDDEN for a scope that the actor does not hold.
 */
export async function createApiKey(db: TenantDb, actor: Actor, input: NewApiKey): Promise<MadeApiKey> {
  const scopes = parseServiceScopes(input.scopes);
  const expiresAt = requireEnd(new Date(input.expiresAt));
  const missing = notForKey(actor, scopes);
  if (missing.length > 0) throw new AppError('FORBIDDEN', `You do not hold ${missing.join(', ')} yourself.`);
  const { key, prefix, hash } = makeKey();
  const { tenantId } = db;
  const { name } = input;
  return db.run(async (tx) => {
    const data = { id: newId(), tenantId, name, prefix, hash, scopes, createdBy: actor.userId, expiresAt };
    const row = await tx.apiKey.create({ data, omit: { hash: true } });
    db.about({ entity: { type: 'ApiKey', id: row.id } });
    return { ...toView(row), key };
  });
}

export function listApiKeys(db: TenantDb, { limit, cursor }: ApiKeyQuery): Promise<ApiKeyPage> {
  const { tenantId } = db;
  const list = listName('api-keys', tenantId);
  const after = readCursor(list, cursor, z.null());
  return db.run(async (tx) => {
    // Ids are made in the order of time.
    const rows = await tx.apiKey.findMany({
      where: { tenantId, ...(after && { id: { lt: after.id } }) },
      orderBy: { id: 'desc' },
      take: limit + 1,
      omit: { hash: true },
    });
    const page = rows.slice(0, limit);
    const last = page.at(-1);
    const nextCursor = rows.length > limit && last ? writeCursor(list, { key: null, id: last.id }) : null;
    return { items: page.map(toView), nextCursor };
  });
}

/** Revoking twice is once. Throws NOT_FOUND. */
export function revokeApiKey(db: TenantDb, actor: Actor, id: string): Promise<void> {
  const { tenantId } = db;
  return db.run(async (tx) => {
    const row = await tx.apiKey.findUnique({ where: { tenantId_id: { tenantId, id } }, select: { id: true } });
    if (!row) throw new AppError('NOT_FOUND');
    db.about({ entity: { type: 'ApiKey', id } });
    await tx.$executeRaw`
      update api_key set revoked_at = now(), revoked_by = ${actor.userId}::uuid
      where tenant_id = ${tenantId}::uuid and id = ${id}::uuid and revoked_at is null`;
  });
}

/** Sorted, each once. */
function parseServiceScopes(scopes: readonly string[]): string[] {
  const faults = scopes.flatMap((scope, index) => {
    const path = `scopes.${index}`;
    if (!isScope(scope)) return [{ path, message: 'Is no scope; GET /admin/roles lists them' }];
    return isForServices(scope) ? [] : [{ path, message: 'Is for people, not for a service' }];
  });
  if (faults.length > 0) throw new AppError('INVALID_INPUT', 'Correct the fields named in errors.', { faults });
  return [...new Set(scopes)].toSorted();
}

/** By the real clock: a key is no matter of clinical time. */
function requireEnd(end: Date): Date {
  const ahead = end.getTime() - Date.now();
  if (ahead > 0 && ahead <= longestDays * dayMs) return end;
  throw new AppError('INVALID_INPUT', 'Correct the fields named in errors.', {
    faults: [{ path: 'expiresAt', message: `Must be in the future, and at most ${longestDays} days ahead` }],
  });
}

interface Row extends Omit<ApiKeyView, 'createdAt' | 'expiresAt' | 'lastUsedAt' | 'revokedAt'> {
  createdAt: Date;
  expiresAt: Date;
  lastUsedAt: Date | null;
  revokedAt: Date | null;
}

function toView(row: Row): ApiKeyView {
  return {
    ...row,
    prefix: `hck_${row.prefix}`,
    createdAt: row.createdAt.toISOString(),
    expiresAt: row.expiresAt.toISOString(),
    lastUsedAt: row.lastUsedAt?.toISOString() ?? null,
    revokedAt: row.revokedAt?.toISOString() ?? null,
  };
}
