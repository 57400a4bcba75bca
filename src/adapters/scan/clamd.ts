/** ClamAV's daemon over TCP: `INSTREAM` and `VERSION` of clamd(8), each a connection of its own. */
import { once } from 'node:events';
import { connect, type Socket } from 'node:net';
import { type Scanner, ScannerDown, type Verdict } from './scanner.ts';

export interface ClamdOptions {
  host: string;
  port: number;
  /** Milliseconds that it may be silent or take nothing. */
  patience?: number;
}

const usualPatience = 20_000;
/** An answer is one short line; more is none. */
const longestAnswer = 4_096;

export function createClamd({ host, port, patience = usualPatience }: ClamdOptions): Scanner {
  const ask = async (talk: (socket: Socket) => Promise<void>): Promise<string> => {
    const socket = connect({ host, port });
    socket.setTimeout(patience, () => socket.destroy(new Error('clamd is silent')));
    const answer = read(socket);
    // Its own failure is told by `talk` where that fails first.
    answer.catch(() => undefined);
    try {
      await once(socket, 'connect');
      await talk(socket);
      return await answer;
    } catch (cause) {
      // It answers and hangs up in the middle of what is too large for it; that answer says more than the broken pipe.
      throw new ScannerDown('The virus scanner did not answer.', { cause });
    } finally {
      socket.destroy();
    }
  };
  return {
    scan: async (bytes) => verdictOf(await ask((socket) => sendChunks(socket, bytes))),
    signatures: async () => {
      const answer = await ask(async (socket) => void socket.write('zVERSION\0'));
      if (!answer.startsWith('ClamAV ')) throw new ScannerDown('The virus scanner did not say who it is.');
      return answer;
    },
  };
}

/** Each chunk with its length in front, and none at the end. */
async function sendChunks(socket: Socket, bytes: AsyncIterable<Uint8Array> | Iterable<Uint8Array>): Promise<void> {
  socket.write('zINSTREAM\0');
  for await (const chunk of bytes) {
    if (chunk.length === 0) continue;
    const length = Buffer.alloc(4);
    length.writeUInt32BE(chunk.length);
    socket.write(length);
    if (!socket.write(chunk)) await drained(socket);
  }
  socket.write(Buffer.alloc(4));
}

/** Throws when the connection is gone: then it never drains. */
async function drained(socket: Socket): Promise<void> {
  const settled = new AbortController();
  const { signal } = settled;
  try {
    if (!socket.destroyed) await Promise.race([once(socket, 'drain', { signal }), once(socket, 'close', { signal })]);
    if (socket.destroyed) throw new Error('clamd hung up');
  } finally {
    settled.abort();
  }
}

/** Up to the zero that ends an answer. */
async function read(socket: Socket): Promise<string> {
  let text = '';
  for await (const chunk of socket) {
    text += String(chunk);
    if (text.length > longestAnswer) break;
    const end = text.indexOf('\0');
    if (end >= 0) return text.slice(0, end);
  }
  throw new Error('clamd hung up without an answer');
}

function verdictOf(answer: string): Verdict {
  if (answer === 'stream: OK') return { clean: true };
  const found = /^stream: (\S+) FOUND$/.exec(answer);
  if (found?.[1]) return { clean: false, finding: found[1] };
  throw new ScannerDown('The virus scanner could not look at the whole file.');
}
