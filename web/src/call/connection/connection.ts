/**
 * The way to the server for as long as somebody wants it: one link after another. It connects, comes back by itself,
 * and changes over to a new link before it lets an old one go, because a doctor's lost socket may end the meeting.
 */
import { type CallFailed, CallFailed as Failure, isSignedOut, noAnswer } from '../failure.ts';
import { reconnectDelay } from './backoff.ts';
import type { Ask, Fact, Link, OpenLink } from './link.ts';
import { type Probe, whenReached } from './reach.ts';

export interface ConnectionEvents {
  /** A link is up. Call `settle` when all is well on it. */
  up(): void;
  /** No link is up now; it comes back by itself. */
  down(): void;
  /** Attempt number `attempt` since it was last settled has failed or begins; for showing. */
  attempt(attempt: number): void;
  /** Given up: the server, or whoever hands out tokens, does not want this person. */
  refused(failure: CallFailed): void;
  fact(fact: Fact): void;
}

export interface ConnectionOptions {
  openLink: OpenLink;
  /** An access token; another one than `not`, which the server has called out of date, if one can be had. */
  token: (not?: string) => Promise<string>;
  events: ConnectionEvents;
  /** Whether anybody answers, without a socket. */
  probe?: Probe;
  random?: () => number;
}

/** How long a link that may be dead has to prove that it lives. */
const proofMs = 2_000;
/**
 * An attempt that began while the network was gone may hang long after it is back, so others are made beside it. A phone
 * on one bar of signal needs longer than this, and has it: the first one goes on.
 */
const besideMs = 1_500;
const mostBeside = 5;
/** The server asks a minute before a token runs out; a newer one is there some time before that. */
const askTokenAgainMs = 5_000;
/** A server that drains tells everyone at once; they come back spread over this time. */
const drainSpreadMs = 250;

export class Connection {
  readonly #options: ConnectionOptions;
  /** In use. */
  #current: Link | null = null;
  /** On their way up; the first that is there is taken. */
  readonly #next = new Set<Link>();
  /** Superseded, kept until the newer one is settled. */
  readonly #old = new Set<Link>();
  #timer: ReturnType<typeof setTimeout> | undefined;
  #beside: ReturnType<typeof setTimeout> | undefined;
  #stopProbing: (() => void) | undefined;
  /** The attempt in hand was begun because somebody answered: it has its time, however slow the network. */
  #isHeard = false;
  /** Raised by every dial and by close: what an older dial brings is thrown away. */
  #serial = 0;
  #dialling = false;
  #attempt = 0;
  #freshTokens = 0;
  #proving = false;
  /** The newest token that each link has shown to the server. */
  readonly #shown = new WeakMap<Link, string>();
  /** The link for which a newer token is being had. */
  #renewing: Link | null = null;
  #isOpen = false;

  constructor(options: ConnectionOptions) {
    this.#options = options;
  }

  get isUp(): boolean {
    return this.#current !== null;
  }

  /** Connects, now. Harmless when it is open already: then it only sits out no pause. */
  open(): void {
    if (this.#isOpen && this.#timer !== undefined) this.#dial();
    if (this.#isOpen) return;
    this.#isOpen = true;
    this.#attempt = 0;
    this.#freshTokens = 0;
    this.#dial();
  }

  /** Asks over the link in use. */
  readonly ask: Ask = async (name, input, timeoutMs) => {
    if (!this.#current) throw noAnswer();
    return this.#current.ask(name, input, timeoutMs);
  };

  /** All is well on the link in use: the older ones go, and the next loss is a first one. */
  settle(): void {
    this.#attempt = 0;
    this.#freshTokens = 0;
    for (const link of this.#old) link.close();
    this.#old.clear();
  }

  /** Changes over to a new link; the one in use serves until then. */
  succeed(): void {
    if (!this.#isOpen || this.#next.size > 0 || this.#dialling || this.#timer !== undefined) return;
    this.#later((this.#options.random ?? Math.random)() * drainSpreadMs);
  }

  /** The network may have changed: an attempt is made at once, or the link in use has to prove that it lives. */
  wake(): void {
    if (!this.#isOpen) return;
    if (this.#current) void this.prove();
    else this.#dial();
  }

  /** Asks something small; without an answer in 2 s the link counts as dead. Never rejects. */
  async prove(): Promise<void> {
    const link = this.#current;
    if (!link || this.#proving) return;
    this.#proving = true;
    const isAlive = await answersInTime(link, this.#options.token);
    this.#proving = false;
    if (!isAlive && link === this.#current) this.abandon();
  }

  /** The link in use does not serve any more: a new one is dialled. The old one lives on, unheard, until then. */
  abandon(): void {
    const link = this.#current;
    if (!link || !this.#isOpen) return;
    this.#current = null;
    this.#old.add(link);
    this.#options.events.down();
    if (!this.#isOpen) return;
    this.#attempt += 1;
    // A link that came up and did not serve twice in a row is no reason to hurry.
    if (this.#attempt === 1) this.#dial();
    else this.#later(reconnectDelay(this.#attempt, this.#options.random));
  }

  /** Idempotent; no event is heard afterwards, until it is opened again. */
  close(): void {
    this.#isOpen = false;
    this.#serial += 1;
    this.#dialling = false;
    clearTimeout(this.#timer);
    this.#timer = undefined;
    this.#closeNext();
    this.#current?.close();
    this.#current = null;
    for (const link of this.#old) link.close();
    this.#old.clear();
  }

  #dial(not?: string): void {
    clearTimeout(this.#timer);
    this.#timer = undefined;
    this.#closeNext();
    this.#serial += 1;
    const serial = this.#serial;
    this.#fetch(serial, not);
  }

  #fetch(serial: number, not?: string): void {
    this.#dialling = true;
    this.#options.token(not).then(
      (token) => {
        if (serial === this.#serial) this.#openLink(token);
      },
      (error: unknown) => {
        if (serial === this.#serial) this.#onNoToken(error);
      },
    );
  }

  #openLink(token: string): void {
    this.#dialling = false;
    const link = this.#options.openLink(token, {
      up: () => this.#onUp(link),
      down: () => this.#onDown(link),
      refused: (failure) => this.#onRefused(link, failure),
      fact: (fact) => {
        if (link === this.#current) this.#onFact(fact);
      },
    });
    this.#next.add(link);
    this.#shown.set(link, token);
    clearTimeout(this.#beside);
    if (this.#next.size < mostBeside) this.#beside = setTimeout(() => this.#onHanging(), besideMs);
  }

  /** Others are made beside it, and once the server can be reached, they all make room for one that was begun then. */
  #onHanging(): void {
    const { probe } = this.#options;
    if (probe && !this.#isHeard) {
      this.#stopProbing ??= whenReached(probe, () => {
        this.#isHeard = true;
        this.#dial();
      });
    }
    this.#fetch(this.#serial);
  }

  #closeNext(): void {
    clearTimeout(this.#beside);
    this.#stopProbing?.();
    this.#stopProbing = undefined;
    for (const link of this.#next) link.close();
    this.#next.clear();
  }

  #onNoToken(error: unknown): void {
    this.#dialling = false;
    if (isSignedOut(error)) this.#giveUp(new Failure('UNAUTHENTICATED', 'Sign in again.'));
    else if (this.#next.size === 0) this.#retry();
  }

  #onUp(link: Link): void {
    if (!this.#next.delete(link)) return;
    this.#closeNext();
    // One more may be on its way.
    this.#serial += 1;
    this.#dialling = false;
    if (this.#current) this.#old.add(this.#current);
    this.#current = link;
    this.#isHeard = false;
    this.#options.events.up();
  }

  #onDown(link: Link): void {
    link.close();
    this.#old.delete(link);
    if (this.#next.delete(link)) {
      if (this.#next.size === 0 && !this.#dialling) this.#retry();
    } else if (link === this.#current) {
      this.#current = null;
      this.#options.events.down();
      if (this.#isOpen && this.#next.size === 0 && !this.#dialling && this.#timer === undefined) this.#retry();
    }
  }

  #onRefused(link: Link, failure: CallFailed): void {
    if (!this.#next.has(link)) return;
    this.#closeNext();
    if (failure.code === 'UNAUTHENTICATED' && this.#freshTokens === 0) {
      this.#freshTokens += 1;
      this.#dial(this.#shown.get(link));
    } else if (failure.code === 'UNAUTHENTICATED' || failure.code === 'FORBIDDEN') {
      this.#giveUp(failure);
    } else {
      this.#retry();
    }
  }

  #onFact(fact: Fact): void {
    if (fact.name === 'session:refresh') this.#renew();
    if (fact.name === 'server:draining') this.succeed();
    this.#options.events.fact(fact);
  }

  /** Once at a time, however often the server asks. */
  #renew(): void {
    const link = this.#current;
    const shown = link && this.#shown.get(link);
    if (!link || !shown || this.#renewing === link) return;
    this.#renewing = link;
    void this.#refresh(link, shown).finally(() => {
      if (this.#renewing === link) this.#renewing = null;
    });
  }

  /**
   * Shows the server a newer token than the link has shown. Whoever hands tokens out may hold that the old one lasts a
   * little longer: then it is asked again. Never rejects; without a newer one the server closes the link in the end.
   */
  async #refresh(link: Link, shown: string): Promise<void> {
    while (link === this.#current) {
      try {
        const token = await this.#options.token(shown);
        if (token !== shown) {
          await link.ask('session:refresh', { token });
          this.#shown.set(link, token);
          return;
        }
      } catch {
        // Asked again below.
      }
      await new Promise((resolve) => setTimeout(resolve, askTokenAgainMs));
    }
  }

  #retry(): void {
    clearTimeout(this.#beside);
    this.#isHeard = false;
    this.#attempt += 1;
    this.#options.events.attempt(this.#attempt);
    if (this.#isOpen) this.#later(reconnectDelay(this.#attempt, this.#options.random));
  }

  #later(ms: number): void {
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => this.#dial(), ms);
  }

  #giveUp(failure: CallFailed): void {
    this.close();
    this.#options.events.refused(failure);
  }
}

/** Any answer proves that the link lives, a refusal too. */
async function answersInTime(link: Link, token: () => Promise<string>): Promise<boolean> {
  let timer: ReturnType<typeof setTimeout> | undefined;
  const tooLate = new Promise<boolean>((resolve) => {
    timer = setTimeout(() => resolve(false), proofMs);
  });
  const answer = token()
    .then((fresh) => link.ask('session:refresh', { token: fresh }, proofMs))
    .then(
      () => true,
      (error: unknown) => !(error instanceof Failure && error.code === 'NO_ANSWER'),
    );
  const isAlive = await Promise.race([answer, tooLate]);
  clearTimeout(timer);
  return isAlive;
}
