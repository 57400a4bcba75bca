/** Media from browser to browser: the server only relays the offers (`signal:send`), and the room has nothing to keep. */
import { AppError } from '../../../src/platform/errors.ts';
import type { RoomMedia, SendingState } from '../../protocol/index.ts';
import type { MediaEngine, P2pRoom } from '../engine.ts';

export class P2pEngine implements MediaEngine {
  readonly kind = 'p2p';
  readonly why: string;
  readonly #rooms = new Set<P2pMediaRoom>();
  #closed = false;

  constructor(why: string) {
    this.why = why;
  }

  /** A p2p room has no events of its own: browsers tell each other what they send. */
  async openRoom(roomId: string): Promise<P2pMediaRoom> {
    if (this.#closed) throw new AppError('UNAVAILABLE', 'This server is stopping.');
    const room = new P2pMediaRoom(roomId, () => this.#rooms.delete(room));
    this.#rooms.add(room);
    return room;
  }

  async close(): Promise<void> {
    this.#closed = true;
    for (const room of this.#rooms) room.close();
  }
}

class P2pMediaRoom implements P2pRoom {
  readonly kind = 'p2p';
  readonly roomId: string;
  readonly #onClosed: () => void;
  #closed = false;

  constructor(roomId: string, onClosed: () => void) {
    this.roomId = roomId;
    this.#onClosed = onClosed;
  }

  describe(): RoomMedia {
    this.#assertOpen();
    return { kind: 'p2p' };
  }

  closeParticipant(): void {
    // The other browser sees the connection end by itself.
  }

  async setSending(_participantId: string, _sending: SendingState): Promise<void> {
    this.#assertOpen();
  }

  close(): void {
    if (this.#closed) return;
    this.#closed = true;
    this.#onClosed();
  }

  #assertOpen(): void {
    if (this.#closed) throw new AppError('NOT_JOINED', 'This room is closed.');
  }
}
