/** Sockets that ask too much or read nothing are closed: telling them again and again would itself be the damage. */
import type { SignalingSocket } from '../rooms/session.ts';

/** A client that waits for its answers is refused now and then; only a loop is refused so often. */
const mostRefusals = 500;
const refusalWindowMs = 10_000;
/** More than anybody's tabs and devices; each costs about 20 kB. */
const mostSockets = 32;
/** Nothing that a living client receives piles up so high between two of its reads. */
const mostUnread = 2_000;

/** Counts refusals for want of room or rate; after too many in a short time it closes the connection. */
export function countRefusals(socket: SignalingSocket): () => void {
  let refusals = 0;
  let windowEnds = 0;
  return () => {
    const now = performance.now();
    if (now > windowEnds) {
      windowEnds = now + refusalWindowMs;
      refusals = 0;
    }
    refusals += 1;
    if (refusals > mostRefusals) cut(socket);
  };
}

/** Closes the connection when too much that was written to it is not read. */
export function watchUnread(socket: SignalingSocket): void {
  let unread = 0;
  socket.conn.on('packetCreate', () => {
    unread += 1;
    if (unread > mostUnread) cut(socket);
  });
  socket.conn.on('drain', () => {
    unread = 0;
  });
}

export interface Turnstile {
  /** Whether one more socket of this person would be too many. */
  isFull(userId: string): boolean;
  /** Counts a socket in; false, and not counted, when it is one too many. */
  enter(userId: string): boolean;
  leave(userId: string): void;
}

export function createTurnstile(most: number = mostSockets): Turnstile {
  const inside = new Map<string, number>();
  const isFull = (userId: string) => (inside.get(userId) ?? 0) >= most;
  return {
    isFull,
    enter(userId) {
      if (isFull(userId)) return false;
      inside.set(userId, (inside.get(userId) ?? 0) + 1);
      return true;
    },
    leave(userId) {
      const left = (inside.get(userId) ?? 0) - 1;
      if (left > 0) inside.set(userId, left);
      else inside.delete(userId);
    },
  };
}

/** Does not wait for the other side to agree to the end, as a WebSocket's close would for 30 s. */
function cut({ conn }: SignalingSocket): void {
  // Engine.IO keeps the WebSocket to itself and has no other way to end one at once.
  const { socket } = conn.transport as unknown as { socket?: { terminate?(): void } };
  conn.close(true);
  socket?.terminate?.();
}
