/** Giving a file out: decrypted as it goes, whole or in part. */
import { Readable } from 'node:stream';
import type { Actor } from '../../platform/actor.ts';
import type { TenantDb } from '../../platform/db/scope.ts';
import { AppError } from '../../platform/errors.ts';
import type { StreamReply } from '../../platform/http/route.ts';
import type { UploadDeps } from './deps.ts';
import { decrypted, storedRange } from './file-cipher.ts';
import { reachOf } from './policy.ts';
import { findUpload, type UploadRow } from './rows.ts';

type Stores = Pick<UploadDeps, 'store' | 'keys'>;

/** Throws NOT_FOUND, and CONFLICT for a file that is held back. */
export async function readContent(
  deps: Stores,
  { db, actor, range }: { db: TenantDb; actor: Actor; range: string | null },
  id: string,
): Promise<StreamReply> {
  // Asked of the store before the trail says that it was given.
  return db.run(async (tx) => contentOf(deps, requireOpen(await findUpload(tx, db, reachOf(actor), id)), range));
}

export function requireOpen(row: UploadRow): UploadRow {
  if (row.status !== 'quarantined') return row;
  throw new AppError(
    'CONFLICT',
    'This file is held back: the virus scanner found something in it, or has yet to look.',
  );
}

export async function contentOf(deps: Stores, row: UploadRow, range: string | null): Promise<StreamReply> {
  const part = partOf(range, row.size);
  const asked = part ?? { start: 0, end: row.size - 1 };
  return {
    contentType: row.contentType,
    fileName: row.fileName,
    stream: Readable.from(await opened(deps, row, asked), { objectMode: false }),
    length: asked.end - asked.start + 1,
    ...(part && { part: { ...part, size: row.size } }),
  };
}

export type StoredFile = Pick<UploadRow, 'id' | 'size' | 'storageKey' | 'wrappedKey'>;

/** The bytes of a file as they are in the store, decrypted. */
export async function opened(
  { store, keys }: Stores,
  { id, size, storageKey, wrappedKey }: StoredFile,
  asked = { start: 0, end: size - 1 },
): Promise<AsyncGenerator<Buffer>> {
  const key = Buffer.from(keys.open(wrappedKey, id), 'base64');
  return decrypted(key, size, asked, await store.get(storageKey, storedRange(size, asked)));
}

/** One range of bytes (RFC 9110, section 14.1.2); null for none, several, or one that cannot be, which give the whole. */
export function partOf(range: string | null, size: number): { start: number; end: number } | null {
  const match = /^bytes=(\d{0,10})-(\d{0,10})$/.exec(range?.trim() ?? '');
  if (!match) return null;
  const [, from = '', to = ''] = match;
  if (from === '' && to === '') return null;
  const start = from === '' ? Math.max(0, size - Number(to)) : Number(from);
  const end = from === '' || to === '' ? size - 1 : Math.min(Number(to), size - 1);
  return start <= end ? { start, end } : null;
}
