/** What the ids in paths and bodies name, so that a test can fill in one's own and somebody else's. */
import type { TestDatabase } from '../database.ts';
import type { FullTenant } from '../every-row.ts';

/** The table of an id in a path, by the folder before it: `/meetings/:id`; by two where the last says too little. */
const tableOfFolder: Record<string, string> = {
  actions: 'chat_action',
  'api-keys': 'api_key',
  appointments: 'appointment',
  'cdt/codes': 'cdt_code',
  'cdt/rules': 'cdt_rule',
  consents: 'consent',
  conversations: 'chat_conversation',
  documents: 'clinical_document',
  exceptions: 'availability_exception',
  'external-identities': 'external_identity',
  invites: 'meeting_guest',
  locations: 'location',
  meetings: 'meeting',
  patients: 'patient',
  payments: 'payment',
  practitioners: 'practitioner',
  roles: 'clinic_role',
  rooms: 'room',
  rules: 'availability_rule',
  services: 'service',
  sessions: 'session',
  uploads: 'upload',
  users: 'app_user',
  waitlist: 'waitlist_entry',
};

/** The table of an id in a query, by the name of its field. */
const tableOfField: Record<string, string> = {
  actorId: 'app_user',
  appointmentId: 'appointment',
  clinicRoleId: 'clinic_role',
  conversationId: 'chat_conversation',
  doctorId: 'practitioner',
  locationId: 'location',
  meetingId: 'meeting',
  patientId: 'patient',
  practitionerId: 'practitioner',
  roomId: 'room',
  // A series has no row of its own.
  seriesId: 'appointment',
  serviceId: 'service',
};

/** The parameters of a path, each with the table that its id is of. */
export function paramsOf(path: string): { name: string; table: string }[] {
  const parts = path.split('/');
  return parts.flatMap((part, index) => {
    if (!part.startsWith(':')) return [];
    const folder = parts[index - 1] ?? '';
    const table = tableOfFolder[`${parts[index - 2]}/${folder}`] ?? tableOfFolder[folder];
    if (!table)
      throw new Error(
        `Nobody has said what "${part}" in ${path} names. Add "${folder}" with its table to tests/support/doors/ids.ts, and a row of that table to tests/support/every-row.ts.`,
      );
    return [{ name: part.slice(1), table }];
  });
}

/** The table of an id in a query. */
export function tableOf(field: string, where: string): string {
  const table = tableOfField[field];
  if (table) return table;
  throw new Error(
    `Nobody has said what the id "${field}" of ${where} names. Add it with its table to tests/support/doors/ids.ts, and a row of that table to tests/support/every-row.ts.`,
  );
}

/** The id of a row of this tenant; of its users the lab's, whom nobody misses. */
export async function idIn(database: TestDatabase, tenant: FullTenant, table: string): Promise<string> {
  if (table === 'app_user') return tenant.users.lab.id;
  if (table === 'practitioner') return tenant.doctorId;
  if (table === 'patient') return tenant.patientId;
  const [row] = await database.sql<{ id: string }>(`select id from "${table}" where tenant_id = $1 limit 1`, [
    tenant.id,
  ]);
  if (row) return row.id;
  throw new Error(`tests/support/every-row.ts makes no row of the table ${table}.`);
}
