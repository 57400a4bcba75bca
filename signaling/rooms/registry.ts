/** The rooms of this node. Work on one meeting's room is done one after another, so that it is opened and closed once. */
import { Exclusive } from './exclusive.ts';
import { Room, type RoomDeps } from './room.ts';
import type { RoomDoor, Sitter } from './sitter.ts';

type RegistryDeps = Omit<RoomDeps, 'onIdle'>;

/** Where several nodes share the meetings (cluster/): which of them holds a room, and what they are to know of each other's. */
export interface RoomRouter {
  /** The room, wherever it is held; `open` makes it one of ours. Call inside `exclusive`. Throws UNAVAILABLE. */
  reach(tenantId: string, meetingId: string, open: () => Promise<Room>): Promise<RoomDoor>;
  /** Whether this node holds the room, as far as it knows. */
  holds(room: Room): boolean;
  /** A room of ours is closed. Never rejects. */
  closed(room: Room): Promise<void>;
  /** The meeting is over: its room is closed wherever it is. */
  over(tenantId: string, meetingId: string, reason: string): void;
  /** The participant has this seat now: whoever holds an older one is out, wherever they are. */
  outseat(tenantId: string, meetingId: string, taken: { participantId: string; seat: number }): void;
}

export class Registry {
  readonly #deps: RegistryDeps;
  readonly #rooms = new Map<string, Room>();
  readonly #exclusive = new Exclusive();
  #router: RoomRouter | undefined;

  constructor(deps: RegistryDeps) {
    this.#deps = deps;
  }

  get size(): number {
    return this.#rooms.size;
  }

  /** From now on rooms may be on other nodes. */
  routeBy(router: RoomRouter): void {
    this.#router = router;
  }

  /** The rooms that are open here. */
  all(): Room[] {
    return [...this.#rooms.values()];
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

  /** The meeting's room on whichever node it is; `early` is one that is being opened here. Call inside `exclusive`. */
  async reach(tenantId: string, meetingId: string, early?: Promise<Room>): Promise<RoomDoor> {
    const open = () => early ?? this.open(tenantId, meetingId);
    if (!this.#router) return open();
    try {
      return await this.#router.reach(tenantId, meetingId, open);
    } finally {
      // Opened in vain when it is held elsewhere. What is open in earnest has somebody in it, or will have in a moment.
      const own = await early?.catch(() => undefined);
      if (own && !this.#router.holds(own)) await this.closeIfEmpty(own, 'held elsewhere');
    }
  }

  /** Takes the session out of its room; the last one out closes it. `goesOn` as in `Room.unseat`. Call inside `exclusive`. */
  async leave(session: Sitter, room: RoomDoor, goesOn = false): Promise<void> {
    await room.unseat(session, goesOn);
    await this.closeIfEmpty(room, 'empty');
  }

  /** A room of another node is that one's to close. Call inside `exclusive`. */
  async closeIfEmpty(room: RoomDoor, reason: string): Promise<void> {
    if (room instanceof Room && room.isEmpty) await this.closeRoom(room, reason);
  }

  /** Call inside `exclusive`. */
  async closeRoom(room: Room, reason: string): Promise<void> {
    const isKnown = this.find(room.tenantId, room.meetingId) === room;
    if (isKnown) this.#rooms.delete(key(room.tenantId, room.meetingId));
    await room.close(reason);
    if (isKnown) await this.#router?.closed(room);
  }

  /** The meeting is over, and with it its room, on whichever node. */
  async over(tenantId: string, meetingId: string, reason: string): Promise<void> {
    this.#router?.over(tenantId, meetingId, reason);
    await this.overHere(tenantId, meetingId, reason);
  }

  overHere(tenantId: string, meetingId: string, reason: string): Promise<void> {
    return this.exclusive(tenantId, meetingId, async () => {
      const room = this.find(tenantId, meetingId);
      if (room) await this.closeRoom(room, reason);
    });
  }

  /** The participant has this seat now: who holds an older one on another node is out. Call when that they came is told. */
  outseatElsewhere(tenantId: string, meetingId: string, taken: { participantId: string; seat: number }): void {
    this.#router?.outseat(tenantId, meetingId, taken);
  }

  /** The same on this node. */
  outseatHere(
    tenantId: string,
    meetingId: string,
    { participantId, seat }: { participantId: string; seat: number },
  ): void {
    const room = this.find(tenantId, meetingId);
    if (!room) return;
    const wasEmpty = room.isEmpty;
    room.outseat(participantId, seat);
    // In its turn: whoever is on the way in here takes what was kept for them.
    if (room.keepsOlder(participantId, seat)) {
      void this.exclusive(tenantId, meetingId, async () => room.forgetOlder(participantId, seat));
    } else if (room.isEmpty && !wasEmpty) {
      // Who took the seat may be gone again, and has left the room to the one who is out now. A room that was empty before was
      // opened for somebody on another node, who is on the way; whoever opened it closes it when nobody comes.
      this.#closeIdle(room);
    }
  }

  /** Somebody may be on the way in: then it is not empty any more when its turn comes. */
  #closeIdle(room: Room): void {
    void this.exclusive(room.tenantId, room.meetingId, () => this.closeIfEmpty(room, 'empty'));
  }

  /**
   * Every seat here is lost: the rooms of now are closed once what is under way in them is done. Whoever comes from now on
   * finds none of them, and what they open stays.
   */
  async abandon(reason: string): Promise<void> {
    const lost = [...this.#rooms.values()];
    this.#rooms.clear();
    await Promise.all(
      lost.map((room) => this.exclusive(room.tenantId, room.meetingId, () => this.closeRoom(room, reason))),
    );
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
