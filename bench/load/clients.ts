/** The people of a clinic as one process of their own: the same for the thing and for its floor. */
import { io, type Socket } from 'socket.io-client';
import { inTurns, type Pace, paced } from '../pace.ts';
import { answerBench } from '../process/messages.ts';

export interface Burst {
  name: string;
  /** One a call: which socket makes it and what it says. */
  calls: readonly { socket: number; input: unknown }[];
  pace: Pace;
}

export interface BurstResult {
  /** From the call to its acknowledgement, in ms. */
  latencies: number[];
  /** From the first call to the last acknowledgement, in ms. */
  wallMs: number;
}

const patienceMs = 20_000;
/** More at once only queue up in the kernel. */
const connectingAtOnce = 25;
let sockets: Socket[] = [];

function connect(url: string, token: string | null): Promise<Socket> {
  const socket = io(url, { auth: { token }, transports: ['websocket'], reconnection: false, forceNew: true });
  return new Promise((resolve, reject) => {
    socket.once('connect', () => resolve(socket));
    socket.once('connect_error', reject);
  });
}

function call(socket: Socket, name: string, input: unknown): Promise<unknown> {
  return new Promise((resolve, reject) => {
    socket
      .timeout(patienceMs)
      .emit(name, input, (late: Error | null, answer: { ok: boolean; data?: unknown; error?: { code: string } }) => {
        if (late) reject(new Error(`${name} was not answered within ${patienceMs} ms.`));
        else if (answer.ok) resolve(answer.data);
        else reject(new Error(`${name} was refused with ${answer.error?.code}.`));
      });
  });
}

const answers = {
  /** One socket for each token, in their order; null for a socket without one. */
  connect: async ({ url, tokens }: { url: string; tokens: (string | null)[] }): Promise<void> => {
    const made: Socket[] = [];
    await inTurns(tokens, connectingAtOnce, async (token, index) => {
      made[index] = await connect(url, token);
    });
    sockets.push(...made);
  },
  burst: async ({ name, calls, pace }: Burst): Promise<BurstResult> => {
    const latencies: number[] = [];
    const began = performance.now();
    const measure = async ({ socket, input }: Burst['calls'][number]) => {
      const at = performance.now();
      await call(socketAt(socket), name, input);
      latencies.push(performance.now() - at);
    };
    await paced(calls, pace, measure);
    return { latencies, wallMs: performance.now() - began };
  },
  /** What one call is answered with. */
  once: ({ name, socket, input }: { name: string; socket: number; input: unknown }): Promise<unknown> =>
    call(socketAt(socket), name, input),
  close: (): void => {
    for (const socket of sockets) socket.close();
    sockets = [];
  },
};
export type Clients = typeof answers;

function socketAt(index: number): Socket {
  const socket = sockets[index];
  if (!socket?.connected) throw new Error('A socket of the bench is not connected.');
  return socket;
}

answerBench(answers);
console.log('Clients are ready at here');
