/** What other nodes ask of the rooms that this one holds. They have done what a gateway does: who asks, and may they. */
import { AppError } from '../../src/platform/errors.ts';
import type { MediaRoom } from '../media/engine.ts';
import type { FactName, SendingState } from '../protocol/index.ts';
import type { Registry } from '../rooms/registry.ts';
import type { Room } from '../rooms/room.ts';
import type { Bus } from './bus.ts';
import { Moved } from './envelope.ts';
import { type Asked, type MediaCall, mediaCalls, type Opened, type RoomRef, type Welcome } from './messages.ts';
import { RemoteSitter } from './remote-sitter.ts';

type Question<K extends Asked['kind']> = Extract<Asked, { kind: K }>;

export interface HostDeps {
  bus: Pick<Bus, 'tell'>;
  registry: Registry;
  /** Opens the room if this node holds it in that holding or a later one; throws Moved. Call inside `exclusive`. */
  open(room: RoomRef): Promise<Room>;
  /** The room, if it is open here in just that holding. */
  held(room: RoomRef): Room | undefined;
}

/** Who has a room opened enters it at once, or never. */
const emptyMs = 10_000;

export class Host {
  readonly #deps: HostDeps;
  /** By socket. */
  readonly #sitters = new Map<string, RemoteSitter>();

  constructor(deps: HostDeps) {
    this.#deps = deps;
  }

  /** Throws Moved when the room is not held here, and what the room throws. */
  async answer(from: string, asked: Asked): Promise<unknown> {
    switch (asked.kind) {
      case 'open':
        return this.#open(asked);
      case 'seat':
        return this.#seat(from, asked);
      case 'unseat':
        return this.#unseat(asked);
      case 'sits':
        return this.#sits(asked);
      case 'set-sending':
        await this.#room(asked.room).setSending(asked.seat, asked.sending);
        return null;
      case 'tell-other':
        return this.#tellOther(asked);
      case 'media':
        return this.#media(asked);
      default:
        throw new AppError('UNAVAILABLE', 'This node does not know that yet.');
    }
  }

  /** The node is gone, and with it its sockets. */
  async lose(nodeId: string): Promise<void> {
    const lost = [...this.#sitters.values()].filter((sitter) => sitter.nodeId === nodeId);
    await Promise.all(lost.map((sitter) => this.#lose(sitter)));
  }

  /** Whoever sits in the room from elsewhere follows it to its new holder. */
  sendOn(room: Room): void {
    for (const sitter of this.#sitters.values()) if (sitter.seating?.room === room) sitter.sendOn();
  }

  async #lose(sitter: RemoteSitter): Promise<void> {
    const { seating } = sitter;
    if (!seating) return;
    const { tenantId, meetingId } = seating.seat;
    await this.#deps.registry.exclusive(tenantId, meetingId, async () => {
      if (sitter.seating !== seating) return;
      // Their media may flow on: it is kept for when they come back over another node.
      sitter.leaves(true);
      await this.#deps.registry.leave(sitter, seating.room);
    });
  }

  #open({ room: ref }: Question<'open'>): Promise<Opened> {
    const { registry } = this.#deps;
    return registry.exclusive(ref.tenantId, ref.meetingId, async () => {
      const room = await this.#deps.open(ref);
      const closeUnused = () =>
        void registry.exclusive(ref.tenantId, ref.meetingId, () => registry.closeIfEmpty(room, 'nobody came'));
      setTimeout(closeUnused, emptyMs).unref();
      return { kind: room.media.kind };
    });
  }

  #seat(from: string, { room: ref, socketId, admission, resume }: Question<'seat'>): Promise<Welcome> {
    return this.#deps.registry.exclusive(ref.tenantId, ref.meetingId, async () => {
      const room = this.#room(ref);
      const sitter = this.#sitter(from, socketId);
      sitter.epoch = ref.epoch;
      const mediaKept = await room.seat(sitter, admission, resume).catch((error: unknown) => {
        // Nobody puts out who never sat.
        if (!sitter.seating) this.#sitters.delete(socketId);
        throw error;
      });
      const { participantId } = admission.seat;
      const sending = admission.attendance.map((one) => [one.participantId, room.present(one).sending] as const);
      return {
        mediaKept,
        media: room.media.describe(participantId),
        iceServers: room.iceServers(participantId),
        guests: room.guestsBeside(participantId),
        sending: Object.fromEntries<SendingState>(sending),
      };
    });
  }

  #unseat({ room: ref, participantId, seat, wasCutOff }: Question<'unseat'>): Promise<null> {
    const { registry } = this.#deps;
    return registry.exclusive(ref.tenantId, ref.meetingId, async () => {
      const room = this.#deps.held(ref);
      const sitter = room?.session(participantId);
      if (!(room && sitter instanceof RemoteSitter) || sitter.seating?.seat.seat !== seat) return null;
      sitter.leaves(wasCutOff);
      await registry.leave(sitter, room);
      return null;
    });
  }

  /** Behind whatever is under way in the room: somebody may be being put out of it. */
  #sits({ room: ref, participantId, seat }: Question<'sits'>): Promise<boolean> {
    return this.#deps.registry.exclusive(ref.tenantId, ref.meetingId, async () => {
      return this.#room(ref).session(participantId)?.seating?.seat.seat === seat;
    });
  }

  async #tellOther({ to, fact, payload, ...asked }: Question<'tell-other'>): Promise<null> {
    const socket = this.#seated(asked).session(to)?.socket;
    // The node that says it has parsed the pair.
    (socket as { emit(fact: FactName, payload: unknown): void } | undefined)?.emit(fact, payload);
    return null;
  }

  async #media({ call, args, ...asked }: Question<'media'>): Promise<unknown> {
    const { media } = this.#seated(asked);
    if (media.kind !== 'sfu' || !isMediaCall(call)) throw new AppError('INVALID_CALL');
    // The arguments were parsed by the node that asks, for the call of that name.
    const method = media[call] as (this: MediaRoom, me: string, ...args: readonly unknown[]) => unknown;
    return await method.call(media, asked.participantId, ...args);
  }

  #room(ref: RoomRef): Room {
    const room = this.#deps.held(ref);
    if (!room) throw new Moved();
    return room;
  }

  /** The room in which that seat is the present one. */
  #seated({ room: ref, participantId, seat }: Pick<Question<'media'>, 'room' | 'participantId' | 'seat'>): Room {
    const room = this.#room(ref);
    if (room.session(participantId)?.seating?.seat.seat !== seat) throw new AppError('NOT_JOINED');
    return room;
  }

  #sitter(nodeId: string, socketId: string): RemoteSitter {
    const known = this.#sitters.get(socketId);
    if (known) return known;
    const forget = (out: RemoteSitter) => {
      if (this.#sitters.get(socketId) === out) this.#sitters.delete(socketId);
    };
    const sitter = new RemoteSitter(this.#deps.bus, { nodeId, socketId }, forget);
    this.#sitters.set(socketId, sitter);
    return sitter;
  }
}

function isMediaCall(call: string): call is MediaCall {
  return (mediaCalls as readonly string[]).includes(call);
}
