/** A participant's connection, as the bench makes it: over a WebSocket alone, and not by itself again. */
import { io, type Socket } from 'socket.io-client';
import type { CallAnswer, CallInput, CallName } from '../../signaling/protocol/index.ts';

/** Where somebody connects, and as whom. */
export interface Way {
  url: string;
  token: string;
}

export class Refused extends Error {
  readonly code: string;
  constructor(call: string, code: string) {
    super(`${call} was refused with ${code}.`);
    this.code = code;
  }
}

const patienceMs = 15_000;

export function connect({ url, token }: Way): Promise<Socket> {
  const socket = io(url, { auth: { token }, transports: ['websocket'], reconnection: false, forceNew: true });
  return new Promise((resolve, reject) => {
    socket.once('connect', () => resolve(socket));
    socket.once('connect_error', (error) => {
      socket.close();
      reject(error);
    });
  });
}

/** Throws Refused, or what Socket.IO throws when there is no answer in time. */
export async function call<N extends CallName>(socket: Socket, name: N, input: CallInput<N>): Promise<CallAnswer<N>> {
  const answer = (await socket.timeout(patienceMs).emitWithAck(name, input)) as
    | { ok: true; data: CallAnswer<N> }
    | { ok: false; error: { code: string } };
  if (!answer.ok) throw new Refused(name, answer.error.code);
  return answer.data;
}
