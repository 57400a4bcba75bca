/** Sockets that ask too much or read nothing are closed: telling them again and again would itself be the damage. */
import type { SignalingSocket } from '../rooms/session.ts';

/** A client that waits for its answers is refused now and then; only a loop is refused so often. */
const mostRefusals = 500;
const refusalWindowMs = 10_000;
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

/** Does not wait for the other side to agree to the end, as a WebSocket's close would for 30 s. */
function cut({ conn }: SignalingSocket): void {
  // Engine.IO keeps the WebSocket to itself and has no other way to end one at once.
  const { socket } = conn.transport as unknown as { socket?: { terminate?(): void } };
  conn.close(true);
  socket?.terminate?.();
}
