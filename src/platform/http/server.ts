/** The listening server under the app. */
import { once } from 'node:events';
import { createServer, type RequestListener, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';

/** Not yet listening, so that the socket gateway can be attached first. Slow senders are cut off. */
export function createHttpServer(app: RequestListener): Server {
  return createServer(
    { headersTimeout: 15_000, requestTimeout: 60_000, keepAliveTimeout: 65_000, connectionsCheckingInterval: 5_000 },
    app,
  );
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
  server.closeIdleConnections();
  const timer = setTimeout(() => server.closeAllConnections(), grace);
  await closed;
  clearTimeout(timer);
}
