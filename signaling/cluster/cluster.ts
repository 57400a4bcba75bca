/**
 * Several nodes as one: what each tells its rooms reaches the sockets of all, a room is entered from any of them, and when
 * one dies the others go on with its rooms. Without Redis none of this is made, and a node is on its own.
 */
import type { Database } from '../../src/platform/db/scope.ts';
import type { Logger } from '../../src/platform/logger.ts';
import type { Sealer } from '../../src/platform/sealer.ts';
import type { MeetingGate } from '../meeting-gate.ts';
import type { FactPayload } from '../protocol/index.ts';
import type { Announcer } from '../rooms/channels.ts';
import type { Registry } from '../rooms/registry.ts';
import type { Room } from '../rooms/room.ts';
import { announcerOver } from './announcer.ts';
import { Bus, type BusWire } from './bus.ts';
import { Claims } from './claims.ts';
import { ClusterRouter } from './cluster-router.ts';
import { follow } from './follow.ts';
import { Host } from './host.ts';
import { LookAgain } from './look-again.ts';
import { Looks } from './looks.ts';
import type { Load, RoomRef, Said } from './messages.ts';
import { OwnSessions, putOut, type Sessions } from './own-sessions.ts';
import { Peers } from './peers.ts';
import { type RemoteRoom, remoteRoomOf } from './remote-room.ts';

/** What is needed to share meetings with other nodes. */
export interface ClusterWay extends BusWire {
  /** The same at every node. */
  sealer: Sealer;
}

export interface ClusterDeps extends ClusterWay {
  database: Pick<Database, 'pool'>;
  gate: MeetingGate;
  logger: Logger;
  nodeId(): string;
  /** Whether this node holds its lease, as far as it knows. */
  isLeased(): boolean;
  /** Tells the sockets of this node. */
  own: Announcer;
}

/** What comes into being only after the announcer. */
export interface ClusterParts {
  registry: Registry;
  sessions: Sessions;
}

interface Parts {
  registry: Registry;
  sessions: OwnSessions;
  router: ClusterRouter;
  host: Host;
  looks: Looks;
}

/** A start waits no longer for the others. */
const introducedMs = 3_000;
const introducedAgainMs = 25;

export class Cluster {
  readonly announcer: Announcer;
  readonly #deps: ClusterDeps;
  readonly #bus: Bus;
  readonly #claims: Claims;
  readonly #peers: Peers;
  #parts: Parts | undefined;
  #draining = false;

  constructor(deps: ClusterDeps) {
    this.#deps = deps;
    this.#claims = new Claims(deps.database);
    this.#bus = new Bus({ ...deps, load: () => this.#load() });
    this.#peers = new Peers({ bus: this.#bus, onDead: (nodeId) => this.#onDead(nodeId) });
    this.announcer = announcerOver(this.#bus, deps.own);
  }

  /** From here on rooms are found wherever they are. */
  open({ registry, sessions: all }: ClusterParts): void {
    const { logger, nodeId, gate } = this.#deps;
    const bus = this.#bus;
    const sessions = new OwnSessions(all);
    const router = new ClusterRouter({
      bus,
      registry,
      logger,
      nodeId,
      claims: this.#claims,
      pick: () => this.#peers.pick(nodeId(), this.#load()),
      onLost: (room, isDead) => this.#onLost(room, isDead),
      onClaimed: (room) => this.#onClaimed(room),
      onDeposed: (room) => this.#onDeposed(room),
      hasSitters: (room) => sessions.hasSitters(room),
    });
    const host = new Host({ bus, registry, open: (ref) => router.openFor(ref), held: (ref) => router.held(ref) });
    const lookAgain = new LookAgain({ gate, registry });
    const looks = new Looks({ lookAgain, router, sessions, logger, isUp: () => bus.isUp });
    this.#parts = { registry, sessions, router, host, looks };
    registry.routeBy(router);
    bus.open(nodeId(), {
      said: (from, said) => this.#hear(from, said),
      asked: (from, asked) => host.answer(from, asked),
      up: () => this.#onUp(),
      believed: () => this.#onBelieved(),
    });
  }

  /** Whether a fact that is told here now reaches whoever has to hear it: false while others live that hear nothing of it. */
  async reachesAll(): Promise<boolean> {
    return this.#bus.isBelieved || (await this.#claims.others(this.#deps.nodeId())).length === 0;
  }

  /**
   * Until all others hear what this node tells, so that nobody who is let in says anything into the void. After 3 s it is over
   * in any case: a node that Redis does not serve serves its own people.
   */
  async introduce(): Promise<void> {
    const giveUpAt = performance.now() + introducedMs;
    while (performance.now() < giveUpAt && !(await this.#isIntroduced())) {
      await new Promise((resolve) => setTimeout(resolve, introducedAgainMs));
    }
  }

  async #isIntroduced(): Promise<boolean> {
    if (this.#bus.isBelieved) return true;
    try {
      const others = await this.#claims.others(this.#deps.nodeId());
      return others.every((id) => this.#bus.hasProvenTo(id));
    } catch {
      // The next look may be answered, and the time is bounded.
      return false;
    }
  }

  /** The node has lost its lease: what it held is not its own any more, and whoever sits there from elsewhere follows. */
  lost(): void {
    for (const room of this.#parts?.router.forgetAll() ?? []) this.#parts?.host.sendOn(room);
  }

  /** It goes on under a new name. */
  renamed(nodeId: string): void {
    this.#bus.rename(nodeId);
  }

  /** This node stops: it takes no rooms any more. Those that it holds go on here until they are handed over. */
  retire(): void {
    this.#draining = true;
    this.#bus.tellAll({ kind: 'beat', ...this.#load() });
  }

  /** Gives up its rooms, or those that nobody of this node sits in: whoever sits there from elsewhere follows. Never rejects. */
  async handOver(which: 'all' | 'left'): Promise<void> {
    await this.#parts?.router.giveUp((room) => which === 'all' || !this.#parts?.sessions.hasSitters(room));
  }

  /** Whether another node, which this one hears, holds its lease in the database. */
  get othersAreLeased(): boolean {
    return this.#bus.isUp && this.#peers.areLeased;
  }

  /** How many other nodes this one hears. */
  get peers(): number {
    return this.#bus.isUp ? this.#peers.size : 0;
  }

  /** Idempotent. */
  async close(): Promise<void> {
    const looked = this.#parts?.looks.close();
    this.#peers.close();
    this.#bus.close();
    await looked;
  }

  #load(): Load {
    const { sessions, registry } = this.#parts ?? {};
    return {
      sockets: sessions?.all().length ?? 0,
      rooms: registry?.size ?? 0,
      draining: this.#draining,
      leased: this.#deps.isLeased(),
    };
  }

  #hear(from: string, said: Said): void {
    const { registry, sessions, looks } = this.#parts ?? {};
    if (!registry) return;
    if (said.kind === 'beat') this.#peers.heard(from, said);
    else if (said.kind === 'told') this.#tellOwn(said);
    else if (said.kind === 'told-one') sessions?.emit(said.socketId, said.fact, said.payload);
    else if (said.kind === 'over') void this.#over(said);
    else if (said.kind === 'outseat') this.#outseat(said);
    else if (said.kind === 'look-again') looks?.atAll();
    else if (said.kind === 'out') void this.#out(said);
    else if (said.kind === 'moved') void this.#moved(said);
    else if (said.kind === 'claimed') this.#onClaimed(said);
  }

  #tellOwn({ channels, except, fact, payload }: Extract<Said, { kind: 'told' }>): void {
    this.#deps.own.tell(channels, fact, payload as FactPayload<typeof fact>, except);
  }

  async #over({ tenantId, meetingId, reason }: Extract<Said, { kind: 'over' }>): Promise<void> {
    const { registry, sessions } = this.#parts ?? {};
    try {
      await registry?.overHere(tenantId, meetingId, reason);
      // The holder tells the others that they are out; this one may have been lost together with its holder.
      for (const session of sessions?.elsewhere(meetingId) ?? []) await putOut(session);
    } catch (error) {
      this.#deps.logger.error({ err: error, meetingId }, 'the room of a meeting that is over was not closed');
    }
  }

  #outseat({ tenantId, meetingId, participantId, seat }: Extract<Said, { kind: 'outseat' }>): void {
    const { registry, sessions } = this.#parts ?? {};
    registry?.outseatHere(tenantId, meetingId, { participantId, seat });
    // Whoever comes back may be sending already, which the node that told of it does not know.
    registry?.find(tenantId, meetingId)?.tellSending(participantId);
    sessions?.outseat(meetingId, participantId, seat);
  }

  async #out(said: Extract<Said, { kind: 'out' }>): Promise<void> {
    const session = this.#parts?.sessions.inSeat(said);
    if (!session) return;
    if (said.isTaken) session.takeSeatAway();
    else await putOut(session);
  }

  async #moved(said: Extract<Said, { kind: 'moved' }>): Promise<void> {
    const { registry, sessions } = this.#parts ?? {};
    const tenantId = sessions?.find(said.socketId)?.actor.tenantId;
    if (!registry || !tenantId) return;
    // They may be sitting down just now: the holder says so in the breath in which it gives the room up.
    await registry.exclusive(tenantId, said.meetingId, async () => undefined);
    const session = sessions?.inSeat(said);
    if (session?.seating) await follow(this.#following(), session, session.seating.room);
  }

  #onDead(nodeId: string): void {
    this.#deps.logger.warn({ lostNodeId: nodeId }, 'another node is not reached any more: its rooms are opened anew');
    const { sessions, host } = this.#parts ?? {};
    for (const room of sessions?.rooms() ?? []) if (room.holding.node === nodeId) this.#onLost(room, true);
    host
      ?.lose(nodeId)
      .catch((error: unknown) => this.#deps.logger.error({ err: error }, 'sockets of a dead node stay'));
  }

  #onLost(room: RemoteRoom, isDead: boolean): void {
    if (isDead) this.#parts?.router.foundDead(room);
    const session = room.sitter && this.#parts?.sessions.find(room.sitter.id);
    if (session) void follow(this.#following(), session, room);
  }

  #onClaimed(ref: RoomRef): void {
    this.#parts?.router.claimed(ref);
    for (const session of this.#parts?.sessions.elsewhere(ref.meetingId) ?? []) {
      const room = remoteRoomOf(session);
      if (room && room.holding.epoch < ref.epoch) void follow(this.#following(), session, room);
    }
  }

  #onDeposed(room: Room): void {
    const { sessions, host } = this.#parts ?? {};
    host?.sendOn(room);
    // Those who are here come back by another node by themselves, when this one stops.
    if (this.#draining) return;
    for (const session of sessions?.inRoom(room) ?? []) void follow(this.#following(), session, room);
  }

  #onUp(): void {
    const { sessions, looks } = this.#parts ?? {};
    this.#peers.forgive();
    this.#deps.logger.info('this node hears the others');
    looks?.checkRooms();
    for (const room of sessions?.rooms() ?? []) void room.check();
    looks?.atAll();
    // What this node told meanwhile nobody else has heard.
    this.#bus.tellAll({ kind: 'look-again' });
  }

  /** What it said until now nobody here has heard: the database has it. */
  #onBelieved(): void {
    this.#parts?.looks.checkRooms();
    this.#parts?.looks.atAll();
  }

  #following() {
    const parts = this.#parts;
    if (!parts) throw new Error('The cluster was used before it was open.');
    return { ...this.#deps, registry: parts.registry };
  }
}
