/** The rooms of this node. Work on one meeting's room is done one after another, so that it is opened and closed once. */
import { Exclusive } from './exclusive.ts';
import { Room, type RoomDeps } from './room.ts';

type RegistryDeps = Omit<RoomDeps, 'onIdle'>;

export class Registry {
  readonly #deps: RegistryDeps;
  readonly #rooms = new Map<string, Room>();
  readonly #exclusive = new Exclusive();

  constructor(deps: RegistryDeps) {
    this.#deps = deps;
  }

  get size(): number {
    return this.#rooms.size;
  }

  /** How many sit in the rooms. */
  get participants(): number {
    return [...this.#rooms.values()].reduce((sum, room) => sum + room.size, 0);
  }

  /** Nothing else happens to the meeting's room on this node until `work` is done. */
  exclusive<T>(tenantId: string, meetingId: string, work: () => Promise<T>): Promise<T> {
    return this.#exclusive.run(key(tenantId, meetingId), work);
  }

  find(tenantId: string, meetingId: string): Room | undefined {
    return this.#rooms.get(key(tenantId, meetingId));
  }

  /** Call inside `exclusive`. */
  async open(tenantId: string, meetingId: string): Promise<Room> {
    const found = this.find(tenantId, meetingId);
    if (found) return found;
    const room = await Room.open(tenantId, meetingId, { ...this.#deps, onIdle: (idle) => this.#closeIdle(idle) });
    this.#rooms.set(key(tenantId, meetingId), room);
    return room;
  }

  /** Call inside `exclusive`. */
  async closeRoom(room: Room, reason: string): Promise<void> {
    if (this.find(room.tenantId, room.meetingId) === room) this.#rooms.delete(key(room.tenantId, room.meetingId));
    await room.close(reason);
  }

  /** Somebody may be on the way in: then it is not empty any more when its turn comes. */
  #closeIdle(room: Room): void {
    void this.exclusive(room.tenantId, room.meetingId, async () => {
      if (room.isEmpty) await this.closeRoom(room, 'empty');
    });
  }

  /** Closes every room once what is under way in it is done. */
  async close(reason: string): Promise<void> {
    await this.#exclusive.idle();
    await Promise.all(
      [...this.#rooms.values()].map((room) =>
        this.exclusive(room.tenantId, room.meetingId, () => this.closeRoom(room, reason)),
      ),
    );
  }
}

const key = (tenantId: string, meetingId: string): string => `${tenantId}:${meetingId}`;
