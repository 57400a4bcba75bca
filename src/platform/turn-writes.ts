import type { Duplex } from 'node:stream';

/**
 * From now on sends all that is written to `socket` in one turn of the event loop as one piece. Each piece is a system call and
 * wakes whoever reads it, which costs more than many a statement or fact in it.
 */
export function holdWrites(socket: Duplex): void {
  const write = socket.write.bind(socket);
  let isHolding = false;
  const release = () => {
    isHolding = false;
    socket.uncork();
  };
  socket.write = ((...args: Parameters<typeof write>) => {
    if (!isHolding) {
      isHolding = true;
      socket.cork();
      process.nextTick(release);
    }
    return write(...args);
  }) as typeof write;
}
