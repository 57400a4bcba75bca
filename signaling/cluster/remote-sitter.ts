/** A socket of another node that sits in a room of this one. */
import type { Seating, SignalingSocket } from '../rooms/session.ts';
import type { Sitter } from '../rooms/sitter.ts';
import type { Bus } from './bus.ts';
import type { SitterRef } from './messages.ts';

export class RemoteSitter implements Sitter {
  readonly id: string;
  /** The node that speaks for it. */
  readonly nodeId: string;
  readonly socket: Sitter['socket'];
  wasCutOff = false;
  /** Of the holding of the room in which it sits. */
  epoch = 0;
  readonly #bus: Pick<Bus, 'tell'>;
  readonly #onOut: (sitter: RemoteSitter) => void;
  #seating: Seating | null = null;
  #knows = false;

  /** `onOut` is heard when it sits in the room no more. */
  constructor(
    bus: Pick<Bus, 'tell'>,
    { nodeId, socketId }: { nodeId: string; socketId: string },
    onOut: (sitter: RemoteSitter) => void,
  ) {
    this.#bus = bus;
    this.#onOut = onOut;
    this.nodeId = nodeId;
    this.id = socketId;
    const emit: SignalingSocket['emit'] = (fact, ...[payload]: unknown[]) => {
      bus.tell(nodeId, { kind: 'told-one', socketId, fact, payload });
      return true;
    };
    // Which channels it is in is its own node's to keep.
    this.socket = { emit, join: () => undefined, leave: () => undefined };
  }

  get seating(): Seating | null {
    return this.#seating;
  }

  /** Whoever is put out of the room is told so; who left by themself knows. */
  set seating(seating: Seating | null) {
    if (seating) {
      this.#seating = seating;
      this.#knows = false;
    } else {
      this.#putOut(false);
    }
  }

  takeSeatAway(): void {
    this.#putOut(true);
  }

  /** They have left, or their node is gone: nobody has to be told. */
  leaves(wasCutOff: boolean): void {
    this.wasCutOff = wasCutOff;
    this.#knows = true;
  }

  /** The room is another node's now. */
  sendOn(): void {
    const before = this.#ref();
    if (before && !this.#knows) this.#bus.tell(this.nodeId, { kind: 'moved', ...before });
    // That this room is closed for them then is no news.
    this.#knows = true;
  }

  #putOut(isTaken: boolean): void {
    const before = this.#ref();
    this.#seating = null;
    if (before && !this.#knows) this.#bus.tell(this.nodeId, { kind: 'out', isTaken, ...before });
    this.#onOut(this);
  }

  #ref(): SitterRef | undefined {
    const { seat } = this.#seating ?? {};
    return seat && { socketId: this.id, meetingId: seat.meetingId, epoch: this.epoch, seat: seat.seat };
  }
}
