/** The listening server under the app. */
import { once } from 'node:events';
import { createServer, type RequestListener, type Server, type ServerOptions } from 'node:http';
import type { AddressInfo, Socket } from 'node:net';
import { holdWrites } from '../turn-writes.ts';

const open = new WeakMap<Server, Set<Socket>>();
const sweepEvery = 50;

/** Not yet listening, so that the socket gateway can be attached first. Slow senders are cut off. */
export function createHttpServer(app: RequestListener): Server {
  const options: ServerOptions = {
    // Who offers any other protocol is answered in this one (RFC 9110, section 7.8), not left without an answer.
    shouldUpgradeCallback: ({ headers }) => headers.upgrade?.toLowerCase() === 'websocket',
    headersTimeout: 15_000,
    requestTimeout: 60_000,
    keepAliveTimeout: 65_000,
    connectionsCheckingInterval: 5_000,
  };
  const server = createServer(options, app);
  // Node keeps 2,000; what comes after these is not looked at.
  server.maxHeadersCount = 100;
  const sockets = new Set<Socket>();
  open.set(server, sockets);
  return server.on('connection', (socket) => {
    sockets.add(socket);
    socket.once('close', () => sockets.delete(socket));
  });
}

/** What is told over a WebSocket in one turn goes as one piece. Somebody else has to answer those who ask for one. */
export function bundleUpgraded(server: Server): void {
  server.on('upgrade', (_request, socket) => holdWrites(socket));
}

/** Listens and gives the address to call, e.g. `http://127.0.0.1:3000`. Rejects when the port is taken. */
export async function listen(server: Server, { host, port }: { host: string; port: number }): Promise<string> {
  server.listen(port, host);
  await once(server, 'listening');
  const address = server.address() as AddressInfo;
  return `http://${address.family === 'IPv6' ? `[${address.address}]` : address.address}:${address.port}`;
}

/** Takes no new connection, lets the requests that run finish for `grace` milliseconds, then cuts the rest. Harmless twice. */
export async function closeServer(server: Server, grace: number): Promise<void> {
  if (!server.listening) return;
  const closed = once(server, 'close');
  server.close();
  closeUnused(server);
  // A connection that is kept after its last answer, or that a browser opened ahead of need, would hold the end up.
  const sweep = setInterval(() => closeUnused(server), sweepEvery);
  const limit = setTimeout(() => {
    for (const socket of open.get(server) ?? []) socket.destroy();
    server.closeAllConnections();
  }, grace);
  await closed;
  clearInterval(sweep);
  clearTimeout(limit);
}

function closeUnused(server: Server): void {
  server.closeIdleConnections();
  // Node counts one that has not sent anything yet as busy.
  for (const socket of open.get(server) ?? []) if (socket.bytesRead === 0) socket.destroy();
}
