/** Tells the patient and who treats them that a result has come. Nothing of what is in it: mail lies about. */
import { Prisma } from '../../platform/db/client.ts';
import type { Tx } from '../../platform/db/scope.ts';
import { renderMail } from '../../platform/mail/render-mail.ts';
import type { UploadDeps } from './deps.ts';
import { treats } from './rows.ts';
import type { UploadStatus } from './schema.ts';
import { resultWords } from './words.ts';

interface ToldFile {
  patientId: string;
  uploadedByRole: string;
  status: UploadStatus;
}

interface Reader {
  email: string;
  name: string;
  language: string | null;
  locale: string | null;
  clinicName: string;
  isPatient: boolean;
}

/** Asks for the letters in the caller's transaction; none unless a lab brought the file and mail is sent here. */
export async function tellOfResult(
  { postbox, publicUrl }: Pick<UploadDeps, 'postbox' | 'publicUrl'>,
  tx: Tx,
  tenantId: string,
  { patientId, uploadedByRole, status }: ToldFile,
): Promise<void> {
  if (!postbox.canMail || uploadedByRole !== 'lab' || status === 'quarantined') return;
  for (const reader of await readersOf(tx, tenantId, patientId)) {
    const { language, ...words } = resultWords(reader.isPatient ? reader.language : null, reader.locale);
    const letter = renderMail({
      language,
      subject: `${words.subject}: ${reader.clinicName}`,
      greeting: words.hello(reader.name),
      paragraphs: [reader.isPatient ? words.patient : words.doctor],
      action: { label: words.open, url: publicUrl() },
      from: reader.clinicName,
    });
    await postbox.request(tx, tenantId, { to: reader.email, ...letter });
  }
}

/** Confirmed addresses only: anybody can claim another's. */
function readersOf(tx: Tx, tenantId: string, patientId: string): Promise<Reader[]> {
  const treating = Prisma.sql`(u.practitioner_id is not null and ${treatsPatient(tenantId, patientId)})`;
  return tx.$queryRaw<Reader[]>`
    select u.email::text as email, u.display_name as name, p.language, t.settings->>'locale' as locale,
      t.name as "clinicName", u.patient_id is not distinct from p.id as "isPatient"
    from app_user u join tenant t on t.id = u.tenant_id
      join patient p on p.tenant_id = u.tenant_id and p.id = ${patientId}::uuid
    where u.tenant_id = ${tenantId}::uuid and u.is_active and u.email_verified_at is not null
      and (u.patient_id = p.id or ${treating})
    order by u.id`;
}

/** As in rows.ts, of the account's own practitioner. */
function treatsPatient(tenantId: string, patientId: string): Prisma.Sql {
  return treats(tenantId, Prisma.sql`u.practitioner_id`, Prisma.sql`${patientId}::uuid`);
}
