/** What both floors of a call have in common: the same Socket.IO server as the thing's, without identity, rules or validation. */
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Server, Socket } from 'socket.io';
import { createSocketServer } from '../../signaling/gateway/gateway.ts';

export const floorCalls = ['meeting:wait', 'meeting:start', 'meeting:join', 'chat:send', 'meeting:end'] as const;
export type FloorCall = (typeof floorCalls)[number];

export interface Called {
  name: FloorCall;
  meetingId: string;
  socket: Socket;
}

/** Answers each call with what `perform` gives once it has committed. Says where it serves once it does. */
export function serveFloor(perform: (called: Called) => Promise<unknown>): void {
  type Acknowledge = (answer: unknown) => void;
  const http = createServer();
  const io: Server = createSocketServer(http, { corsOrigins: [] });
  io.on('connection', (socket) => {
    // Which meeting it is about is said once, as to the thing.
    let known = '';
    for (const name of floorCalls) {
      socket.on(name, ({ meetingId = known }: { meetingId?: string }, acknowledge: Acknowledge) => {
        known = meetingId;
        void perform({ name, meetingId, socket }).then(
          (data) => acknowledge({ ok: true, data }),
          (error: unknown) => acknowledge({ ok: false, error: { code: 'INTERNAL', message: String(error) } }),
        );
      });
    }
    socket.on('media:report', (_input: unknown, acknowledge: Acknowledge) => acknowledge({ ok: true, data: {} }));
  });
  http.listen(0, '127.0.0.1', () => {
    const { port } = http.address() as AddressInfo;
    console.log(`Floor is ready at http://127.0.0.1:${port}`);
  });
}
