/** The real ways to a server: a socket, and a question whether it can be reached. */
import type { ConnectionOptions } from './connection.ts';
import { httpProbe } from './reach.ts';
import { socketIoLinks } from './socket-io-link.ts';

/** Same origin when it is left out or empty. */
export function waysTo(baseUrl: string | undefined): Pick<ConnectionOptions, 'openLink' | 'probe'> {
  const server = baseUrl || window.location.origin;
  return { openLink: socketIoLinks(server), probe: httpProbe(server) };
}
