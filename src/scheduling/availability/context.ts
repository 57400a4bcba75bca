import type { Actor } from '../../platform/actor.ts';
import type { TenantDb, Tx } from '../../platform/db/scope.ts';
import { AppError } from '../../platform/errors.ts';
import { inputFault } from '../faults.ts';
import { dayMs } from '../slots/zone-clock.ts';
import { mayKeepHours } from './policy.ts';

/** Somebody who changes hours, in one transaction. */
export interface Keeping {
  db: TenantDb;
  tx: Tx;
  actor: Actor;
  now: Date;
}

/** How far ahead visits are looked at when hours change: nobody books further. */
const aheadMs = 2 * 366 * dayMs;

/** From now on. */
export function future(now: Date): { from: number; to: number } {
  return { from: now.getTime(), to: now.getTime() + aheadMs };
}

/** Throws FORBIDDEN when these hours are not the actor's to keep. */
export function requireKeeper(actor: Actor, practitionerId: string | null): void {
  if (mayKeepHours(actor, practitionerId)) return;
  throw new AppError(
    'FORBIDDEN',
    practitionerId === null ? 'Staff keep the hours of the clinic.' : 'Keep your own hours.',
  );
}

/** Throws INVALID_INPUT for people, places and rooms that are not there. */
export async function requirePlace(
  { db: { tenantId }, tx }: Keeping,
  { practitionerId, locationId, roomId }: Record<'practitionerId' | 'locationId' | 'roomId', string | null>,
): Promise<void> {
  const own = { tenantId, isActive: true };
  if (practitionerId !== null && (await tx.practitioner.count({ where: { ...own, id: practitionerId } })) === 0) {
    throw inputFault('practitionerId', 'There is no such practitioner');
  }
  if (locationId !== null && (await tx.location.count({ where: { ...own, id: locationId } })) === 0) {
    throw inputFault('locationId', 'There is no such location');
  }
  if (
    roomId !== null &&
    (await tx.room.count({ where: { ...own, id: roomId, locationId: locationId ?? roomId } })) === 0
  ) {
    throw inputFault('roomId', 'There is no such room at this location');
  }
  // Whoever has hours at a place works there; the directory finds them by it.
  if (practitionerId !== null && locationId !== null) {
    await tx.practitionerLocation.createMany({
      data: [{ tenantId, practitionerId, locationId }],
      skipDuplicates: true,
    });
  }
}
