/** Who brought a file and who has opened it since, from the audit trail. */
import { type Actor, roles as allRoles } from '../../platform/actor.ts';
import type { TenantDb } from '../../platform/db/scope.ts';
import { AppError } from '../../platform/errors.ts';
import { mayReadHistory, reachOf } from './policy.ts';
import { findUpload } from './rows.ts';
import type { UploadHistory } from './schema.ts';

/** The newest of them: more is for the clinic's officers, who have the trail itself. */
const most = 200;

interface EntryRow {
  at: Date;
  action: string;
  by: string | null;
  roles: string[];
}

const words: Readonly<Record<string, UploadHistory['items'][number]['what']>> = {
  'upload.create': 'uploaded',
  'upload.download': 'opened',
  'upload.share': 'shared',
};

/** The newest first. Throws NOT_FOUND, and FORBIDDEN for whom it is neither about nor from, and who does not see all files. */
export function readHistory(db: TenantDb, actor: Actor, id: string): Promise<UploadHistory> {
  return db.run(async (tx) => {
    const row = await findUpload(tx, db, reachOf(actor), id);
    if (!mayReadHistory(actor, row)) throw new AppError('FORBIDDEN', 'This is for the patient and who uploaded it.');
    const entries = await tx.$queryRaw<EntryRow[]>`
      select e.at, e.action, coalesce(u.display_name, k.name) as "by", e.actor_roles as "roles"
      from audit_trail e
        left join app_user u on u.tenant_id = e.tenant_id and u.id = e.actor_id
        left join api_key k on k.tenant_id = e.tenant_id and k.id = e.actor_id
      where e.tenant_id = ${db.tenantId}::uuid and e.entity_type = 'DocumentReference' and e.entity_id = ${id}
        and e.action = any(${Object.keys(words)}::text[]) and e.result = 'success'
      order by e.id desc limit ${most}::int`;
    return { items: entries.map(toItem) };
  });
}

function toItem({ at, action, by, roles }: EntryRow): UploadHistory['items'][number] {
  const known = allRoles.filter((role) => roles.includes(role));
  return { at: at.toISOString(), what: words[action] ?? 'opened', by, roles: known };
}
