/** Tells the patient that a document for them is ready. Neither which nor what is in it: mail lies about. */
import type { Tx } from '../../platform/db/scope.ts';
import { renderMail } from '../../platform/mail/render-mail.ts';
import type { DocumentDeps } from './deps.ts';
import { readyWords } from './letter-words.ts';
import type { DocumentRow } from './rows.ts';

interface Reader {
  email: string;
  name: string;
  language: string | null;
  locale: string | null;
  clinicName: string;
}

/**
 * Asks for the letter in the caller's transaction. None where the document is not for the patient, who has no confirmed
 * address or wants no mail, or where none is sent here.
 */
export async function tellPatient(
  { postbox, publicUrl }: Pick<DocumentDeps, 'postbox' | 'publicUrl'>,
  tx: Tx,
  tenantId: string,
  { audience, patientId }: Pick<DocumentRow, 'audience' | 'patientId'>,
): Promise<void> {
  if (!postbox.canMail || audience !== 'patient') return;
  for (const reader of await readersOf(tx, tenantId, patientId)) {
    const { language, ...words } = readyWords(reader.language, reader.locale);
    const letter = renderMail({
      language,
      subject: `${words.subject}: ${reader.clinicName}`,
      greeting: words.hello(reader.name),
      paragraphs: [words.ready],
      action: { label: words.open, url: `${publicUrl()}/documents` },
      from: reader.clinicName,
    });
    await postbox.request(tx, tenantId, { to: reader.email, ...letter });
  }
}

/** Confirmed addresses only: anybody can claim another's. */
function readersOf(tx: Tx, tenantId: string, patientId: string): Promise<Reader[]> {
  return tx.$queryRaw<Reader[]>`
    select u.email::text as email, u.display_name as name, p.language, t.settings->>'locale' as locale, t.name as "clinicName"
    from app_user u join tenant t on t.id = u.tenant_id
      join patient p on p.tenant_id = u.tenant_id and p.id = u.patient_id
    where u.tenant_id = ${tenantId}::uuid and u.patient_id = ${patientId}::uuid and u.is_active
      and u.email_verified_at is not null and p.reminder_channel = 'mail'
    order by u.id`;
}
