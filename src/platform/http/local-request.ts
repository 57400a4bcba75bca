/** Whether a request was made on this very machine, and not passed on by a proxy that runs here. */
import type { IncomingMessage } from 'node:http';
import { isLoopbackAddress, isLoopbackHost } from '../loopback.ts';

const passedOn = ['forwarded', 'x-forwarded-for', 'x-forwarded-host', 'x-real-ip', 'via'];

/**
 * The name it was made to counts as well: a foreign page can make a browser here send requests to this machine, but only
 * under a name of its own.
 */
export function isLocalRequest({ socket, headers }: Pick<IncomingMessage, 'socket' | 'headers'>): boolean {
  const host = headers.host?.replace(/:\d+$/, '') ?? '';
  return (
    isLoopbackAddress(socket.remoteAddress) &&
    isLoopbackHost(host) &&
    passedOn.every((name) => headers[name] === undefined)
  );
}
