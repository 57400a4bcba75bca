/** A WebSocket that says Engine.IO and Socket.IO by hand, for frames that no client library would send. */

import { randomBytes } from 'node:crypto';
import { once } from 'node:events';
import { connect, type Socket } from 'node:net';

export class RawClient implements Disposable {
  readonly #socket: Socket;
  /** What the server has said so far, frame after frame. */
  #said = '';
  #rest: Buffer = Buffer.alloc(0);
  #isUpgraded = false;

  private constructor(socket: Socket) {
    this.#socket = socket;
    socket.on('data', (chunk: Buffer) => this.#take(chunk));
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
    while (!this.#said.includes(word)) {
      if (!this.isOpen) throw new Error(`The server closed without having said ${word}.`);
      await Promise.race([once(this.#socket, 'data'), once(this.#socket, 'close')]);
    }
  }

  /** A text frame, or a binary one. Masked, as a client's must be (RFC 6455, section 5.3). */
  send(payload: string | Buffer): void {
    this.#socket.write(frame(payload));
  }

  /** Bytes as they are, whether or not they are a frame. Resolves when there is room for more, or nobody to take it. */
  async write(bytes: Buffer): Promise<void> {
    if (!this.#socket.write(bytes) && this.isOpen) {
      await Promise.race([once(this.#socket, 'drain'), once(this.#socket, 'close')]).catch(() => undefined);
    }
  }

  /** Stops reading: what the server sends piles up on its side. */
  stopReading(): void {
    this.#socket.pause();
  }

  /** Resolves when the server has closed the connection. */
  async closed(): Promise<void> {
    if (!this.#socket.closed) await once(this.#socket, 'close');
  }

  #take(chunk: Buffer): void {
    this.#rest = Buffer.concat([this.#rest, chunk]);
    if (!this.#isUpgraded) {
      const end = this.#rest.indexOf('\r\n\r\n');
      if (end < 0) return;
      this.#isUpgraded = true;
      this.#rest = this.#rest.subarray(end + 4);
    }
    for (let next = readFrame(this.#rest); next; next = readFrame(this.#rest)) {
      this.#rest = this.#rest.subarray(next.length);
      // A close frame is answered by going.
      if (next.opcode === 8) this.cut();
      this.#said += next.text;
    }
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

/** The first whole frame of a server, which does not mask. */
function readFrame(bytes: Buffer): { opcode: number; text: string; length: number } | undefined {
  const [first = 0, size = 0] = bytes;
  const head = size < 126 ? 2 : size === 126 ? 4 : 10;
  if (bytes.length < head) return undefined;
  const payload = head === 2 ? size : head === 4 ? bytes.readUInt16BE(2) : Number(bytes.readBigUInt64BE(2));
  if (bytes.length < head + payload) return undefined;
  const text = bytes.toString('utf8', head, head + payload);
  return { opcode: first & 15, text, length: head + payload };
}
