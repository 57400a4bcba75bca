/**
 * Which node holds a room. The database says so, each time that somebody enters; a holder that cannot be reached is deposed
 * by the next number, and what it does afterwards under its own is refused.
 */
import { setTimeout as pause } from 'node:timers/promises';
import { AppError } from '../../src/platform/errors.ts';
import type { Logger } from '../../src/platform/logger.ts';
import type { Registry, RoomRouter } from '../rooms/registry.ts';
import type { Room } from '../rooms/room.ts';
import type { RoomDoor } from '../rooms/sitter.ts';
import { type Bus, Unreachable } from './bus.ts';
import type { Claims, Holding } from './claims.ts';
import { Moved } from './envelope.ts';
import type { Opened, RoomRef } from './messages.ts';
import { RemoteRoom, type RemoteRoomDeps } from './remote-room.ts';

export interface ClusterRouterDeps {
  bus: Pick<Bus, 'ask' | 'tell' | 'tellAll'>;
  claims: Pick<Claims, 'claim' | 'release' | 'ofNode'>;
  registry: Registry;
  logger: Logger;
  nodeId(): string;
  /** For whom a room is claimed that nobody holds. */
  pick(): string;
  onLost: RemoteRoomDeps['onLost'];
  /** This node holds the room in a later holding than the first. */
  onClaimed(room: RoomRef): void;
  /** A room with people in it is another node's now. */
  onDeposed(room: Room): void;
  /** Whether a socket of this node sits in it. */
  hasSitters(room: Room): boolean;
}

type MeetingRef = Omit<RoomRef, 'epoch'>;

/** Each time somebody else may have been quicker. */
const attempts = 4;
/** A holder that has lost its lease knows so before the database gives its rooms away: by a round trip, or a few. */
const sinceLostMs = 250;
/** Its lease has run out by then, so that nobody has to be told. */
const deadMs = 60_000;

export class ClusterRouter implements RoomRouter {
  readonly #deps: ClusterRouterDeps;
  /** The number under which each room here is held. */
  readonly #epochs = new Map<string, number>();
  /** Holdings that somebody here has found dead, until the next who seeks the room. */
  readonly #dead = new Map<string, { holding: Holding; foundAt: number }>();

  /** Rooms that stood open here at the last check although they are not held here. */
  #leftOver = new Set<Room>();

  constructor(deps: ClusterRouterDeps) {
    this.#deps = deps;
  }

  holds({ tenantId, meetingId }: Room): boolean {
    return this.#epochs.has(keyOf({ tenantId, meetingId }));
  }

  /** The room, if it is open here in just that holding. */
  held(ref: RoomRef): Room | undefined {
    return this.#epochs.get(keyOf(ref)) === ref.epoch
      ? this.#deps.registry.find(ref.tenantId, ref.meetingId)
      : undefined;
  }

  /** Whoever seeks the room next need not ask its holder first. */
  foundDead({ tenantId, meetingId, holding }: RemoteRoom): void {
    const now = performance.now();
    for (const [key, { foundAt }] of this.#dead) {
      if (now - foundAt < deadMs) break;
      this.#dead.delete(key);
    }
    const key = keyOf({ tenantId, meetingId });
    this.#dead.delete(key);
    this.#dead.set(key, { holding, foundAt: now });
  }

  async reach(tenantId: string, meetingId: string, open: () => Promise<Room>): Promise<RoomDoor> {
    const meeting = { tenantId, meetingId };
    let deposed = this.#dead.get(keyOf(meeting))?.holding;
    this.#dead.delete(keyOf(meeting));
    for (let attempt = 1; attempt <= attempts; attempt += 1) {
      const holding = await this.#claim(meeting, deposed);
      if (holding.node === this.#deps.nodeId()) return this.#openHere(meeting, holding, open);
      this.#notOurs(meeting);
      try {
        return await this.#openThere(meeting, holding);
      } catch (error) {
        if (attempt < attempts && isUnavailable(error)) await pause(sinceLostMs, undefined, { ref: false });
        else deposed = this.#deposedBy(error, holding);
      }
    }
    throw new AppError('UNAVAILABLE', 'The room of this meeting cannot be found now.');
  }

  /** For another node, which found that this one holds the room. Call inside `exclusive`. Throws Moved. */
  async openFor(ref: RoomRef): Promise<Room> {
    const { registry } = this.#deps;
    const known = this.#epochs.get(keyOf(ref));
    if (known === undefined || known < ref.epoch) {
      const holding = await this.#claim(ref);
      if (holding.node !== this.#deps.nodeId()) {
        this.#notOurs(ref);
        throw new Moved();
      }
      return this.#openHere(ref, holding, () => registry.open(ref.tenantId, ref.meetingId), ref.epoch);
    }
    if (known > ref.epoch) throw new Moved();
    return registry.open(ref.tenantId, ref.meetingId);
  }

  async closed({ tenantId, meetingId }: Room): Promise<void> {
    const { claims, logger } = this.#deps;
    const key = keyOf({ tenantId, meetingId });
    const epoch = this.#epochs.get(key);
    this.#epochs.delete(key);
    if (epoch === undefined) return;
    await claims.release(tenantId, meetingId, { node: this.#deps.nodeId(), epoch }).catch((error: unknown) => {
      logger.warn({ err: error, meetingId }, 'a room was not given back: this node keeps it until it stops');
    });
  }

  over(tenantId: string, meetingId: string, reason: string): void {
    this.#deps.bus.tellAll({ kind: 'over', tenantId, meetingId, reason });
  }

  outseat(tenantId: string, meetingId: string, taken: { participantId: string; seat: number }): void {
    this.#deps.bus.tellAll({ kind: 'outseat', tenantId, meetingId, ...taken });
  }

  /** The database has given the room to another node. */
  claimed(ref: RoomRef): void {
    const epoch = this.#epochs.get(keyOf(ref));
    if (epoch !== undefined && epoch < ref.epoch) this.#notOurs(ref);
  }

  /**
   * Holds the rooms here against what the database says, since a word of it may have been lost: gives up what is another's,
   * closes what is over, and what was given up and nobody of this node has sat in since the last time.
   */
  async checkAll(): Promise<void> {
    const { claims, registry, nodeId } = this.#deps;
    // Before it is asked: what is claimed meanwhile is not in the answer.
    const known = new Map(this.#epochs);
    const held = new Map((await claims.ofNode(nodeId())).map((row) => [keyOf(row), row]));
    for (const [key, epoch] of known) {
      const row = held.get(key);
      const [tenantId = '', meetingId = ''] = key.split(':');
      if (row?.epoch === epoch && row.isOver) await registry.overHere(tenantId, meetingId, 'over');
      else if (row?.epoch !== epoch && this.#epochs.get(key) === epoch) this.#notOurs({ tenantId, meetingId });
    }
    await this.#closeLeftOver();
  }

  async #closeLeftOver(): Promise<void> {
    const { registry, hasSitters } = this.#deps;
    const isLeftOver = (room: Room) => !this.holds(room) && !hasSitters(room);
    const before = this.#leftOver;
    this.#leftOver = new Set(registry.all().filter(isLeftOver));
    for (const room of this.#leftOver) {
      if (!before.has(room)) continue;
      const { tenantId, meetingId } = room;
      await registry.exclusive(tenantId, meetingId, async () => {
        if (isLeftOver(room)) await registry.closeRoom(room, 'held elsewhere');
      });
    }
  }

  /** This node stops: those of its rooms may be claimed by others, and whoever is in them follows. */
  async giveUp(isDue: (room: Room) => boolean): Promise<void> {
    for (const key of this.#epochs.keys()) {
      const room = this.#roomOf(key);
      if (!room || !isDue(room)) continue;
      await this.closed(room);
      this.#deps.onDeposed(room);
    }
  }

  /** Under a new name nothing is held. Answers what was. */
  forgetAll(): Room[] {
    const rooms = [...this.#epochs.keys()].flatMap((key) => this.#roomOf(key) ?? []);
    this.#epochs.clear();
    return rooms;
  }

  #roomOf(key: string): Room | undefined {
    const [tenantId = '', meetingId = ''] = key.split(':');
    return this.#deps.registry.find(tenantId, meetingId);
  }

  async #claim(meeting: MeetingRef, deposed?: Holding): Promise<Holding> {
    const caller = this.#deps.nodeId();
    const node = deposed ? caller : this.#deps.pick();
    const { tenantId, meetingId } = meeting;
    const holding = await this.#deps.claims.claim({ tenantId, meetingId, caller, node, deposed });
    if (!holding) throw new AppError('UNAVAILABLE', 'This node has lost its lease, or the meeting is over.');
    return holding;
  }

  async #openHere(
    meeting: MeetingRef,
    { epoch }: Holding,
    open: () => Promise<Room>,
    asked: number = epoch,
  ): Promise<Room> {
    const room = await open();
    const key = keyOf(meeting);
    const isNew = this.#epochs.get(key) !== epoch;
    this.#epochs.set(key, epoch);
    // Who held it before may live after all, and people may sit in it there.
    if (isNew && epoch > 1) {
      const { tenantId, meetingId } = meeting;
      this.#deps.bus.tellAll({ kind: 'claimed', tenantId, meetingId, epoch });
      this.#deps.onClaimed({ tenantId, meetingId, epoch });
    }
    if (epoch !== asked) throw new Moved();
    return room;
  }

  async #openThere(meeting: MeetingRef, holding: Holding): Promise<RemoteRoom> {
    const { bus, onLost } = this.#deps;
    const room = { tenantId: meeting.tenantId, meetingId: meeting.meetingId, epoch: holding.epoch };
    const opened = (await bus.ask(holding.node, { kind: 'open', room })) as Opened;
    return new RemoteRoom({ bus, onLost }, meeting, holding, opened);
  }

  /** Whom to depose because of this; throws when nobody is to be. */
  #deposedBy(error: unknown, holding: Holding): Holding | undefined {
    if (error instanceof Moved) return undefined;
    if (error instanceof Unreachable && error.why !== 'cut off') {
      this.#deps.logger.warn(
        { holder: holding.node, why: error.why },
        'a room is taken from a node that is not reached',
      );
      return holding;
    }
    throw error;
  }

  #notOurs(meeting: MeetingRef): void {
    if (!this.#epochs.delete(keyOf(meeting))) return;
    const room = this.#deps.registry.find(meeting.tenantId, meeting.meetingId);
    if (room) this.#deps.onDeposed(room);
  }
}

const isUnavailable = (error: unknown): boolean => error instanceof AppError && error.code === 'UNAVAILABLE';
const keyOf = ({ tenantId, meetingId }: MeetingRef): string => `${tenantId}:${meetingId}`;
