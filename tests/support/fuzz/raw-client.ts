/** A WebSocket that says Engine.IO and Socket.IO by hand, for frames that no client library would send. */

import { randomBytes } from 'node:crypto';
import { once } from 'node:events';
import { connect, type Socket } from 'node:net';

export class RawClient implements Disposable {
  readonly #socket: Socket;
  #read = '';

  private constructor(socket: Socket) {
    this.#socket = socket;
    // The head of the upgrade and the frames of a server are read as one text: enough to look for words in it.
    socket.on('data', (chunk: Buffer) => {
      this.#read += chunk.toString('latin1');
    });
    // A connection that the server resets is closed, which is what callers look at.
    socket.on('error', () => {});
  }

  static async open(url: string): Promise<RawClient> {
    const { hostname, port, host } = new URL(url);
    const socket = connect(Number(port), hostname);
    const client = new RawClient(socket);
    socket.write(
      `GET /socket.io/?EIO=4&transport=websocket HTTP/1.1\r\nHost: ${host}\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n` +
        `Sec-WebSocket-Version: 13\r\nSec-WebSocket-Key: ${randomBytes(16).toString('base64')}\r\n\r\n`,
    );
    await client.says('"sid"');
    return client;
  }

  get isOpen(): boolean {
    return !this.#socket.destroyed && this.#socket.writable && !this.#socket.readableEnded;
  }

  /** Resolves once the server has said this; rejects when it closes instead. */
  async says(word: string): Promise<void> {
    while (!this.#read.includes(word)) {
      if (!this.isOpen) throw new Error(`The server closed without having said ${word}.`);
      await Promise.race([once(this.#socket, 'data'), once(this.#socket, 'close')]);
    }
  }

  /** A text frame, or a binary one. Masked, as a client's must be (RFC 6455, section 5.3). */
  send(payload: string | Buffer): void {
    this.#socket.write(frame(payload));
  }

  /** Bytes as they are, whether or not they are a frame. */
  write(bytes: Buffer): boolean {
    return this.#socket.write(bytes);
  }

  /** Stops reading: what the server sends piles up on its side. */
  stopReading(): void {
    this.#socket.pause();
  }

  /** Resolves when the server has closed the connection. */
  async closed(): Promise<void> {
    if (!this.#socket.closed) await once(this.#socket, 'close');
  }

  /** Goes without a word. */
  cut(): void {
    this.#socket.destroy();
  }

  [Symbol.dispose](): void {
    this.cut();
  }
}

export function frame(payload: string | Buffer): Buffer {
  const data = Buffer.from(payload);
  const opcode = 0x80 | (typeof payload === 'string' ? 1 : 2);
  const mask = randomBytes(4);
  for (let index = 0; index < data.length; index += 1) data[index] = (data[index] ?? 0) ^ (mask[index % 4] ?? 0);
  return Buffer.concat([Buffer.from([opcode]), lengthOf(data.length), mask, data]);
}

function lengthOf(length: number): Buffer {
  if (length < 126) return Buffer.from([0x80 | length]);
  if (length < 65_536) return Buffer.from([0x80 | 126, length >> 8, length & 255]);
  const long = Buffer.alloc(9);
  long[0] = 0x80 | 127;
  long.writeBigUInt64BE(BigInt(length), 1);
  return long;
}
