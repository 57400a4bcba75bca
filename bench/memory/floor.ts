/** The floor of a waiting patient: a Socket.IO connection with the same options, and nothing else. */
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { createSocketServer } from '../../signaling/gateway/gateway.ts';

const http = createServer();
createSocketServer(http, { corsOrigins: [] });
http.listen(0, '127.0.0.1', () => {
  const { port } = http.address() as AddressInfo;
  console.log(`Floor is ready at http://127.0.0.1:${port}`);
});
