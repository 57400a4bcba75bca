/**
 * The way between nodes: Redis pub/sub, every message sealed for its channel and numbered. What is said may be lost, what is
 * asked is answered or fails within a time, and nothing counts twice. A node counts as connected while it hears its own
 * beat: a connection that only looks open does not.
 */
import { AppError, errorCatalogue } from '../../src/platform/errors.ts';
import { newId } from '../../src/platform/ids.ts';
import type { Logger } from '../../src/platform/logger.ts';
import type { ChannelEars } from '../../src/platform/redis-listener.ts';
import type { Sealer } from '../../src/platform/sealer.ts';
import { type Envelope, Moved, type Outcome, opened, type Question } from './envelope.ts';
import { Heard } from './heard.ts';
import type { Asked, Load, Said } from './messages.ts';
import { type Publisher, Sender } from './sender.ts';

/** Why a node gives no answer: nobody listens there, it does not answer in time, or it is this node that hears nobody. */
export class Unreachable extends Error {
  readonly why: 'gone' | 'silent' | 'cut off';
  constructor(why: Unreachable['why']) {
    super(`The other node: ${why}.`);
    this.why = why;
  }
}

export interface BusEars {
  said(from: string, said: Said): void;
  asked(from: string, asked: Asked): Promise<unknown>;
  /** Connected, for the first time or again: what was said before may be lost. */
  up(): void;
  /** Another node is heard from now on: what it said before is lost. */
  believed(): void;
}

/** What the bus needs of Redis. */
export interface BusWire {
  publisher: Publisher;
  listener: {
    open(channels: readonly string[], ears: ChannelEars): void;
    change(channels: readonly string[]): Promise<void>;
    renew(): void;
  };
}

export interface BusOptions extends BusWire {
  sealer: Sealer;
  logger: Logger;
  load(): Load;
}

interface Pending {
  nodeId: string;
  what: Asked;
  settle(outcome: Outcome): void;
}

/** Ten beats of silence are no chance, and a person still waits. */
export const beatMs = 500;
const deafMs = 3_000;
/** With the first beat of a node the others ask for their word, and with the second at the latest it has named it to them. */
const believedMs = 2 * beatMs;
/** A busy machine may hold a node up for as long, and taking a room from one that lives interrupts it. */
const answerMs = 4_000;
const againMs = 200;
const tries = 4;
const warnAgainMs = 60_000;

/**
 * The braces put all into one slot of a Redis Cluster: facts for one socket come by both channels, and keep their order on
 * one way.
 */
const everybody = 'housecall:{nodes}:all';
const channelOf = (nodeId: string): string => `housecall:{nodes}:node:${nodeId}`;

export class Bus {
  readonly #options: BusOptions;
  readonly #pending = new Map<string, Pending>();
  readonly #heard = new Heard();
  readonly #sender: Sender;
  /** Nodes to which this run has proved itself, under the names that they had. */
  readonly #provenTo = new Set<string>();
  #nodeId = '';
  #ears: BusEars | undefined;
  #timer: NodeJS.Timeout | undefined;
  #heardAt = Number.NEGATIVE_INFINITY;
  #strangerAt = Number.NEGATIVE_INFINITY;
  #deafAt = Number.NEGATIVE_INFINITY;
  #isUp = false;
  #upAt = 0;
  /** Since it was connected last, something may have been missed. */
  #hasMissed = false;

  constructor(options: BusOptions) {
    this.#options = options;
    this.#sender = new Sender({ ...options, everybody, from: () => this.#nodeId });
  }

  /** Connects in the background, and again for ever. */
  open(nodeId: string, ears: BusEars): void {
    this.#nodeId = nodeId;
    this.#ears = ears;
    this.#options.listener.open([everybody, channelOf(nodeId)], {
      message: (channel, message) => this.#receive(channel, message),
      listening: () => this.#greet(),
      deaf: () => {
        this.#hasMissed = true;
        this.#heard.forget();
        this.#sender.forgetOwn();
      },
    });
    this.#timer = setInterval(() => this.#beat(), beatMs).unref();
    this.#beat();
  }

  /** Whether this node hears what others say. */
  get isUp(): boolean {
    // Also after a freeze of this process, before its timers have run.
    return this.#isUp && performance.now() - this.#heardAt < deafMs;
  }

  /** Whether the others have had the time to believe it too, so that they hear what this one says. */
  get isBelieved(): boolean {
    return this.isUp && performance.now() - this.#upAt >= believedMs;
  }

  /** Whether that node has asked for this one's word and was given it: from then on it hears what this one says. */
  hasProvenTo(nodeId: string): boolean {
    return this.#provenTo.has(nodeId);
  }

  /** The node goes on under a new name. */
  rename(nodeId: string): void {
    this.#nodeId = nodeId;
    void this.#options.listener.change([everybody, channelOf(nodeId)]);
  }

  /** To all others. */
  tellAll(said: Said): void {
    this.#sender.later(everybody, { said });
  }

  tell(nodeId: string, said: Said): void {
    this.#sender.later(channelOf(nodeId), { said });
  }

  /** Throws Unreachable, Moved, or the AppError of the node that was asked. */
  async ask(nodeId: string, what: Asked): Promise<unknown> {
    const id = newId();
    const answer = Promise.withResolvers<Outcome | undefined>();
    this.#pending.set(id, { nodeId, what, settle: answer.resolve });
    const timer = setTimeout(() => answer.resolve(undefined), answerMs).unref();
    try {
      await this.#reach(nodeId, { id, what });
      const outcome = await answer.promise;
      if (!outcome) throw new Unreachable(this.isUp ? 'silent' : 'cut off');
      return opened(outcome);
    } finally {
      clearTimeout(timer);
      this.#pending.delete(id);
    }
  }

  /** Whether anybody listens under that name; rejects when Redis does not say. */
  async isListening(nodeId: string): Promise<boolean> {
    const listeners = await this.#sender.now(channelOf(nodeId), {});
    if (listeners === undefined) throw new Unreachable('cut off');
    return listeners > 0;
  }

  /** What was told is said before. Idempotent. The ways to Redis are their owner's. */
  close(): void {
    clearInterval(this.#timer);
    this.#sender.flush();
    this.#ears = undefined;
    for (const { settle } of this.#pending.values()) settle({ moved: true });
  }

  /** Tries more than once: a node may be back at Redis in a moment, and this one may have been asleep until now. */
  async #reach(nodeId: string, asked: Question): Promise<void> {
    for (let attempt = 1; ; attempt += 1) {
      const listeners = this.isUp ? await this.#sender.now(channelOf(nodeId), { asked }) : undefined;
      if (listeners !== undefined && listeners > 0) return;
      if (attempt === tries) throw new Unreachable(listeners === undefined ? 'cut off' : 'gone');
      await new Promise((resolve) => setTimeout(resolve, againMs).unref());
    }
  }

  /** All others are asked to prove themselves, so that the first that they say is heard. */
  #greet(): void {
    this.#sender.atOnce(everybody, { prove: this.#heard.word });
    this.#beat();
  }

  #beat(): void {
    const now = performance.now();
    if (this.#isUp && now - this.#heardAt >= deafMs) {
      this.#isUp = false;
      this.#deafAt = now;
      this.#options.logger.warn('this node hears nothing from the others');
    } else if (!this.#isUp && now - this.#deafAt >= deafMs) {
      // A process that was frozen has heard by now what had come meanwhile.
      this.#deafAt = now;
      this.#options.listener.renew();
    }
    this.tellAll({ kind: 'beat', ...this.#options.load() });
  }

  #receive(channel: string, sealed: Buffer): void {
    if (!this.#ears) return;
    // Not opened: most of what a node hears may be its own.
    const own = channel === everybody ? this.#sender.takeBack(sealed) : undefined;
    if (own?.isBeat) this.#heardMyself();
    const envelope = own ? undefined : this.#unseal(channel, sealed);
    if (!envelope || envelope.run === this.#sender.run) return;
    const { from, run, n, all } = envelope;
    for (const { answered, prove, proof } of all) {
      if (answered) this.#pending.get(answered.id)?.settle(answered);
      if (prove !== undefined) this.#prove(from, prove);
      if (proof !== undefined && this.#heard.believe(run, proof, n)) this.#ears.believed();
    }
    if (!all.some(({ said, asked }) => said ?? asked)) return;
    if (!this.#heard.knows(run)) this.#doubt(from, run);
    else if (this.#heard.isNew(run, n)) this.#hear(from, all);
  }

  #hear(from: string, all: Envelope['all']): void {
    for (const { said, asked } of all) {
      if (said) this.#ears?.said(from, said);
      if (asked && this.#heard.isNewQuestion(asked.id)) void this.#answer(from, asked);
    }
  }

  /** What it said does not count, and it is told so: a question comes again then. */
  #doubt(from: string, run: string): void {
    if (this.#heard.mayAsk(run)) this.#sender.atOnce(channelOf(from), { prove: this.#heard.word });
  }

  #prove(to: string, word: string): void {
    this.#sender.atOnce(channelOf(to), { proof: word });
    this.#provenTo.add(to);
    for (const [id, { nodeId, what }] of this.#pending) {
      if (nodeId === to) void this.#sender.now(channelOf(to), { asked: { id, what } });
    }
  }

  #unseal(channel: string, sealed: Buffer): Envelope | undefined {
    try {
      return JSON.parse(this.#options.sealer.open(sealed, channel)) as Envelope;
    } catch (error) {
      this.#warnOfStranger(error);
      return undefined;
    }
  }

  /** Such a node beats twice a second. */
  #warnOfStranger(error: unknown): void {
    const now = performance.now();
    if (now - this.#strangerAt < warnAgainMs) return;
    this.#strangerAt = now;
    this.#options.logger.warn(
      { err: error },
      'heard something of no node of ours, or of one with another ENCRYPTION_KEY',
    );
  }

  #heardMyself(): void {
    const hasMissed = !this.isUp || this.#hasMissed;
    this.#heardAt = performance.now();
    this.#isUp = true;
    this.#hasMissed = false;
    if (!hasMissed) return;
    this.#upAt = this.#heardAt;
    this.#ears?.up();
  }

  async #answer(from: string, { id, what }: Question): Promise<void> {
    const outcome = await this.#outcome(from, what);
    await this.#sender.now(channelOf(from), { answered: { id, ...outcome } });
  }

  async #outcome(from: string, what: Asked): Promise<Outcome> {
    try {
      return { data: (await this.#ears?.asked(from, what)) ?? null };
    } catch (error) {
      if (error instanceof Moved) return { moved: true };
      if (error instanceof AppError) return { error: { code: error.code, message: error.message } };
      this.#options.logger.error({ err: error, asked: what.kind }, 'another node was not answered');
      return { error: { code: 'INTERNAL', message: errorCatalogue.INTERNAL.title } };
    }
  }
}
