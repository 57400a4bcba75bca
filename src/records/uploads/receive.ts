/** Takes a file in: looked through first, then stored, then written down, so that nothing is known that is not there. */
import { parseSettings } from '../../identity/index.ts';
import type { Actor } from '../../platform/actor.ts';
import { randomSecret } from '../../platform/crypto.ts';
import { Prisma } from '../../platform/db/client.ts';
import type { TenantDb, Tx } from '../../platform/db/scope.ts';
import { AppError } from '../../platform/errors.ts';
import type { ReceivedFile } from '../../platform/http/multipart.ts';
import { newId } from '../../platform/ids.ts';
import type { UploadDeps } from './deps.ts';
import { encrypted, keyBytes } from './file-cipher.ts';
import { shownName } from './file-name.ts';
import { type Inspected, inspect, type UnscannedPolicy } from './inspect.ts';
import { kindByName } from './kinds.ts';
import { mayAddFor, reachOf, uploadsAs } from './policy.ts';
import { findUpload, toUpload, treats, within } from './rows.ts';
import type { ContentType, NewUpload, UploadFields } from './schema.ts';
import { tellOfResult } from './tell.ts';

/** What is written to the store and never written down goes after so long. */
const unclaimedMs = 60 * 60_000;
const dayMs = 24 * 60 * 60_000;
const endings: Record<ContentType, string> = { 'application/pdf': 'pdf', 'image/jpeg': 'jpg', 'image/png': 'png' };

interface Space {
  patientId: string;
  unscanned: UnscannedPolicy;
  /** When the clinic's time for keeping files is over; null to keep them. */
  purgeAt: Date | null;
}

/** Throws NOT_FOUND or FORBIDDEN for whom it may not be about, and what says why the file is not taken. */
export async function receiveUpload(
  deps: UploadDeps,
  { db, actor }: { db: TenantDb; actor: Actor },
  { category, patientId }: UploadFields,
  file: ReceivedFile,
): Promise<NewUpload> {
  const kind = kindByName(file.name, file.type);
  const space = await spaceOf(deps, db, actor, patientId ?? actor.patientId);
  return deps.turns.run(async () => {
    const inspected = await inspect(deps, file, { kind, unscanned: space.unscanned });
    await file.discard();
    const stored = await store(deps, db.tenantId, space.patientId, inspected.bytes);
    try {
      return await db.run(async (tx) => {
        const writing = { db, actor, space, file, inspected, stored, kind, category };
        const id = await writeDown(deps, tx, writing);
        const duplicateOf = await earlierOf(tx, writing, id);
        const row = await findUpload(tx, db, reachOf(actor), id);
        await tellOfResult(deps, tx, db.tenantId, row);
        return { ...toUpload(row), duplicateOf };
      });
    } catch (error) {
      await takeBack(deps, db.tenantId, stored);
      throw error;
    }
  });
}

/** Whom it is about, whether the actor may add to that, and what the clinic says of files. Leaves no entry of its own. */
async function spaceOf(
  { clock, scanner }: UploadDeps,
  db: TenantDb,
  actor: Actor,
  patientId: string | null,
): Promise<Space> {
  if (patientId === null)
    throw new AppError('INVALID_INPUT', 'Correct the fields named in errors.', {
      faults: [{ path: 'patientId', message: 'Say whom the file is about' }],
    });
  const [found] = await db.read<{ settings: unknown; treats: boolean }>(Prisma.sql`
    select t.settings, ${treats(db.tenantId, Prisma.sql`${actor.practitionerId}::uuid`, Prisma.sql`p.id`)} as treats
    from patient p join tenant t on t.id = p.tenant_id
    where p.tenant_id = ${db.tenantId}::uuid and p.id = ${patientId}::uuid`);
  if (!found) throw new AppError('NOT_FOUND', 'There is no such patient.');
  if (!mayAddFor(actor, patientId, found.treats)) {
    // Whoever cannot look patients up is not told who is one.
    if (!actor.scopes.has('patients:read')) throw new AppError('NOT_FOUND', 'There is no such patient.');
    throw new AppError('FORBIDDEN', 'You do not treat this patient.');
  }
  const { unscannedFiles: unscanned, uploadRetentionDays: days } = parseSettings(found.settings);
  if (!scanner && unscanned === 'refuse')
    throw new AppError('UNAVAILABLE', 'This clinic takes no files without a virus scanner, and none is set up.');
  return { patientId, unscanned, purgeAt: days > 0 ? new Date(clock.now().getTime() + days * dayMs) : null };
}

interface Stored {
  storageKey: string;
  key: Buffer;
  leftoverId: string;
}

/** Writes down first that these bytes go again, which is taken back when the file is written down. */
async function store(deps: UploadDeps, tenantId: string, patientId: string, bytes: Buffer): Promise<Stored> {
  const stored = {
    storageKey: `${tenantId}/${patientId}/${randomSecret(16).toString('hex')}`,
    key: randomSecret(keyBytes),
    leftoverId: newId(),
  };
  const { storageKey, leftoverId: id } = stored;
  const removeAt = new Date(deps.clock.now().getTime() + unclaimedMs);
  await deps.database
    .tenant(tenantId)
    .run((tx) => tx.storedLeftover.create({ data: { id, tenantId, storageKey, removeAt } }));
  try {
    await deps.store.put(storageKey, encrypted(stored.key, [bytes]));
  } catch (cause) {
    await takeBack(deps, tenantId, stored);
    throw new AppError('UNAVAILABLE', 'The file could not be stored just now. Try again.', { cause });
  }
  return stored;
}

/** What does not work here is done later, by what store() wrote down. */
async function takeBack(deps: UploadDeps, tenantId: string, { storageKey, leftoverId }: Stored): Promise<void> {
  try {
    await deps.store.remove(storageKey);
    await deps.database.tenant(tenantId).run((tx) => tx.storedLeftover.deleteMany({ where: { id: leftoverId } }));
  } catch (error) {
    deps.logger.warn({ err: error, tenantId, leftoverId }, 'what was stored of a refused file is removed later');
  }
}

interface Writing {
  db: TenantDb;
  actor: Actor;
  space: Space;
  file: ReceivedFile;
  inspected: Inspected;
  stored: Stored;
  kind: ContentType;
  category: UploadFields['category'];
}

async function writeDown(deps: UploadDeps, tx: Tx, writing: Writing): Promise<string> {
  const { db, actor, space, file, inspected, stored, kind, category } = writing;
  const { storageKey, key, leftoverId } = stored;
  const [id, { tenantId }] = [newId(), db];
  const { count } = await tx.storedLeftover.deleteMany({ where: { id: leftoverId } });
  if (count !== 1) throw new AppError('UNAVAILABLE', 'It took too long to store the file. Try again.');
  const by = { uploadedById: actor.userId, uploadedByRole: uploadsAs(actor, space.patientId) };
  await tx.upload.create({
    data: {
      id,
      tenantId,
      ...by,
      ...inspected.scan,
      patientId: space.patientId,
      category,
      fileName: shownName(file.name, endings[kind]),
      contentType: kind,
      size: inspected.bytes.length,
      sha256: Uint8Array.from(inspected.sha256),
      receivedSha256: Buffer.from(file.sha256, 'hex'),
      storageKey,
      wrappedKey: deps.keys.seal(key.toString('base64'), id),
      wrappedUnder: deps.keys.present,
      purgeAt: space.purgeAt,
      createdAt: deps.clock.now(),
    },
    select: { id: true },
  });
  return id;
}

/** The newest earlier file of the same patient with the same bytes that the actor reaches. */
async function earlierOf(tx: Tx, { db, actor, space, file }: Writing, id: string): Promise<string | null> {
  const [earlier] = await tx.$queryRaw<{ id: string }[]>`
    select u.id from upload u where ${within(db.tenantId, reachOf(actor))} and u.id <> ${id}::uuid
      and u.patient_id = ${space.patientId}::uuid and u.received_sha256 = ${Buffer.from(file.sha256, 'hex')}
    order by u.id desc limit 1`;
  return earlier?.id ?? null;
}
