/** A guest as the database has them, with what every use needs of the meeting they are invited to. */
import type { GuestEntry, GuestRole, GuestState } from '../../../signaling/protocol/index.ts';
import { Prisma } from '../../platform/db/client.ts';
import type { Reads } from '../../platform/db/quick.ts';
import type { TenantDb, Tx } from '../../platform/db/scope.ts';
import { AppError } from '../../platform/errors.ts';
import type { Standing } from './schema.ts';

export interface GuestRow {
  id: string;
  tenantId: string;
  meetingId: string;
  role: GuestRole;
  state: GuestState;
  namesPatient: boolean;
  linkHash: Uint8Array;
  linkExpiresAt: Date;
  name: string | null;
  deviceSessionId: string | null;
  deviceHash: Uint8Array | null;
  seat: number;
  nodeId: string | null;
  waitingSince: Date | null;
  createdAt: Date;
  meetingStatus: 'scheduled' | 'active' | 'ended' | 'cancelled';
  doctorId: string;
  doctorName: string;
  patientId: string;
  clinicName: string;
  settings: unknown;
}

const selected = Prisma.sql`
  select g.id, g.tenant_id as "tenantId", g.meeting_id as "meetingId", g.role::text as "role", g.state::text as "state",
    g.names_patient as "namesPatient", g.link_hash as "linkHash", g.link_expires_at as "linkExpiresAt", g.name,
    g.device_session_id as "deviceSessionId", g.device_hash as "deviceHash", g.seat, g.node_id as "nodeId",
    g.waiting_since as "waitingSince", g.created_at as "createdAt",
    m.status::text as "meetingStatus", m.doctor_id as "doctorId", d.name as "doctorName", m.patient_id as "patientId",
    t.name as "clinicName", t.settings
  from meeting_guest g
  join meeting m on m.tenant_id = g.tenant_id and m.id = g.meeting_id
  join practitioner d on d.tenant_id = m.tenant_id and d.id = m.doctor_id
  join tenant t on t.id = g.tenant_id`;

/** One guest, locked until the transaction ends. Undefined when this tenant has none of that id. */
export async function lockGuest(tx: Tx, { tenantId, id }: Pick<GuestRow, 'tenantId' | 'id'>) {
  const [row] = await tx.$queryRaw<GuestRow[]>`
    ${selected} where g.tenant_id = ${tenantId}::uuid and g.id = ${id}::uuid for no key update of g`;
  return row;
}

/** The same of one meeting. Throws NOT_FOUND. */
export async function lockGuestOf(
  tx: Tx,
  db: TenantDb,
  { meetingId, id }: Pick<GuestRow, 'meetingId' | 'id'>,
): Promise<GuestRow> {
  const row = await lockGuest(tx, { tenantId: db.tenantId, id });
  if (row?.meetingId !== meetingId) throw new AppError('NOT_FOUND', 'There is no such guest in this meeting.');
  aboutGuest(db, row);
  return row;
}

/** The guests of one meeting, the oldest invitation first. */
export function guestsOf(tenantId: string, meetingId: string): Reads<GuestRow> {
  return Prisma.sql`
    ${selected} where g.tenant_id = ${tenantId}::uuid and g.meeting_id = ${meetingId}::uuid order by g.id limit 200`;
}

/** Whose consultation it is about, for the audit trail. */
export function aboutGuest(db: TenantDb, { meetingId, patientId }: Pick<GuestRow, 'meetingId' | 'patientId'>): void {
  db.about({ entity: { type: 'Meeting', id: meetingId }, patientIds: [patientId] });
}

export const isOver = ({ meetingStatus }: Pick<GuestRow, 'meetingStatus'>): boolean =>
  meetingStatus === 'ended' || meetingStatus === 'cancelled';

/** How far they have come, as they are told it. */
export function standingOf(row: GuestRow, now: Date): Standing {
  if (row.state === 'refused' || row.state === 'removed' || row.state === 'revoked') return row.state;
  if (isOver(row)) return 'over';
  return row.state === 'invited' && row.linkExpiresAt <= now ? 'expired' : row.state;
}

export function toEntry(row: GuestRow): GuestEntry {
  return {
    id: row.id,
    role: row.role,
    state: row.state,
    name: row.name,
    namesPatient: row.namesPatient,
    expiresAt: row.linkExpiresAt.toISOString(),
    waitingSince: row.waitingSince?.toISOString() ?? null,
    isPresent: row.nodeId !== null && !isOver(row),
    createdAt: row.createdAt.toISOString(),
  };
}
