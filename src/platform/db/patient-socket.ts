/** A socket to PostgreSQL that does not wait for ever: a network may lose a connection and tell neither end. */
import { Socket } from 'node:net';

/**
 * A pool closes what was idle for ten seconds, and a statement is given up after ten: where nothing has come or gone for this
 * long, an answer is owed that will not come. Without it such a connection waits for a quarter of an hour, and a pool of them
 * with it.
 */
const silentMs = 25_000;

export function patientSocket(limitMs = silentMs): Socket {
  const socket = new Socket();
  return socket.setTimeout(limitMs, () => socket.destroy());
}
