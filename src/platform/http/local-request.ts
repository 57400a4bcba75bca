/** Whether a request was made on this very machine, and not passed on by a proxy that runs here. */
import type { IncomingMessage } from 'node:http';
import { isLoopbackAddress, isLoopbackHost } from '../loopback.ts';

const passedOn =
  /^(?:x-(?:original-)?forwarded-.*|forwarded|via|x-real-ip|x-client-ip|true-client-ip|cf-connecting-ip)$/;

/**
 * The name it was made to counts as well: a foreign page can make a browser here send requests to this machine, but only
 * under a name of its own. Where it may use ours, as for a WebSocket, it says whose page it is (`Origin`). And a proxy that adds
 * no header, as nginx does not unless told to, speaks HTTP/1.0 to us, which no other program does any more.
 */
export function isLocalRequest({
  socket,
  headers,
  httpVersion,
}: Pick<IncomingMessage, 'socket' | 'headers' | 'httpVersion'>): boolean {
  const host = headers.host?.replace(/:\d+$/, '') ?? '';
  return (
    isLoopbackAddress(socket.remoteAddress) &&
    isLoopbackHost(host) &&
    httpVersion !== '1.0' &&
    isOfHere(headers.origin) &&
    !Object.keys(headers).some((name) => passedOn.test(name))
  );
}

function isOfHere(origin: string | undefined): boolean {
  if (origin === undefined) return true;
  return URL.canParse(origin) && isLoopbackHost(new URL(origin).hostname);
}
