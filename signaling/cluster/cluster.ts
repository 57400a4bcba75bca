/**
 * Several nodes as one: what each tells its rooms reaches the sockets of all, a room is entered from any of them, and when
 * one dies the others go on with its rooms. Without Redis none of this is made, and a node is on its own.
 */
import type { Database } from '../../src/platform/db/scope.ts';
import type { Logger } from '../../src/platform/logger.ts';
import type { Sealer } from '../../src/platform/sealer.ts';
import type { MeetingGate } from '../meeting-gate.ts';
import type { FactName, FactPayload } from '../protocol/index.ts';
import type { Announcer } from '../rooms/channels.ts';
import type { Registry } from '../rooms/registry.ts';
import { leaveChannels, type Room } from '../rooms/room.ts';
import type { Session } from '../rooms/session.ts';
import { Bus, type BusWire } from './bus.ts';
import { Claims } from './claims.ts';
import { ClusterRouter } from './cluster-router.ts';
import { follow } from './follow.ts';
import { Host } from './host.ts';
import { LookAgain } from './look-again.ts';
import type { Load, RoomRef, Said, SitterRef } from './messages.ts';
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
  sessions: { all(): Session[]; find(socketId: string): Session | undefined };
}

/** How often this node looks for itself what it cannot hear. */
const lookEveryMs = 2_000;
/** A start waits no longer for the others. */
const introducedMs = 3_000;
const introducedAgainMs = 25;
/** How long a room may outlive a word about it that was lost, twice. */
const checkEveryMs = 10_000;

export class Cluster {
  readonly announcer: Announcer;
  readonly #deps: ClusterDeps;
  readonly #bus: Bus;
  readonly #claims: Claims;
  readonly #peers: Peers;
  #parts: (ClusterParts & { router: ClusterRouter; host: Host; lookAgain: LookAgain }) | undefined;
  #timer: NodeJS.Timeout | undefined;
  #checkTimer: NodeJS.Timeout | undefined;
  #looking: Promise<void> | undefined;
  /** Facts may have been lost since the last look began, or it failed. */
  #mustLook = false;
  #draining = false;

  constructor(deps: ClusterDeps) {
    this.#deps = deps;
    this.#claims = new Claims(deps.database);
    this.#bus = new Bus({ ...deps, load: () => this.#load() });
    this.#peers = new Peers({ bus: this.#bus, onDead: (nodeId) => this.#onDead(nodeId) });
    this.announcer = {
      tell: (channels, fact, payload, except = []) => {
        deps.own.tell(channels, fact, payload, except);
        this.#bus.tellAll({ kind: 'told', channels, except, fact, payload });
      },
    };
  }

  /** From here on rooms are found wherever they are. */
  open(parts: ClusterParts): void {
    const { logger, nodeId } = this.#deps;
    const { registry } = parts;
    const bus = this.#bus;
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
      hasSitters: (room) => this.#hasSitters(room),
    });
    const host = new Host({ bus, registry, open: (ref) => router.openFor(ref), held: (ref) => router.held(ref) });
    const lookAgain = new LookAgain({ gate: this.#deps.gate, registry });
    this.#parts = { ...parts, router, host, lookAgain };
    registry.routeBy(router);
    bus.open(nodeId(), {
      said: (from, said) => this.#hear(from, said),
      asked: (from, asked) => host.answer(from, asked),
      up: () => this.#onUp(),
      believed: () => this.#onBelieved(),
    });
    this.#timer = setInterval(() => {
      if (!bus.isUp || this.#mustLook) this.#look();
    }, lookEveryMs).unref();
    this.#checkTimer = setInterval(() => this.#check(() => router.checkAll()), checkEveryMs).unref();
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
    await this.#parts?.router.giveUp((room) => which === 'all' || !this.#hasSitters(room));
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
    clearInterval(this.#timer);
    clearInterval(this.#checkTimer);
    this.#peers.close();
    this.#bus.close();
    await this.#looking;
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
    const { registry } = this.#parts ?? {};
    if (!registry) return;
    if (said.kind === 'beat') this.#peers.heard(from, said);
    else if (said.kind === 'told') this.#tellOwn(said);
    else if (said.kind === 'told-one') this.#emit(said.socketId, said.fact, said.payload);
    else if (said.kind === 'over') void this.#over(said);
    else if (said.kind === 'outseat') this.#outseat(said);
    else if (said.kind === 'look-again') this.#lookAtAll();
    else if (said.kind === 'out') void this.#out(said);
    else if (said.kind === 'moved') void this.#moved(said);
    else if (said.kind === 'claimed') this.#onClaimed(said);
  }

  #tellOwn({ channels, except, fact, payload }: Extract<Said, { kind: 'told' }>): void {
    this.#deps.own.tell(channels, fact, payload as FactPayload<typeof fact>, except);
  }

  #emit(socketId: string, fact: FactName, payload: unknown): void {
    const socket = this.#parts?.sessions.find(socketId)?.socket;
    // The node that says it has them from the table of facts, fact and payload as a pair.
    (socket as { emit(fact: FactName, payload: unknown): void } | undefined)?.emit(fact, payload);
  }

  async #over({ tenantId, meetingId, reason }: Extract<Said, { kind: 'over' }>): Promise<void> {
    const { registry } = this.#parts ?? {};
    try {
      await registry?.overHere(tenantId, meetingId, reason);
      // The holder tells the others that they are out; this one may have been lost together with its holder.
      for (const session of this.#sittersElsewhere(meetingId)) await leave(session);
    } catch (error) {
      this.#deps.logger.error({ err: error, meetingId }, 'the room of a meeting that is over was not closed');
    }
  }

  #outseat({ tenantId, meetingId, participantId, seat }: Extract<Said, { kind: 'outseat' }>): void {
    const { registry } = this.#parts ?? {};
    registry?.outseatHere(tenantId, meetingId, { participantId, seat });
    // Whoever comes back may be sending already, which the node that told of it does not know.
    registry?.find(tenantId, meetingId)?.tellSending(participantId);
    for (const session of this.#sittersElsewhere(meetingId)) {
      const own = session.seating?.seat;
      if (own?.participantId === participantId && own.seat < seat) session.takeSeatAway();
    }
  }

  async #out(said: Extract<Said, { kind: 'out' }>): Promise<void> {
    const session = this.#inSeat(said);
    if (!session) return;
    if (said.isTaken) session.takeSeatAway();
    else await leave(session);
  }

  async #moved(said: Extract<Said, { kind: 'moved' }>): Promise<void> {
    const { registry, sessions } = this.#parts ?? {};
    const tenantId = sessions?.find(said.socketId)?.actor.tenantId;
    if (!registry || !tenantId) return;
    // They may be sitting down just now: the holder says so in the breath in which it gives the room up.
    await registry.exclusive(tenantId, said.meetingId, async () => undefined);
    const session = this.#inSeat(said);
    if (session?.seating) await follow(this.#following(), session, session.seating.room);
  }

  /** The session, if it still sits where the other node believes. */
  #inSeat({ socketId, meetingId, epoch, seat }: SitterRef): Session | undefined {
    const session = this.#parts?.sessions.find(socketId);
    const room = session && remoteRoomOf(session);
    const isThere = room?.meetingId === meetingId && room.holding.epoch === epoch;
    return isThere && session?.seating?.seat.seat === seat ? session : undefined;
  }

  #hasSitters(room: Room): boolean {
    return this.#parts?.sessions.all().some(({ seating }) => seating?.room === room) === true;
  }

  #sittersElsewhere(meetingId: string): Session[] {
    const all = this.#parts?.sessions.all() ?? [];
    return all.filter((session) => remoteRoomOf(session)?.meetingId === meetingId);
  }

  #onDead(nodeId: string): void {
    this.#deps.logger.warn({ lostNodeId: nodeId }, 'another node is not reached any more: its rooms are opened anew');
    const { sessions, host } = this.#parts ?? {};
    for (const session of sessions?.all() ?? []) {
      const room = remoteRoomOf(session);
      if (room?.holding.node === nodeId) this.#onLost(room, true);
    }
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
    for (const session of this.#sittersElsewhere(ref.meetingId)) {
      const room = remoteRoomOf(session);
      if (room && room.holding.epoch < ref.epoch) void follow(this.#following(), session, room);
    }
  }

  #onDeposed(room: Room): void {
    const { sessions, host } = this.#parts ?? {};
    host?.sendOn(room);
    // Those who are here come back by another node by themselves, when this one stops.
    if (this.#draining) return;
    for (const session of sessions?.all() ?? []) {
      if (session.seating?.room === room) void follow(this.#following(), session, room);
    }
  }

  #onUp(): void {
    this.#peers.forgive();
    this.#deps.logger.info('this node hears the others');
    this.#check(() => this.#parts?.router.checkAll());
    for (const session of this.#parts?.sessions.all() ?? []) void remoteRoomOf(session)?.check();
    this.#lookAtAll();
    // What this node told meanwhile nobody else has heard.
    this.#bus.tellAll({ kind: 'look-again' });
  }

  /** What it said until now nobody here has heard: the database has it. */
  #onBelieved(): void {
    this.#check(() => this.#parts?.router.checkAll());
    this.#lookAtAll();
  }

  #check(check: () => Promise<void> | undefined): void {
    check()?.catch((error: unknown) =>
      this.#deps.logger.warn({ err: error }, 'it was not looked up who holds the rooms'),
    );
  }

  #lookAtAll(): void {
    this.#parts?.lookAgain.forget();
    this.#mustLook = true;
    this.#look();
  }

  /** One look at a time: one that is under way may have passed somebody by, so another one follows. */
  #look(): void {
    const parts = this.#parts;
    if (!parts) return;
    this.#looking ??= this.#pass(parts).finally(() => {
      this.#looking = undefined;
    });
    if (!this.#bus.isUp) this.#check(() => parts.router.checkAll());
  }

  async #pass({ lookAgain, sessions }: Pick<ClusterParts, 'sessions'> & { lookAgain: LookAgain }): Promise<void> {
    this.#mustLook = false;
    try {
      await lookAgain.pass(sessions.all());
    } catch (error) {
      this.#mustLook = true;
      this.#deps.logger.warn({ err: error }, 'those who are here were not told how things stand');
    }
  }

  #following() {
    const parts = this.#parts;
    if (!parts) throw new Error('The cluster was used before it was open.');
    return { ...this.#deps, registry: parts.registry };
  }
}

/** Out of the room; the socket lives on. */
async function leave(session: Session): Promise<void> {
  const { seating } = session;
  session.seating = null;
  if (seating) await leaveChannels(session, seating.room.channel);
}
