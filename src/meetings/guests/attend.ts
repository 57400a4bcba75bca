/** A guest at the door and in the room. None of it touches the machine: an admission is a guard in front of the join. */
import type { Admission, Attendance, SeatRef } from '../../../signaling/meeting-gate.ts';
import {
  type AwayCause,
  type GuestEntry,
  type Meeting,
  meetingForGuest,
  participantForGuest,
} from '../../../signaling/protocol/index.ts';
import type { Actor } from '../../platform/actor.ts';
import type { TenantDb, Tx } from '../../platform/db/scope.ts';
import { AppError } from '../../platform/errors.ts';
import { doerOf } from '../doer.ts';
import { attendanceOf, type LockedRow, lockedMeeting, meetingLock, toMeeting } from '../rows.ts';
import type { MeetingDeps } from '../transact.ts';
import { closeGuest } from './close.ts';
import { guestDoer, noteGuest } from './notes.ts';
import { aboutGuest, type GuestRow, guestsOf, lockGuest, lockGuestOf, toEntry } from './rows.ts';

export async function guestsInMeeting(db: TenantDb, meetingId: string): Promise<GuestEntry[]> {
  return (await db.readAbout(guestsOf(db.tenantId, meetingId))).map(toEntry);
}

/** The meeting as a guest may see it. Throws MEETING_NOT_FOUND for any but their own. */
export function lookAsGuest(db: TenantDb, actor: Actor, meetingId: string): Promise<Meeting> {
  return db.run(async (tx) => {
    const { meeting, guest } = await ownGuest(tx, db, actor, meetingId);
    return meetingForGuest(toMeeting(meeting), guest.namesPatient);
  });
}

/**
 * They are at the door. MEETING_ACTIVE when they may come in at once, FORBIDDEN once they were sent away, MEETING_ENDED and
 * MEETING_CANCELLED when there is nothing to come in to.
 */
export function waitAsGuest(db: TenantDb, actor: Actor): Promise<Meeting> {
  return db.run(async (tx) => {
    const { meeting, guest } = await ownGuest(tx, db, actor, actor.guestOf ?? '');
    requireGoing(meeting);
    if (guest.state !== 'waiting' && guest.state !== 'admitted') throw new AppError('FORBIDDEN');
    if (guest.state === 'admitted' && meeting.status === 'active') throw new AppError('MEETING_ACTIVE');
    return meetingForGuest(toMeeting(meeting), guest.namesPatient);
  });
}

/** An admitted guest takes their seat in the active meeting, with a higher number. */
export async function joinAsGuest(
  deps: MeetingDeps,
  db: TenantDb,
  actor: Actor,
  meetingId: string,
  nodeId: string,
): Promise<Admission> {
  const admission = await db.run(async (tx) => {
    const { meeting, guest } = await ownGuest(tx, db, actor, meetingId);
    requireGoing(meeting);
    if (guest.state === 'waiting') throw new AppError('GUEST_NOT_ADMITTED');
    if (guest.state !== 'admitted') throw new AppError('FORBIDDEN');
    if (meeting.status !== 'active') throw new AppError('MEETING_NOT_STARTED');
    const seat = guest.seat + 1;
    await tx.meetingGuest.update({ where: own(guest), data: { seat, nodeId }, select: { id: true } });
    const returned = guest.seat > 0 && (guest.nodeId === null ? { returned: true } : { tookOver: true });
    const detail = { seat, ...returned };
    await noteGuest(tx, guest, {
      type: 'guest_joined',
      at: deps.clock.now(),
      doer: guestDoer(guest.id, nodeId),
      detail,
    });
    return admissionOf(meeting, { ...guest, seat }, db.tenantId);
  });
  deps.onCommitted({ nextDeadlineAt: null });
  return admission;
}

/** The guest's connection is gone, or they left. Nothing of the meeting changes, and they may come back while it goes on. */
export async function dropGuest(
  deps: MeetingDeps,
  db: TenantDb,
  seat: SeatRef,
  cause: AwayCause,
  nodeId: string,
): Promise<void> {
  await db.run(async (tx) => {
    const guest = await lockGuestOf(tx, db, { meetingId: seat.meetingId, id: seat.participantId });
    if (guest.seat !== seat.seat || guest.nodeId === null) return;
    await leaveSeat(tx, guest, { at: deps.clock.now(), cause, nodeId });
  });
  deps.onCommitted({ nextDeadlineAt: null });
}

/** Seats of guests that went with their node. Answers whether there were any. */
export async function loseGuestSeats(
  deps: MeetingDeps,
  db: TenantDb,
  meetingId: string,
  nodeId: string,
): Promise<boolean> {
  const lost = await db.run(async (tx) => {
    const held = await tx.meetingGuest.findMany({
      where: { tenantId: db.tenantId, meetingId, nodeId },
      select: { id: true },
    });
    for (const { id } of held) {
      const guest = await lockGuestOf(tx, db, { meetingId, id });
      if (guest.nodeId === nodeId) await leaveSeat(tx, guest, { at: deps.clock.now(), cause: 'server', nodeId });
    }
    return held.length > 0;
  });
  if (lost) deps.onCommitted({ nextDeadlineAt: null });
  return lost;
}

async function leaveSeat(
  tx: Tx,
  guest: GuestRow,
  { at, cause, nodeId }: { at: Date; cause: AwayCause; nodeId: string },
): Promise<void> {
  await tx.meetingGuest.update({ where: own(guest), data: { nodeId: null }, select: { id: true } });
  const doer = cause === 'server' ? { role: 'server' as const, id: null, nodeId } : guestDoer(guest.id, nodeId);
  await noteGuest(tx, guest, { type: 'guest_left', at, doer, detail: { seat: guest.seat, cause } });
}

/** Lets a waiting guest in. CONFLICT unless they wait, and while another guest is in. Harmless twice. */
export async function admitGuest(
  deps: MeetingDeps,
  db: TenantDb,
  actor: Actor,
  { seat, guestId }: { seat: SeatRef; guestId: string },
): Promise<void> {
  await db.run(async (tx) => {
    const guest = await doctorsGuest(tx, db, actor, { seat, guestId });
    if (guest.state === 'admitted') return;
    if (guest.state !== 'waiting') throw new AppError('CONFLICT', 'This guest does not wait at the door.');
    const isTaken = await tx.meetingGuest.count({
      where: { tenantId: db.tenantId, meetingId: guest.meetingId, state: 'admitted' },
    });
    if (isTaken > 0) throw new AppError('CONFLICT', 'Another guest is in already. Remove them first.');
    const at = deps.clock.now();
    const data = { state: 'admitted' as const, admittedAt: at, waitingSince: null };
    await tx.meetingGuest.update({ where: own(guest), data, select: { id: true } });
    await noteGuest(tx, guest, { type: 'guest_admitted', at, doer: doerOf(actor, guest, null) });
  });
  deps.onCommitted({ nextDeadlineAt: null });
}

/** Sends a guest away for good. Harmless twice. */
export async function removeGuest(
  deps: MeetingDeps,
  db: TenantDb,
  actor: Actor,
  { seat, guestId }: { seat: SeatRef; guestId: string },
): Promise<void> {
  await db.run(async (tx) => {
    const guest = await doctorsGuest(tx, db, actor, { seat, guestId });
    await closeGuest(tx, guest, { at: deps.clock.now(), doer: doerOf(actor, guest, null) });
  });
  deps.onCommitted({ nextDeadlineAt: null });
}

const own = ({ tenantId, id }: Pick<GuestRow, 'tenantId' | 'id'>) => ({ tenantId_id: { tenantId, id } });

/** Throws NOT_ASSIGNED unless it is the meeting's doctor who asks, NOT_FOUND when the meeting has no such guest. */
async function doctorsGuest(
  tx: Tx,
  db: TenantDb,
  actor: Actor,
  { seat, guestId }: { seat: SeatRef; guestId: string },
): Promise<GuestRow> {
  db.about({ entity: { type: 'Meeting', id: seat.meetingId } });
  // In the order of joining, so that neither waits for what the other holds.
  await tx.$queryRaw`
    select id from meeting where tenant_id = ${db.tenantId}::uuid and id = ${seat.meetingId}::uuid for no key update`;
  const guest = await lockGuestOf(tx, db, { meetingId: seat.meetingId, id: guestId });
  if (actor.practitionerId !== guest.doctorId || seat.role !== 'doctor') throw new AppError('NOT_ASSIGNED');
  return guest;
}

/**
 * The guest behind the token and their meeting, both locked. MEETING_NOT_FOUND for any meeting but their own, UNAUTHENTICATED
 * from a browser that is not the one they use now.
 */
async function ownGuest(
  tx: Tx,
  db: TenantDb,
  actor: Actor,
  meetingId: string,
): Promise<{ meeting: LockedRow; guest: GuestRow }> {
  const { tenantId } = db;
  if (actor.guestOf === undefined || actor.guestOf !== meetingId) throw new AppError('MEETING_NOT_FOUND');
  const [meeting] = await tx.$queryRaw<LockedRow[]>(meetingLock(tenantId, meetingId, 'wait'));
  const guest = await lockGuest(tx, { tenantId, id: actor.userId });
  if (!meeting || !guest) throw new AppError('MEETING_NOT_FOUND');
  aboutGuest(db, guest);
  if (guest.deviceSessionId !== actor.sessionId) throw new AppError('UNAUTHENTICATED');
  return { meeting, guest };
}

function requireGoing({ status }: Pick<LockedRow, 'status'>): void {
  if (status === 'ended') throw new AppError('MEETING_ENDED');
  if (status === 'cancelled') throw new AppError('MEETING_CANCELLED');
}

function admissionOf(row: LockedRow, guest: GuestRow, tenantId: string): Admission {
  const { id: participantId, meetingId, role: guestRole, namesPatient, seat } = guest;
  const { stored } = lockedMeeting(tenantId, row);
  const self: Attendance = {
    role: 'guest',
    guestRole,
    participantId,
    displayName: guest.name ?? '',
    presence: 'present',
    deadline: null,
  };
  const others = attendanceOf(row, stored).map((person) => participantForGuest(person, namesPatient));
  return {
    seat: { tenantId, meetingId, role: 'guest', participantId, seat },
    meeting: meetingForGuest(toMeeting(row), namesPatient),
    attendance: [...others, self],
    namesPatient,
    // Kept as long as the meeting goes on, so there is no window to tell of.
    returnWindowSeconds: 0,
  };
}
