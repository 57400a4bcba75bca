/** The guest's side of an invitation: looking at the link, opening it, coming back. */
import { parseSettings } from '../../identity/index.ts';
import type { TenantDb, Tx } from '../../platform/db/scope.ts';
import { AppError } from '../../platform/errors.ts';
import type { PublicContext } from '../../platform/http/route.ts';
import { newId } from '../../platform/ids.ts';
import type { TenantToken } from '../../platform/tenant-token.ts';
import { forgetDevice } from './close.ts';
import type { GuestDeps } from './deps.ts';
import { type GuestSecret, makeGuestSecret, readGuestSecret, requireSecret } from './links.ts';
import { guestDoer, noteGuest } from './notes.ts';
import { aboutGuest, type GuestRow, lockGuest, standingOf } from './rows.ts';
import type { GuestEntrance, GuestInvitation, GuestLink, GuestPass, GuestReturn } from './schema.ts';

type Doors = Pick<PublicContext, 'tenantDb'>;

/** Long enough for a reconnect, short enough to be none of anybody's worry. A renewal asks whether they are still welcome. */
const accessSeconds = 10 * 60;
const scopesOfGuest = ['meetings:join', 'session:refresh'];

/** What the link is for. Throws INVALID_INPUT when it is none of ours. */
export async function lookAtInvitation(deps: GuestDeps, input: GuestLink, doors: Doors): Promise<GuestInvitation> {
  const { db, lock } = await openBySecret(deps, 'link', input.token, doors);
  return db.run(async (tx) => toInvitation(await lock(tx), deps.clock.now()));
}

/**
 * Opens the link with a name; the doctor is asked. Opened again, it is the same guest with another browser: the first one
 * is out, and the doctor is asked anew, because nobody knows who is behind it. Throws INVALID_INPUT when the link is none of
 * ours, CONFLICT when it was not opened in time; for whoever was sent away, or came too late, the pass has no token.
 */
export async function enterAsGuest(deps: GuestDeps, { token, name }: GuestEntrance, doors: Doors): Promise<GuestPass> {
  const { db, lock } = await openBySecret(deps, 'link', token, doors);
  const entered = await db.run(async (tx) => {
    const guest = await lock(tx);
    const now = deps.clock.now();
    const standing = standingOf(guest, now);
    const isOpen = standing === 'invited' || standing === 'waiting' || standing === 'admitted';
    if (!isOpen && standing !== 'expired') return { guest: { ...guest, name: guest.name ?? name }, now, secret: null };
    if (guest.linkExpiresAt <= now) throw new AppError('CONFLICT', 'This link has run out. Ask for a new one.');
    await forgetDevice(tx, guest);
    const { token: secret, hash: deviceHash } = makeGuestSecret('device', guest);
    const own = { name, deviceHash, deviceSessionId: newId() };
    await tx.meetingGuest.update({
      where: { tenantId_id: { tenantId: guest.tenantId, id: guest.id } },
      data: { ...own, state: 'waiting', waitingSince: now, nodeId: null },
      select: { id: true },
    });
    const tookOver = guest.state !== 'invited' && { detail: { tookOver: true } };
    await noteGuest(tx, guest, { type: 'guest_waited', at: now, doer: guestDoer(guest.id, null), ...tookOver });
    return { guest: { ...guest, ...own, state: 'waiting' as const }, now, secret };
  });
  deps.onChanged();
  return toPass(deps, entered);
}

/** How it stands with them, and a newer access token while they are welcome. Throws INVALID_INPUT when they went on elsewhere. */
export async function renewGuest(deps: GuestDeps, input: GuestReturn, doors: Doors): Promise<GuestPass> {
  const { db, lock } = await openBySecret(deps, 'device', input.resumeToken, doors);
  const guest = await db.run((tx) => lock(tx));
  return toPass(deps, { guest, now: deps.clock.now(), secret: null });
}

/**
 * The door to the clinic's data that a secret opens, once it is known to be ours: what a made-up one names must not find its
 * way into any clinic's audit trail. `lock` gives its guest.
 */
async function openBySecret(
  { database }: GuestDeps,
  kind: GuestSecret,
  token: string,
  { tenantDb }: Doors,
): Promise<{ db: TenantDb; lock(tx: Tx): Promise<GuestRow> }> {
  const ref: TenantToken = readGuestSecret(kind, token);
  const find = async (tx: Tx) => {
    const guest = await lockGuest(tx, ref);
    requireSecret(kind === 'link' ? guest?.linkHash : guest?.deviceHash, ref);
    return guest as GuestRow;
  };
  await database.tenant(ref.tenantId).run(find);
  const db = tenantDb(ref.tenantId);
  const lock = async (tx: Tx) => {
    const guest = await find(tx);
    aboutGuest(db, guest);
    db.about({ actor: { kind: 'person', id: guest.id, roles: ['guest'] } });
    return guest;
  };
  return { db, lock };
}

function toInvitation(guest: GuestRow, now: Date): GuestInvitation {
  const { meetingId, role, clinicName, doctorName } = guest;
  const expiresAt = guest.linkExpiresAt.toISOString();
  const { timeZone, locale } = parseSettings(guest.settings);
  return { meetingId, role, standing: standingOf(guest, now), clinicName, doctorName, timeZone, locale, expiresAt };
}

interface Entered {
  guest: GuestRow;
  now: Date;
  secret: string | null;
}

async function toPass({ tokens }: GuestDeps, { guest, now, secret: resumeToken }: Entered): Promise<GuestPass> {
  const { id: guestId, tenantId, name, meetingId: guestOf, deviceSessionId } = guest;
  const about = { ...toInvitation(guest, now), guestId, name: name ?? '', resumeToken };
  const isWelcome = about.standing === 'waiting' || about.standing === 'admitted';
  if (!isWelcome || deviceSessionId === null) return { ...about, accessToken: null, expiresIn: null };
  const { token: accessToken, expiresIn } = await tokens.issueAccess({
    userId: guestId,
    tenantId,
    roles: [],
    scopes: scopesOfGuest,
    patientId: null,
    practitionerId: null,
    sessionId: deviceSessionId,
    guestOf,
    lifeSeconds: accessSeconds,
  });
  return { ...about, accessToken, expiresIn };
}
