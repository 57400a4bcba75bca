/** The live side as it is, rooms, sessions, handlers and telling, over sockets that only remember what they heard. */
import type { HandlerDeps } from '../../../signaling/gateway/handler.ts';
import { giveUpSeat, meetingHandlers } from '../../../signaling/gateway/handlers/meeting.ts';
import { P2pEngine } from '../../../signaling/media/p2p/p2p-engine.ts';
import type { ParticipantRole } from '../../../signaling/protocol/index.ts';
import type { Announcer } from '../../../signaling/rooms/channels.ts';
import { Registry } from '../../../signaling/rooms/registry.ts';
import { Session, type SignalingSocket } from '../../../signaling/rooms/session.ts';
import { tellMeeting } from '../../../signaling/rooms/tell-meeting.ts';
import type { Actor } from '../../../src/platform/actor.ts';
import type { TenantDb } from '../../../src/platform/db/scope.ts';
import { newId } from '../../../src/platform/ids.ts';
import { memoryLogger } from '../serve-app.ts';
import type { Backing } from './backing.ts';
import { inTurns } from './memory.ts';
import type { Chance } from './seeded.ts';

export interface Heard {
  fact: string;
  payload: { meeting?: { version: number } };
}

export class StageSocket {
  readonly id = newId();
  readonly channels = new Set<string>();
  readonly heard: Heard[] = [];
  readonly onGone: () => void;
  connected = true;

  constructor(onGone: () => void) {
    this.onGone = onGone;
  }

  join(channel: string): void {
    if (this.connected) this.channels.add(channel);
  }
  leave(channel: string): void {
    this.channels.delete(channel);
  }
  emit(fact: string, payload: Heard['payload']): void {
    if (this.connected) this.heard.push({ fact, payload });
  }
  disconnect(): void {
    if (!this.connected) return;
    this.connected = false;
    this.channels.clear();
    this.onGone();
  }
}

/** One socket of one person, as the schedule knows it. */
export interface Player {
  role: ParticipantRole;
  session: Session;
  socket: StageSocket;
  /** Calls of a socket are carried out in the order sent. */
  last: Promise<unknown>;
  /** By the last answer it had and the facts since: it sits in the meeting. */
  believes: boolean;
}

export type StageCall = 'meeting:start' | 'meeting:join' | 'meeting:leave' | 'meeting:end' | 'meeting:wait';

export class Stage {
  readonly backing: Backing;
  readonly players: Player[] = [];
  readonly registry: Registry;
  readonly #deps: HandlerDeps;
  readonly #handlers: ReturnType<typeof meetingHandlers>;
  readonly #announcer: Announcer;
  readonly #chance: Chance;
  /** What is under way and belongs to no player any more. */
  readonly #loose = new Set<Promise<unknown>>();
  #nodeId = newId();
  #told: Promise<void> = Promise.resolve();

  constructor(backing: Backing, chance: Chance) {
    this.backing = backing;
    this.#chance = chance;
    this.#announcer = {
      tell: (channels, fact, payload, except = []) => {
        for (const { socket } of this.players) {
          const isMeant = channels.some((channel) => socket.channels.has(channel)) && !except.includes(socket.id);
          if (isMeant) socket.emit(fact, payload as Heard['payload']);
        }
      },
    };
    this.registry = new Registry({ media: new P2pEngine('a test'), announcer: this.#announcer, iceServers: () => [] });
    // The handlers of a meeting use no more of their dependencies than this.
    this.#deps = {
      gate: backing.gate,
      registry: this.registry,
      announcer: this.#announcer,
      logger: memoryLogger().logger,
      nodeId: () => this.#nodeId,
    } as unknown as HandlerDeps;
    this.#handlers = meetingHandlers(this.#deps);
  }

  connect(role: ParticipantRole): void {
    const socket = new StageSocket(() => this.#onGone(player));
    const session = new Session(socket as unknown as SignalingSocket, this.#actor(role));
    const player: Player = { role, session, socket, last: Promise.resolve(), believes: false };
    for (const channel of session.personChannels()) socket.join(channel);
    this.players.push(player);
  }

  /** Sends the call; what becomes of it is known later. */
  call(player: Player, name: StageCall): void {
    const input = name === 'meeting:leave' || name === 'meeting:end' ? {} : { meetingId: this.backing.meetingId };
    player.last = player.last.then(async () => {
      await inTurns(this.#chance.below(8));
      if (!player.socket.connected) return;
      try {
        // The door goes through to the gate, which here is the backing's own.
        await this.#handlers[name](player.session, input as never, {} as TenantDb);
        const heardOut = player.socket.heard.some(({ fact }) => fact === 'seat:taken');
        if (name === 'meeting:start' || name === 'meeting:join') player.believes = !heardOut;
        if (name === 'meeting:leave') player.believes = false;
      } catch (error) {
        if (!(error instanceof Error && error.name === 'AppError')) throw error;
      }
    });
  }

  /** The network takes the socket. */
  drop(player: Player): void {
    player.socket.disconnect();
  }

  /** The node's lease is lost: as in signaling/compose.ts, its seats go, its sockets and rooms too. */
  loseNode(): void {
    const lost = this.#nodeId;
    for (const { session } of this.players) session.releasedByServer = true;
    this.#nodeId = newId();
    for (const { socket } of this.players) socket.disconnect();
    this.#keep(this.registry.abandon('node lost'));
    this.#keep(this.backing.gate.loseNode(lost));
  }

  /** The relay looks for what was committed, and tells it in order; once in a while twice. */
  async tell(): Promise<void> {
    const facts = await this.backing.newFacts();
    for (const fact of facts) {
      this.#told = this.#told.then(async () => {
        await inTurns(this.#chance.below(10));
        const deps = { announcer: this.#announcer, registry: this.registry, gate: this.backing.gate };
        await tellMeeting(deps, fact);
        if (this.#chance.once(8)) await tellMeeting(deps, fact);
      });
    }
  }

  /** Everything that was begun is done and told. Throws what nobody may throw. */
  async quiet(): Promise<void> {
    for (;;) {
      const before = (await this.backing.look()).version;
      await Promise.all([...this.players.map(({ last }) => last), ...this.#loose]);
      await this.tell();
      await this.#told;
      if (this.#loose.size === 0 && (await this.backing.look()).version === before) break;
    }
    const facts = await this.backing.newFacts();
    if (facts.length > 0) throw new Error('Something was committed while all was quiet.');
  }

  /** No timer outlives the schedule. */
  close(): void {
    for (const { session } of this.players) session.forget();
  }

  /** As `onGone` of signaling/compose.ts. */
  #onGone({ session }: Player): void {
    session.forget();
    const { seating } = session;
    if (!seating) return;
    if (!session.releasedByServer) this.#keep(giveUpSeat(this.#deps, session, 'connection'));
    else {
      const { tenantId, meetingId } = seating.seat;
      this.#keep(this.registry.exclusive(tenantId, meetingId, () => seating.room.unseat(session)));
    }
  }

  #keep(work: Promise<unknown>): void {
    this.#loose.add(work);
    const forget = () => this.#loose.delete(work);
    work.then(forget, () => undefined);
  }

  #actor(role: ParticipantRole): Actor {
    const { tenantId, doctorId, patientId } = this.backing;
    return {
      kind: 'person',
      userId: newId(),
      tenantId,
      roles: [role === 'doctor' ? 'doctor' : 'patient'],
      scopes: new Set(['meetings:join', 'meetings:start']),
      patientId: role === 'patient' ? patientId : null,
      practitionerId: role === 'doctor' ? doctorId : null,
      sessionId: newId(),
      issuedAt: new Date(),
      expiresAt: new Date(Date.now() + 3_600_000),
    };
  }
}
