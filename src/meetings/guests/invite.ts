/** The doctor's side of an invitation: making the link, seeing who has one, taking it back. */
import type { GuestEntry } from '../../../signaling/protocol/index.ts';
import type { Actor } from '../../platform/actor.ts';
import { Prisma } from '../../platform/db/client.ts';
import type { TenantDb, Tx } from '../../platform/db/scope.ts';
import { AppError } from '../../platform/errors.ts';
import { newId } from '../../platform/ids.ts';
import { doerOf } from '../doer.ts';
import { seatOf } from '../policy.ts';
import { closeGuest } from './close.ts';
import type { GuestDeps } from './deps.ts';
import { makeGuestSecret } from './links.ts';
import { noteGuest } from './notes.ts';
import { type GuestRow, guestsOf, isOver, lockGuest, lockGuestOf, toEntry } from './rows.ts';
import type { InviteMade, NewInvite } from './schema.ts';

/** Links of one meeting that are out or in use at a time: what is more is a mistake. */
const mostOpen = 8;

interface OwnMeeting {
  doctorId: string;
  patientId: string;
  meetingStatus: GuestRow['meetingStatus'];
}

/** Throws MEETING_NOT_FOUND unless the actor is its doctor: a guest is nobody else's to invite. */
async function ownMeeting(tx: Tx, db: TenantDb, actor: Actor, meetingId: string): Promise<OwnMeeting> {
  const [row] = await tx.$queryRaw<OwnMeeting[]>`
    select doctor_id as "doctorId", patient_id as "patientId", status::text as "meetingStatus" from meeting
    where tenant_id = ${db.tenantId}::uuid and id = ${meetingId}::uuid for no key update`;
  db.about({ entity: { type: 'Meeting', id: meetingId }, ...(row && { patientIds: [row.patientId] }) });
  if (!row || seatOf(actor, row) !== 'doctor') throw new AppError('MEETING_NOT_FOUND');
  return row;
}

/** Throws MEETING_NOT_FOUND, MEETING_ENDED or MEETING_CANCELLED, and CONFLICT when too many links are out. */
export async function invite(
  deps: GuestDeps,
  db: TenantDb,
  actor: Actor,
  { meetingId, ...wanted }: NewInvite & { meetingId: string },
): Promise<InviteMade> {
  const { tenantId } = db;
  const id = newId();
  const { token, hash: linkHash } = makeGuestSecret('link', { tenantId, id });
  const made = await db.run(async (tx) => {
    const meeting = await ownMeeting(tx, db, actor, meetingId);
    if (isOver(meeting)) throw new AppError(meeting.meetingStatus === 'ended' ? 'MEETING_ENDED' : 'MEETING_CANCELLED');
    const now = deps.clock.now();
    await requireRoom(tx, { tenantId, meetingId, now });
    const { role, minutes, namesPatient } = wanted;
    const linkExpiresAt = new Date(now.getTime() + minutes * 60_000);
    const own = { id, tenantId, meetingId, role, namesPatient, linkHash, linkExpiresAt };
    await tx.meetingGuest.create({ data: { ...own, invitedById: actor.userId, createdAt: now }, select: { id: true } });
    const guest = { ...own, doctorId: meeting.doctorId };
    await noteGuest(tx, guest, { type: 'guest_invited', at: now, doer: doerOf(actor, meeting, null) });
    const row = await lockGuest(tx, { tenantId, id });
    if (!row) throw new AppError('INTERNAL', 'A guest that was just made is not there.');
    // Whole, as it is kept for the same request again.
    return { ...toEntry(row), url: `${deps.publicUrl()}/guest#token=${token}` };
  });
  deps.onChanged();
  return made;
}

async function requireRoom(
  tx: Tx,
  { tenantId, meetingId, now }: { tenantId: string; meetingId: string; now: Date },
): Promise<void> {
  const [row] = await tx.$queryRaw<{ open: number }[]>(Prisma.sql`
    select count(*)::int as open from meeting_guest
    where tenant_id = ${tenantId}::uuid and meeting_id = ${meetingId}::uuid
      and (state in ('waiting', 'admitted') or state = 'invited' and link_expires_at > ${now}::timestamptz)`);
  if ((row?.open ?? 0) >= mostOpen) {
    throw new AppError('CONFLICT', 'Too many invitations of this meeting are open. Take one back first.');
  }
}

/** Throws MEETING_NOT_FOUND unless it is the actor's own as its doctor. */
export function listInvites(db: TenantDb, actor: Actor, meetingId: string): Promise<GuestEntry[]> {
  return db.run(async (tx) => {
    await ownMeeting(tx, db, actor, meetingId);
    const rows = await tx.$queryRaw<GuestRow[]>(guestsOf(db.tenantId, meetingId));
    return rows.map(toEntry);
  });
}

/** Whoever came by the link is out with the commit. Throws MEETING_NOT_FOUND or NOT_FOUND. Harmless twice. */
export async function revokeInvite(
  deps: GuestDeps,
  db: TenantDb,
  actor: Actor,
  { meetingId, id }: { meetingId: string; id: string },
): Promise<GuestEntry> {
  const entry = await db.run(async (tx) => {
    const meeting = await ownMeeting(tx, db, actor, meetingId);
    const guest = await lockGuestOf(tx, db, { meetingId, id });
    await closeGuest(tx, guest, { at: deps.clock.now(), doer: doerOf(actor, meeting, null) });
    return toEntry(await lockGuestOf(tx, db, { meetingId, id }));
  });
  deps.onChanged();
  return entry;
}
