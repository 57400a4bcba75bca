import type { Socket } from 'node:net';
import { patientSocket } from './patient-socket.ts';

/**
 * A socket that sends all that is written to it in one turn of the event loop as one piece: statements that do not wait
 * for each other then wake PostgreSQL once instead of once each, which costs more than many a statement.
 */
export function turnSocket(): Socket {
  const socket = patientSocket();
  // Not earlier: connect() puts the method of the class back.
  return socket.once('connect', () => holdWrites(socket));
}

function holdWrites(socket: Socket): void {
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
