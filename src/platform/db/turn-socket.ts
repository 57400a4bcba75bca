import type { Socket } from 'node:net';
import { holdWrites } from '../turn-writes.ts';
import { patientSocket } from './patient-socket.ts';

/** A socket on which statements that do not wait for each other go to PostgreSQL as one piece. */
export function turnSocket(): Socket {
  const socket = patientSocket();
  // Not earlier: connect() puts the method of the class back.
  return socket.once('connect', () => holdWrites(socket));
}
