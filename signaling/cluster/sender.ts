/**
 * What this node says to the others, in the order in which it says it. A message costs its sealing, its way over Redis and its
 * opening at each node, however little is in it: so what is said within a moment for the same ears goes as one.
 */
import { randomBytes } from 'node:crypto';
import type { Logger } from '../../src/platform/logger.ts';
import type { Sealer } from '../../src/platform/sealer.ts';
import type { Envelope, Message } from './envelope.ts';

/** What the bus needs of Redis to speak. */
export interface Publisher {
  /** Answers how many listen to that channel. */
  spublish(channel: string, message: Buffer): Promise<unknown>;
}

export interface SenderOptions {
  publisher: Publisher;
  sealer: Sealer;
  logger: Logger;
  /** How the node is named now. */
  from(): string;
  /** The channel that this node hears as well. */
  everybody: string;
}

/** How many heard it; undefined when Redis did not take it. */
type Listeners = number | undefined;

interface Part {
  channel: string;
  /** As it was when it was said. */
  text: string;
  isBeat: boolean;
  settle?: (listeners: Listeners) => void;
}

/** Of this node, on its way back to it. */
interface Own {
  sealed: Buffer;
  isBeat: boolean;
}

/** Nobody notices it, and most of what one change makes to be told is told within it. */
const gatherMs = 2;
/** No message holds a node up for longer than that takes. */
const mostCharacters = 64 * 1_024;
/** What Redis has lost does not come back. */
const mostOwn = 256;

export class Sender {
  /** This process, from its start to its end. */
  readonly run = randomBytes(16).toString('base64url');
  readonly #options: SenderOptions;
  #waiting: Part[] = [];
  #own: Own[] = [];
  #timer: NodeJS.Timeout | undefined;
  #soon: NodeJS.Immediate | undefined;
  #n = 0;

  constructor(options: SenderOptions) {
    this.#options = options;
  }

  /** A moment later, together with what else is said until then. */
  later(channel: string, message: Message): void {
    this.#wait(channel, message);
    this.#timer ??= setTimeout(() => this.flush(), gatherMs).unref();
  }

  /** In this turn of the event loop, behind all that was said before. Never rejects. */
  now(channel: string, message: Message): Promise<Listeners> {
    const { promise, resolve } = Promise.withResolvers<Listeners>();
    this.#wait(channel, message, resolve);
    this.#soon ??= setImmediate(() => this.flush());
    return promise;
  }

  /** Without a moment's delay, and alone. */
  atOnce(channel: string, message: Message): void {
    this.flush();
    void this.#publish([partOf(channel, message)]);
  }

  /** Says at once what waits. */
  flush(): void {
    clearTimeout(this.#timer);
    clearImmediate(this.#soon);
    this.#timer = undefined;
    this.#soon = undefined;
    const waiting = this.#waiting;
    this.#waiting = [];
    for (let from = 0; from < waiting.length; ) {
      const parts = groupAt(waiting, from);
      from += parts.length;
      void this.#publish(parts);
    }
  }

  /** Whether it is a message of this node, word for word, that comes back for the first time; and whether a beat is in it. */
  takeBack(message: Buffer): Pick<Own, 'isBeat'> | undefined {
    const at = this.#own.findIndex(({ sealed }) => sealed.equals(message));
    if (at < 0) return undefined;
    const own = this.#own[at];
    this.#own = this.#own.slice(at + 1);
    return own;
  }

  /** What was said so far does not count as coming back any more. */
  forgetOwn(): void {
    this.#own = [];
  }

  #wait(channel: string, message: Message, settle?: Part['settle']): void {
    this.#waiting.push({ ...partOf(channel, message), ...(settle && { settle }) });
  }

  async #publish(parts: readonly Part[]): Promise<void> {
    const { publisher, logger } = this.#options;
    let listeners: Listeners;
    try {
      const { channel, sealed } = this.#sealed(parts);
      listeners = Number(await publisher.spublish(channel, sealed));
    } catch (error) {
      logger.debug({ err: error }, 'a message to other nodes was not taken');
    }
    for (const { settle } of parts) settle?.(listeners);
  }

  #sealed(parts: readonly Part[]): { channel: string; sealed: Buffer } {
    const { sealer, from, everybody } = this.#options;
    const [{ channel } = { channel: '' }] = parts;
    this.#n += 1;
    const head: Omit<Envelope, 'all'> = { from: from(), run: this.run, n: this.#n };
    const text = `${JSON.stringify(head).slice(0, -1)},"all":[${parts.map((part) => part.text).join(',')}]}`;
    const sealed = sealer.seal(text, channel);
    if (channel === everybody) {
      if (this.#own.length >= mostOwn) this.#own.shift();
      this.#own.push({ sealed, isBeat: parts.some(({ isBeat }) => isBeat) });
    }
    return { channel, sealed };
  }
}

function partOf(channel: string, message: Message): Part {
  return { channel, text: JSON.stringify(message), isBeat: message.said?.kind === 'beat' };
}

/** What goes as one message: for one channel, and nothing for another one was said in between. */
function groupAt(waiting: readonly Part[], from: number): Part[] {
  let end = from;
  for (let characters = 0; fits(waiting[from], waiting[end], characters); end += 1)
    characters += waiting[end]?.text.length ?? 0;
  return waiting.slice(from, end);
}

/** The first goes in any case. */
function fits(first: Part | undefined, part: Part | undefined, characters: number): boolean {
  if (!first || !part) return false;
  if (part === first) return true;
  return part.channel === first.channel && characters + part.text.length <= mostCharacters;
}
