/** A person's connection, and a call over it. */
import { io, type Socket } from 'socket.io-client';
import type { CallAnswer, CallInput, CallName } from '../signaling/protocol/index.ts';

const patienceMs = 15_000;

export class CallFailed extends Error {
  readonly code: string;
  constructor(code: string) {
    super(code);
    this.code = code;
  }
}

/** Rejects when the server refuses, or does not let the person in within `limitMs`. */
export function connect({ url }: { url: string }, token: string, limitMs = patienceMs): Promise<Socket> {
  const socket = io(url, { auth: { token }, transports: ['websocket'], reconnection: false, forceNew: true });
  return new Promise((resolve, reject) => {
    const fail = (error: Error) => {
      clearTimeout(timer);
      socket.close();
      reject(error);
    };
    const timer = setTimeout(() => fail(new Error('Nobody let us in.')), limitMs);
    socket.once('connect', () => {
      clearTimeout(timer);
      resolve(socket);
    });
    socket.once('connect_error', fail);
  });
}

/** Throws CallFailed when the call is refused, and an Error when no answer comes within `limitMs`. */
export async function call<N extends CallName>(
  socket: Socket,
  name: N,
  input: CallInput<N>,
  limitMs = patienceMs,
): Promise<CallAnswer<N>> {
  const answer = (await socket.timeout(limitMs).emitWithAck(name, input)) as
    | { ok: true; data: CallAnswer<N> }
    | { ok: false; error: { code: string } };
  if (!answer.ok) throw new CallFailed(answer.error.code);
  return answer.data;
}
