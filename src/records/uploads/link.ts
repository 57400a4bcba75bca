/**
 * Links to a file: good for a few minutes, for whoever holds them, e.g. a viewer that cannot send a token. The address says
 * nothing of the file, and each use stands in the trail under the name of who made the link.
 */
import { z } from 'zod';
import { type Actor, roles } from '../../platform/actor.ts';
import type { TenantDb } from '../../platform/db/scope.ts';
import { AppError } from '../../platform/errors.ts';
import type { StreamReply } from '../../platform/http/route.ts';
import { SealError } from '../../platform/sealer.ts';
import { contentOf, requireOpen } from './content.ts';
import type { UploadDeps } from './deps.ts';
import { reachOf } from './policy.ts';
import { findUpload } from './rows.ts';
import type { UploadLink } from './schema.ts';

const linkMs = 5 * 60_000;
const context = 'link';

const Sealed = z.object({
  tenantId: z.uuid(),
  uploadId: z.uuid(),
  expiresAt: z.iso.datetime(),
  by: z.object({ kind: z.enum(['person', 'service']), id: z.uuid(), roles: z.array(z.enum(roles)) }),
});
type Sealed = z.infer<typeof Sealed>;

/** Throws NOT_FOUND, and CONFLICT for a file that is held back. */
export async function makeLink(
  { links, clock, publicUrl }: Pick<UploadDeps, 'links' | 'clock' | 'publicUrl'>,
  db: TenantDb,
  actor: Actor,
  id: string,
): Promise<UploadLink> {
  const expiresAt = new Date(clock.now().getTime() + linkMs).toISOString();
  // Guests of a consultation have no scope for files.
  const kind = actor.kind === 'service' ? ('service' as const) : ('person' as const);
  const by = { kind, id: actor.userId, roles: [...actor.roles] };
  const sealed: Sealed = { tenantId: db.tenantId, uploadId: id, expiresAt, by };
  const token = links.seal(JSON.stringify(sealed), context).toString('base64url');
  return db.run(async (tx) => {
    requireOpen(await findUpload(tx, db, reachOf(actor), id));
    return { url: `${publicUrl()}/api/v1/uploads/linked?token=${token}`, expiresAt };
  });
}

/** Throws NOT_FOUND for a link that is no good any more, and where the file is gone or held back since. */
export async function followLink(
  deps: Pick<UploadDeps, 'links' | 'clock' | 'store' | 'keys'>,
  tenantDb: (tenantId: string) => TenantDb,
  { token, range }: { token: string; range: string | null },
): Promise<StreamReply> {
  const { tenantId, uploadId, expiresAt, by } = readLink(deps, token);
  if (new Date(expiresAt) <= deps.clock.now()) throw notGood();
  const db = tenantDb(tenantId);
  return db.run(async (tx) => {
    db.about({ actor: by });
    // Whoever was switched off since has lost this way in as well.
    const isHere =
      by.kind === 'service' || (await tx.user.count({ where: { id: by.id, tenantId, isActive: true } })) > 0;
    if (!isHere) throw notGood();
    const everything = { all: true, patientId: null, treatedBy: null, uploadedById: by.id };
    return contentOf(deps, requireOpen(await findUpload(tx, db, everything, uploadId)), range);
  });
}

function readLink({ links }: Pick<UploadDeps, 'links'>, token: string): Sealed {
  try {
    return Sealed.parse(JSON.parse(links.open(Buffer.from(token, 'base64url'), context)));
  } catch (error) {
    if (error instanceof SealError) throw notGood();
    throw error;
  }
}

function notGood(): AppError {
  return new AppError('NOT_FOUND', 'This link is not valid any more.');
}
