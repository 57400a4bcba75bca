/** The rooms of a location. Each holds one visit at a time. */
import type { Actor } from '../../platform/actor.ts';
import type { TenantDb } from '../../platform/db/scope.ts';
import { AppError } from '../../platform/errors.ts';
import { newId } from '../../platform/ids.ts';
import { defined } from '../defined.ts';
import { keepsDirectory } from '../policy.ts';
import { findLocation } from './locations.ts';
import type { NewRoom, RoomChange, RoomList, RoomView } from './schema.ts';

const select = { id: true, locationId: true, name: true, isActive: true } as const;

/** All rooms of a location, by name; it has few. */
export function listRooms(db: TenantDb, actor: Actor, locationId: string): Promise<RoomList> {
  const { tenantId } = db;
  const isKeeper = keepsDirectory(actor);
  return db.run(async (tx) => {
    await findLocation(tx, tenantId, actor, locationId);
    const where = { tenantId, locationId, ...(!isKeeper && { isActive: true }) };
    const rows = await tx.room.findMany({ where, select, orderBy: [{ name: 'asc' }, { id: 'asc' }] });
    return { items: rows.map(({ isActive, ...row }) => (isKeeper ? { ...row, isActive } : row)), nextCursor: null };
  });
}

/** Throws NOT_FOUND for the location, ALREADY_EXISTS for the name. */
export function createRoom(db: TenantDb, actor: Actor, locationId: string, { name }: NewRoom): Promise<RoomView> {
  const { tenantId } = db;
  return db.run(async (tx) => {
    await findLocation(tx, tenantId, actor, locationId);
    const id = newId();
    db.about({ entity: { type: 'Location', id } });
    return tx.room.create({ data: { id, tenantId, locationId, name }, select });
  });
}

/** What is left out stays. In a room that is switched off nothing can be booked; what is booked stays. */
export function changeRoom(
  db: TenantDb,
  { id, roomId }: { id: string; roomId: string },
  change: RoomChange,
): Promise<RoomView> {
  const { tenantId } = db;
  return db.run(async (tx) => {
    const where = { tenantId, locationId: id, id: roomId };
    const { count } = await tx.room.updateMany({ where, data: defined(change) });
    if (count === 0) throw new AppError('NOT_FOUND');
    db.about({ entity: { type: 'Location', id: roomId } });
    return tx.room.findFirstOrThrow({ where, select });
  });
}
