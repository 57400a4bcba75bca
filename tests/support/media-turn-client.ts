/** The least of a TURN client: asks for a relay with long-term credentials (RFC 8489, RFC 8656) and says how it was answered. */
import { createHash, createHmac, randomBytes } from 'node:crypto';
import { createSocket, type Socket } from 'node:dgram';
import { once } from 'node:events';

const magicCookie = 0x2112a442;
const type = {
  allocate: 0x0003,
  allocated: 0x0103,
  refused: 0x0113,
  refresh: 0x0004,
  refreshed: 0x0104,
  notRefreshed: 0x0114,
};
const attribute = {
  username: 0x0006,
  integrity: 0x0008,
  error: 0x0009,
  realm: 0x0014,
  nonce: 0x0015,
  transport: 0x0019,
};

export type TurnAnswer = { granted: true } | { granted: false; code: number };

interface Message {
  type: number;
  attributes: Map<number, Buffer>;
}

function encode(messageType: number, attributes: readonly (readonly [number, Buffer])[], length?: number): Buffer {
  const body = Buffer.concat(
    attributes.map(([code, value]) => {
      const padded = Buffer.alloc(4 + Math.ceil(value.length / 4) * 4);
      padded.writeUInt16BE(code, 0);
      padded.writeUInt16BE(value.length, 2);
      value.copy(padded, 4);
      return padded;
    }),
  );
  const header = Buffer.alloc(8);
  header.writeUInt16BE(messageType, 0);
  header.writeUInt16BE(length ?? body.length, 2);
  header.writeUInt32BE(magicCookie, 4);
  return Buffer.concat([header, body]);
}

function decode(packet: Buffer): Message {
  const attributes = new Map<number, Buffer>();
  for (let at = 20; at + 4 <= packet.length; ) {
    const length = packet.readUInt16BE(at + 2);
    attributes.set(packet.readUInt16BE(at), packet.subarray(at + 4, at + 4 + length));
    at += 4 + Math.ceil(length / 4) * 4;
  }
  return { type: packet.readUInt16BE(0), attributes };
}

export class TurnClient implements Disposable {
  readonly #socket: Socket;
  readonly #port: number;
  #realm = Buffer.alloc(0);
  #nonce = Buffer.alloc(0);

  private constructor(socket: Socket, port: number) {
    this.#socket = socket;
    this.#port = port;
  }

  static async create(port: number): Promise<TurnClient> {
    const socket = createSocket('udp4').bind(0, '127.0.0.1');
    await once(socket, 'listening');
    return new TurnClient(socket, port);
  }

  /** The first request goes without credentials and comes back with what the second needs, as the RFC wants it. */
  async allocate(username: string, credential: string): Promise<TurnAnswer> {
    const overUdp = [attribute.transport, Buffer.from([17, 0, 0, 0])] as const;
    const challenge = await this.#ask(type.allocate, [overUdp]);
    this.#realm = Buffer.from(challenge.attributes.get(attribute.realm) ?? []);
    this.#nonce = Buffer.from(challenge.attributes.get(attribute.nonce) ?? []);
    return answerOf(await this.#ask(type.allocate, [overUdp], { username, credential }), type.allocated);
  }

  /** Asks to keep the relay. */
  async refresh(username: string, credential: string): Promise<TurnAnswer> {
    return answerOf(await this.#ask(type.refresh, [], { username, credential }), type.refreshed);
  }

  [Symbol.dispose](): void {
    this.#socket.close();
  }

  async #ask(
    messageType: number,
    attributes: readonly (readonly [number, Buffer])[],
    as?: { username: string; credential: string },
  ): Promise<Message> {
    const transaction = randomBytes(12);
    const seal = (message: Buffer) => Buffer.concat([message.subarray(0, 8), transaction, message.subarray(8)]);
    let packet = seal(encode(messageType, attributes));
    if (as) {
      const all = [
        ...attributes,
        [attribute.username, Buffer.from(as.username)] as const,
        [attribute.realm, this.#realm] as const,
        [attribute.nonce, this.#nonce] as const,
      ];
      // The length in the signed header counts the signature too, 24 bytes with its own header.
      const signed = seal(encode(messageType, all, encode(messageType, all).length - 8 + 24));
      const key = createHash('md5').update(`${as.username}:${this.#realm.toString()}:${as.credential}`).digest();
      const signature = createHmac('sha1', key).update(signed).digest();
      packet = seal(encode(messageType, [...all, [attribute.integrity, signature]]));
    }
    const answer = once(this.#socket, 'message', { signal: AbortSignal.timeout(5000) });
    this.#socket.send(packet, this.#port, '127.0.0.1');
    const [reply] = (await answer) as [Buffer];
    return decode(reply);
  }
}

function answerOf({ type: messageType, attributes }: Message, granted: number): TurnAnswer {
  if (messageType === granted) return { granted: true };
  const error = attributes.get(attribute.error);
  if (!error) throw new Error(`The TURN server answered with an unexpected message (0x${messageType.toString(16)}).`);
  return { granted: false, code: (error[2] ?? 0) * 100 + (error[3] ?? 0) };
}
