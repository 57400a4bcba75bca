/**
 * Whether this process has stood still: frozen with its machine, or so busy that it heard nobody. Who gave up waiting for it
 * meanwhile did not leave. They are noticed in the moment in which it goes on.
 */
const lookEveryMs = 250;
/** A page asks again after two seconds without a word. */
const longMs = 2_000;
/** A busy machine takes a while until everything that came meanwhile is read. */
const afterMs = 2_000;

export class Standstill {
  readonly #now: () => number;
  readonly #timer: NodeJS.Timeout;
  #lookedAt: number;
  #overAt = Number.NEGATIVE_INFINITY;

  constructor(now = () => performance.now()) {
    this.#now = now;
    this.#lookedAt = now();
    this.#timer = setInterval(() => this.#look(), lookEveryMs).unref();
  }

  /** Whether a connection whose loss is noticed now may have been lost by it. */
  get isToBlame(): boolean {
    this.#look();
    return this.#now() - this.#overAt < afterMs;
  }

  /** Idempotent. */
  close(): void {
    clearInterval(this.#timer);
  }

  #look(): void {
    const now = this.#now();
    if (now - this.#lookedAt >= longMs) this.#overAt = now;
    this.#lookedAt = now;
  }
}
