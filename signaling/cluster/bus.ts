/**
 * The way between nodes: Redis pub/sub, every message sealed. What is said may be lost, what is asked is answered or fails
 * within a time. A node counts as connected while it hears its own beat: a connection that only looks open does not.
 */
import type { Redis } from 'ioredis';
import { AppError, type ErrorCode, errorCatalogue } from '../../src/platform/errors.ts';
import { newId } from '../../src/platform/ids.ts';
import type { Logger } from '../../src/platform/logger.ts';
import type { Sealer } from '../../src/platform/sealer.ts';
import type { Asked, Load, Said } from './messages.ts';

/** Why a node gives no answer: nobody listens there, it does not answer in time, or it is this node that hears nobody. */
export class Unreachable extends Error {
  readonly why: 'gone' | 'silent' | 'cut off';
  constructor(why: Unreachable['why']) {
    super(`The other node: ${why}.`);
    this.why = why;
  }
}

/** The asked node does not hold that room (any more). */
export class Moved extends Error {}

export interface BusEars {
  said(from: string, said: Said): void;
  asked(from: string, asked: Asked): Promise<unknown>;
  /** Connected, for the first time or again: what was said before may be lost. */
  up(): void;
}

export interface BusOptions {
  publisher: Redis;
  /** A connection of its own, which Redis allows nothing else. */
  subscriber: Redis;
  sealer: Sealer;
  logger: Logger;
  load(): Load;
}

interface Envelope {
  from: string;
  said?: Said;
  asked?: { id: string; what: Asked };
  answered?: { id: string } & Outcome;
}

type Outcome = { data: unknown } | { error: { code: ErrorCode; message: string } } | { moved: true };

/** Ten beats of silence are no chance, and a person still waits. */
export const beatMs = 500;
const deafMs = 3_000;
/** A busy machine may hold a node up for as long, and taking a room from one that lives interrupts it. */
const answerMs = 4_000;
const againMs = 200;
const tries = 4;
const warnAgainMs = 60_000;

const everybody = 'housecall:nodes';
const channelOf = (nodeId: string): string => `housecall:node:${nodeId}`;

export class Bus {
  readonly #options: BusOptions;
  readonly #pending = new Map<string, (outcome: Outcome) => void>();
  #nodeId = '';
  #ears: BusEars | undefined;
  #timer: NodeJS.Timeout | undefined;
  #heardAt = Number.NEGATIVE_INFINITY;
  #strangerAt = Number.NEGATIVE_INFINITY;
  #isUp = false;

  constructor(options: BusOptions) {
    this.#options = options;
  }

  /** Connects in the background, and again for ever. */
  open(nodeId: string, ears: BusEars): void {
    this.#nodeId = nodeId;
    this.#ears = ears;
    const { subscriber, logger } = this.#options;
    subscriber.on('messageBuffer', (channel: Buffer, message: Buffer) => this.#receive(channel.toString(), message));
    // Asked for while there is no connection, it is done with the first; ioredis repeats it with each later one.
    subscriber
      .subscribe(everybody, channelOf(this.#nodeId))
      .catch((error: unknown) => logger.warn({ err: error }, 'this node does not listen to the others'));
    this.#timer = setInterval(() => this.#beat(), beatMs).unref();
    this.#beat();
  }

  /** Whether this node hears what others say. */
  get isUp(): boolean {
    // Also after a freeze of this process, before its timers have run.
    return this.#isUp && performance.now() - this.#heardAt < deafMs;
  }

  /** The node goes on under a new name. */
  rename(nodeId: string): void {
    const { subscriber, logger } = this.#options;
    const before = this.#nodeId;
    this.#nodeId = nodeId;
    Promise.all([subscriber.subscribe(channelOf(nodeId)), subscriber.unsubscribe(channelOf(before))]).catch(
      (error: unknown) => logger.warn({ err: error }, 'this node does not listen under its new name'),
    );
  }

  /** To all others. */
  tellAll(said: Said): void {
    void this.#publish(everybody, { said });
  }

  tell(nodeId: string, said: Said): void {
    void this.#publish(channelOf(nodeId), { said });
  }

  /** Throws Unreachable, Moved, or the AppError of the node that was asked. */
  async ask(nodeId: string, what: Asked): Promise<unknown> {
    const id = newId();
    const answer = Promise.withResolvers<Outcome | undefined>();
    this.#pending.set(id, answer.resolve);
    const timer = setTimeout(() => answer.resolve(undefined), answerMs).unref();
    try {
      await this.#reach(nodeId, { asked: { id, what } });
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
    const [, listeners] = await this.#options.publisher.pubsub('NUMSUB', channelOf(nodeId));
    return Number(listeners) > 0;
  }

  /** Idempotent. The connections are their owner's. */
  close(): void {
    clearInterval(this.#timer);
    this.#ears = undefined;
    for (const settle of this.#pending.values()) settle({ moved: true });
  }

  /** Tries more than once: a node may be back at Redis in a moment, and this one may have been asleep until now. */
  async #reach(nodeId: string, message: Omit<Envelope, 'from'>): Promise<void> {
    for (let attempt = 1; ; attempt += 1) {
      const listeners = this.isUp ? await this.#publish(channelOf(nodeId), message) : undefined;
      if (listeners !== undefined && listeners > 0) return;
      if (attempt === tries) throw new Unreachable(listeners === undefined ? 'cut off' : 'gone');
      await new Promise((resolve) => setTimeout(resolve, againMs).unref());
    }
  }

  /** How many heard it; undefined when Redis did not take it. */
  async #publish(channel: string, message: Omit<Envelope, 'from'>): Promise<number | undefined> {
    const { publisher, sealer, logger } = this.#options;
    const envelope: Envelope = { from: this.#nodeId, ...message };
    try {
      return await publisher.publish(channel, sealer.seal(JSON.stringify(envelope), channel));
    } catch (error) {
      logger.debug({ err: error }, 'a message to other nodes was not taken');
      return undefined;
    }
  }

  #beat(): void {
    if (this.#isUp && performance.now() - this.#heardAt >= deafMs) {
      this.#isUp = false;
      this.#options.logger.warn('this node hears nothing from the others');
    }
    this.tellAll({ kind: 'beat', ...this.#options.load() });
  }

  #receive(channel: string, sealed: Buffer): void {
    const envelope = this.#unseal(channel, sealed);
    const ears = this.#ears;
    if (!envelope || !ears) return;
    const { from, said, asked, answered } = envelope;
    if (from === this.#nodeId) {
      if (said?.kind === 'beat') this.#heardMyself();
      return;
    }
    if (said) ears.said(from, said);
    if (asked) void this.#answer(from, asked);
    if (answered) this.#pending.get(answered.id)?.(answered);
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
    const wasUp = this.isUp;
    this.#heardAt = performance.now();
    this.#isUp = true;
    if (!wasUp) this.#ears?.up();
  }

  async #answer(from: string, { id, what }: NonNullable<Envelope['asked']>): Promise<void> {
    const outcome = await this.#outcome(from, what);
    await this.#publish(channelOf(from), { answered: { id, ...outcome } });
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

function opened(outcome: Outcome): unknown {
  if ('moved' in outcome) throw new Moved();
  if ('error' in outcome) throw new AppError(outcome.error.code, outcome.error.message);
  return outcome.data;
}
