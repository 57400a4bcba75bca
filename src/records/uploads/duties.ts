/** What is done with one file when it is due. Each may be done twice. */
import type { TenantDb } from '../../platform/db/scope.ts';
import { newId } from '../../platform/ids.ts';
import { opened } from './content.ts';
import type { UploadDeps } from './deps.ts';
import { tellOfResult } from './tell.ts';

interface Task {
  id: string;
  signatures: string | null;
}
type Doing = (deps: UploadDeps, db: TenantDb, task: Task) => Promise<void>;

export type Duty = 'remove' | 'purge' | 'scan' | 'wrap';

/** The bytes first: as long as the row is there, they are tried again. */
const remove: Doing = async ({ store, clock }, db, { id }) => {
  const due = { id, tenantId: db.tenantId, removeAt: { lte: clock.now() } };
  const row = await db.run((tx) => tx.storedLeftover.findFirst({ where: due }));
  if (!row) return;
  await store.remove(row.storageKey);
  await db.run((tx) => tx.storedLeftover.deleteMany({ where: due }));
};

/** With the row goes the file's key, so that the bytes are noise from then on. */
const purge: Doing = async ({ clock, logger }, db, { id }) => {
  const { tenantId } = db;
  const now = clock.now();
  const purged = await db.run(async (tx) => {
    const [row] = await tx.$queryRaw<{ storageKey: string }[]>`
      delete from upload where tenant_id = ${tenantId}::uuid and id = ${id}::uuid and purge_at <= ${now}::timestamptz
      returning storage_key as "storageKey"`;
    if (row) await tx.storedLeftover.create({ data: { id: newId(), tenantId, removeAt: now, ...row } });
    return row !== undefined;
  });
  if (purged) logger.info({ tenantId, uploadId: id }, 'a file was purged');
};

/** What was held back is opened when nothing is found any more, and what was open is held back when something is. */
const scan: Doing = async (deps, db, { id, signatures }) => {
  const { tenantId } = db;
  const { scanner, clock, logger } = deps;
  const row = await db.run((tx) => tx.upload.findFirst({ where: { tenantId, id, deletedAt: null } }));
  if (!row || !scanner || signatures === null) return;
  const verdict = await scanner.scan(await opened(deps, row));
  const status = verdict.clean ? 'clean' : 'quarantined';
  const finding = verdict.clean ? null : verdict.finding;
  const data = { status, finding, signatures, scannedAt: clock.now() } as const;
  await db.run(async (tx) => {
    const { count } = await tx.upload.updateMany({ where: { tenantId, id, deletedAt: null }, data });
    // A result that was held back until somebody had looked is there from now on.
    const isNews = count === 1 && verdict.clean && row.status === 'quarantined' && row.signatures === null;
    if (isNews) await tellOfResult(deps, tx, tenantId, { ...row, status });
  });
  if (status !== row.status) logger.warn({ tenantId, uploadId: id, status }, 'a file was scanned again');
};

const wrap: Doing = async ({ keys }, db, { id }) => {
  const { tenantId } = db;
  await db.run(async (tx) => {
    const row = await tx.upload.findFirst({ where: { tenantId, id }, select: { wrappedKey: true } });
    if (!row) return;
    const wrappedKey = keys.seal(keys.open(row.wrappedKey, id), id);
    await tx.upload.updateMany({ where: { tenantId, id }, data: { wrappedKey, wrappedUnder: keys.present } });
  });
};

export const duties: Record<Duty, Doing> = { remove, purge, scan, wrap };
