/** A link over Socket.IO. Each has a socket and a manager of its own, so that nothing of an older one reaches a newer. */
import { io, type Socket } from 'socket.io-client';
import type { Answer, CallFailure } from '../../../../signaling/protocol/index.ts';
import { CallFailed, noAnswer } from '../failure.ts';
import type { Ask, Fact, LinkEvents, OpenLink } from './link.ts';

/** One attempt to connect and be let in. A phone on one bar of signal needs 2 to 4 s for TLS and the upgrade. */
const connectTimeoutMs = 8_000;
/** An answer that took longer than this is not coming: a join is the slowest call, and has 100 ms on a quiet server. */
const answerTimeoutMs = 8_000;

/** Links to the server at `baseUrl`. WebSocket first, long polling where a proxy does not let it through. */
export function socketIoLinks(baseUrl: string): OpenLink {
  return (token, events) => {
    const socket = io(baseUrl, {
      auth: { token },
      forceNew: true,
      reconnection: false,
      transports: ['websocket', 'polling'],
      tryAllTransports: true,
    });
    // Socket.IO's own time-out ends when the transport opens; the server's word is still to come then.
    const timer = setTimeout(() => events.down(), connectTimeoutMs);
    socket.on('connect', () => clearTimeout(timer));
    listen(socket, events);
    return {
      ask: askOver(socket),
      close() {
        clearTimeout(timer);
        socket.off();
        socket.offAny();
        socket.disconnect();
      },
    };
  };
}

function listen(socket: Socket, events: LinkEvents): void {
  socket.on('connect', () => events.up());
  socket.on('disconnect', () => events.down());
  socket.on('connect_error', (error: Error & { data?: unknown }) => {
    const failure = refusal(error.data);
    if (failure) events.refused(failure);
    else events.down();
  });
  // The server is ours and its facts are typed by the protocol's table; parsing them again would bring zod to the phone.
  socket.onAny((name: string, payload: unknown) => events.fact({ name, payload } as Fact));
}

/** What the server's handshake said, if it was the server that refused. */
function refusal(data: unknown): CallFailed | null {
  if (typeof data !== 'object' || data === null || !('code' in data) || typeof data.code !== 'string') return null;
  const { code, message } = data as CallFailure;
  return new CallFailed(code, message);
}

function askOver(socket: Socket): Ask {
  return async (name, input, timeoutMs = answerTimeoutMs) => {
    if (!socket.connected) throw noAnswer();
    const answer = await acknowledgement(socket, name, input, timeoutMs);
    if (!answer.ok) throw new CallFailed(answer.error.code, answer.error.message);
    // The protocol's table pairs each call with its answer.
    return answer.data as never;
  };
}

async function acknowledgement(socket: Socket, name: string, input: unknown, ms: number): Promise<Answer<unknown>> {
  try {
    return (await socket.timeout(ms).emitWithAck(name, input)) as Answer<unknown>;
  } catch {
    throw noAnswer();
  }
}
